#pragma once

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/calculations/calculation_view.hpp"

namespace bordero::crm {

// Tell other services, the deal's timeline and the quote's history what happened; queued, in the
// transaction of the change. `deal` is the one that the quote stands in.
void announce_calculation_created(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal,
                                  const v1::Calculation& calculation);
void announce_calculation_updated(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal,
                                  const v1::Calculation& before, const v1::Calculation& after,
                                  const std::vector<std::string>& fields);
void announce_calculation_moved(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal,
                                const v1::Calculation& before, const v1::Calculation& after);

}  // namespace bordero::crm
