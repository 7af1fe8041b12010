#include "services/crm/src/policies/quote.hpp"

#include <algorithm>

#include "bordero/crm/v1/calculations.pb.h"
#include "platform/base/uuid.hpp"

namespace bordero::crm {

awaitable<Result<Quote>> find_quote(pg::Transaction& tx, const std::string& calculation_id,
                                    const std::string& deal_id) {
  Quote quote;
  if (calculation_id.empty()) co_return quote;
  const auto row = co_await tx.find_one(R"sql(
      SELECT id AS calculation_id, insurer_id, product, program, premium_minor,
             coverage_sum_minor, currency, commission_rate, commission_amount_minor, terms,
             status = 'chosen' AS chosen
        FROM calculations
       WHERE id = $1 AND deal_id = $2
         FOR SHARE)sql",
                                        calculation_id, deal_id);
  if (!row) co_return not_found("calculation_not_found");
  if (!row->get<bool>("chosen")) co_return refused("calculation_not_chosen");
  row->fill(quote.values);
  const auto said = row->to<v1::Calculation>();
  quote.instalment_count = std::max(1, said.terms().instalment_count());
  co_return quote;
}

}  // namespace bordero::crm
