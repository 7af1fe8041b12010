#pragma once

#include <string>
#include <vector>

#include "platform/pg/database.hpp"
#include "services/crm/src/calculations/calculation.hpp"

namespace bordero::crm {

inline constexpr std::size_t kMaxCompared = 8;

// The rows of a comparison: what every quote has, the terms that fit one of the products, further
// lines by their names, and last what is not for the client. A quote that says nothing has no_data.
// Sums of different currencies are not told better or worse.
std::vector<v1::ComparisonRow> compare(const std::vector<v1::Calculation>& calculations);

// From one to kMaxCompared different ids; one quote alone has its rows too.
Result<std::vector<std::string>> ids_to_compare(
    const google::protobuf::RepeatedPtrField<std::string>& ids);
// These quotes, or which of them is none of the deal.
awaitable<Result<std::vector<v1::Calculation>>> calculations_of_deal(
    pg::Transaction& tx, const std::string& deal_id, const std::vector<std::string>& ids);

}  // namespace bordero::crm
