#pragma once

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/calculations/calculation_view.hpp"

namespace bordero::crm {

// Moves a quote that is locked to another status, or says which rule forbids it.
awaitable<Result<v1::Calculation>> move_calculation(pg::Transaction& tx, const Context& ctx,
                                                    const SeenCalculation& seen,
                                                    v1::CalculationStatus to);

// The quote that a deal goes into issuance with, chosen in the same step. The deal is locked.
// Nothing changes when it is chosen already.
awaitable<Result<void>> choose_for_issuance(pg::Transaction& tx, const Context& ctx,
                                            const SeenDeal& deal,
                                            const std::string& calculation_id);

}  // namespace bordero::crm
