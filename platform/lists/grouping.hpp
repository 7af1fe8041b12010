#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bordero/common/v1/common.pb.h"
#include "platform/lists/list_query.hpp"

namespace bordero::lists {

// As many as the largest agency has people: lists are grouped by who leads or does something.
inline constexpr int kMaxGroups = 5'000;

// The expression that `group_by` stands for: a groupable field, or the month or year of a date
// (`due_on.month`, whose values look like 2026-11); nothing when it is empty.
Result<std::string> group_expression(const Spec& spec, std::string_view group_by);

// One row of each group and currency: value, count, currency, sum_0, sum_1, …
std::string groups_sql(const Spec& spec, const std::string& expression,
                       const std::string& from_where);
// The groups of those rows, or the refusal of too many.
Result<std::vector<common::v1::Group>> groups_of(const Spec& spec, const pg::Rows& rows);
// What all groups add up to.
std::vector<common::v1::Sum> total_sums(const std::vector<common::v1::Group>& groups);

}  // namespace bordero::lists
