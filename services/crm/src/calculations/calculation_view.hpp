#pragma once

#include <string>

#include "platform/base/context.hpp"
#include "platform/pg/row.hpp"
#include "platform/policy/policy.hpp"
#include "services/crm/src/calculations/calculation.hpp"
#include "services/crm/src/deals/deal_view.hpp"

namespace bordero::crm {

// A quote, the deal that it stands in, and through it how the caller relates to both.
struct SeenCalculation {
  v1::Calculation view;
  SeenDeal deal;
};

// The columns that calculation_of needs, and their tables: `k` is the quote, `d` its deal.
inline constexpr const char* kCalculationColumns = R"sql(
    k.id, k.deal_id, d.number AS deal_number, c.short_name AS client_name, k.insurer_id,
    i.short_name AS insurer_name, k.product, k.program, k.object_titles, k.currency,
    k.premium_minor, k.coverage_sum_minor, k.deductible_minor, k.commission_rate,
    k.commission_amount_minor, k.calculated_on, k.valid_until, k.terms, k.extra_terms, k.comments,
    k.status, k.status_changed_at, k.copied_from_id, k.created_at, k.updated_at, k.version)sql";
inline constexpr const char* kCalculationJoins = R"sql(
    JOIN clients c ON c.id = d.client_id
    JOIN insurers i ON i.id = k.insurer_id)sql";

// From a row with these columns; fills what follows from them.
v1::Calculation calculation_of(const pg::Row& row);
// Fills what depends on who asks and on the day: warnings, capabilities, allowed statuses.
void show_calculation(v1::Calculation& view, const Caller& caller, const policy::Relation& relation,
                      v1::DealStatus deal_status);

}  // namespace bordero::crm
