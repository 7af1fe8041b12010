#include "platform/lists/grouping.hpp"

#include "platform/base/clock.hpp"
#include "platform/lists/condition.hpp"

namespace bordero::lists {
namespace {

using common::v1::Group;
using common::v1::Sum;

// Dates and instants are grouped by day, month or year, instants by those of the agency's zone.
std::string part_expression(const Field& field, const std::string& format) {
  std::string date = field.column;
  if (field.type == FieldType::instant) {
    date = "(" + date + " AT TIME ZONE " + quoted_text(clock::time_zone()) + ")";
  }
  return "coalesce(to_char(" + date + ", '" + format + "'), '')";
}

Error unknown_group(const Spec& spec) {
  Error error = invalid_field("group_by", "unknown_field", "this list is not grouped by that");
  for (const auto& [name, field] : spec.fields) {
    if (!field.groupable) continue;
    error.allowed.push_back(name);
    const bool dated = field.type == FieldType::date || field.type == FieldType::instant;
    if (dated) error.allowed.insert(error.allowed.end(), {name + ".month", name + ".year"});
  }
  return error;
}

template <class Sums>
void add_sum(Sums& sums, const std::string& field, const std::string& currency,
             std::int64_t minor) {
  for (Sum& sum : sums) {
    if (sum.field() != field || sum.amount().currency() != currency) continue;
    sum.mutable_amount()->set_amount_minor(sum.amount().amount_minor() + minor);
    return;
  }
  Sum sum;
  sum.set_field(field);
  sum.mutable_amount()->set_amount_minor(minor);
  sum.mutable_amount()->set_currency(currency);
  *sums.Add() = std::move(sum);
}

}  // namespace

Result<std::string> group_expression(const Spec& spec, std::string_view group_by) {
  if (group_by.empty()) return std::string();
  const auto point = std::min(group_by.find('.'), group_by.size());
  const std::string_view part = group_by.substr(point);
  auto found = spec.fields.find(std::string(group_by));
  if (found == spec.fields.end() && (part == ".month" || part == ".year")) {
    found = spec.fields.find(std::string(group_by.substr(0, point)));
  }
  if (found == spec.fields.end() || !found->second.groupable) return unknown_group(spec);

  const Field& field = found->second;
  const bool dated = field.type == FieldType::date || field.type == FieldType::instant;
  if (found->first != group_by && !dated) return unknown_group(spec);
  if (!dated) return "coalesce((" + field.column + ")::text, '')";
  if (found->first == group_by) return part_expression(field, "YYYY-MM-DD");
  return part_expression(field, part == ".month" ? "YYYY-MM" : "YYYY");
}

std::string groups_sql(const Spec& spec, const std::string& expression,
                       const std::string& from_where) {
  const bool summed = !spec.sums.empty();
  std::string sql = "SELECT " + expression + " AS value, ";
  if (summed) sql += spec.currency + " AS currency, ";
  sql += "count(*)::integer AS count";
  for (std::size_t i = 0; i < spec.sums.size(); ++i) {
    sql += ", sum(" + spec.sums[i].column + ")::bigint AS sum_" + std::to_string(i);
  }
  // By position: a name would mean a column of the tables first.
  sql += " " + from_where + " GROUP BY 1" + (summed ? ", 2" : "");
  return sql + " ORDER BY 1" + (summed ? ", 2" : "") + " LIMIT " + std::to_string(kMaxGroups + 1);
}

Result<std::vector<Group>> groups_of(const Spec& spec, const pg::Rows& rows) {
  if (rows.size() > kMaxGroups) {
    return invalid_field("group_by", "too_many_groups", "narrow the filter");
  }
  std::vector<Group> groups;
  for (const pg::Row& row : rows) {
    const auto value = std::string(row.text("value"));
    if (groups.empty() || groups.back().value() != value) groups.emplace_back().set_value(value);
    Group& group = groups.back();
    group.set_count(group.count() + row.get<int>("count"));
    for (std::size_t i = 0; i < spec.sums.size(); ++i) {
      const auto minor = row.get<std::optional<std::int64_t>>(("sum_" + std::to_string(i)).c_str());
      if (!minor) continue;
      add_sum(*group.mutable_sums(), spec.sums[i].field, std::string(row.text("currency")), *minor);
    }
  }
  return groups;
}

std::vector<Sum> total_sums(const std::vector<Group>& groups) {
  google::protobuf::RepeatedPtrField<Sum> sums;
  for (const Group& group : groups) {
    for (const Sum& sum : group.sums()) {
      add_sum(sums, sum.field(), sum.amount().currency(), sum.amount().amount_minor());
    }
  }
  return {sums.begin(), sums.end()};
}

}  // namespace bordero::lists
