#pragma once

#include <string>
#include <vector>

#include "platform/base/context.hpp"
#include "platform/lists/list_query.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/calculations/calculation.hpp"

namespace bordero::crm {

// The fields that people set and that differ between two states, in their order; a term is
// "terms.repair". The insurer is told by its name.
std::vector<v1::FieldChange> changes_between(const v1::Calculation& before,
                                             const v1::Calculation& after);

// Queued, in the transaction of the change: what `after` changed, and who did it.
void write_history(pg::Transaction& tx, const Context& context, const v1::Calculation& before,
                   const v1::Calculation& after);

awaitable<Result<v1::ListCalculationHistoryReply>> history_page(pg::Transaction& tx,
                                                                Id<Calculation> id,
                                                                const lists::Request& request);

}  // namespace bordero::crm
