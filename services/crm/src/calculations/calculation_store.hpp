#pragma once

#include <string>
#include <vector>

#include "platform/pg/database.hpp"
#include "services/crm/src/calculations/calculation_view.hpp"

namespace bordero::crm {

// Reads a quote that the caller may see: not_found("calculation_not_found") otherwise.
awaitable<Result<SeenCalculation>> find_calculation(pg::Transaction& tx, Id<Calculation> id,
                                                    const Caller& caller);
// The same for change: holds the deal, whose deadline may follow, then the quote's row; in this
// order always.
awaitable<Result<SeenCalculation>> lock_calculation(pg::Transaction& tx, Id<Calculation> id,
                                                    const Caller& caller);
awaitable<v1::Calculation> view_calculation(pg::Transaction& tx, const std::string& id);
// Quotes in the order of the ids; those that are not there are left out.
awaitable<std::vector<v1::Calculation>> list_calculations(pg::Transaction& tx,
                                                          const std::vector<std::string>& ids);

// Queued: all that people set, and the next version; a deal's deadline follows its ready quotes.
void insert_calculation(pg::Transaction& tx, const v1::Calculation& calculation);
void save_calculation(pg::Transaction& tx, const v1::Calculation& calculation);

}  // namespace bordero::crm
