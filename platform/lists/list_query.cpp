#include "platform/lists/list_query.hpp"

#include "platform/http/json.hpp"
#include "platform/lists/condition.hpp"
#include "platform/lists/filter.hpp"
#include "platform/lists/order.hpp"
#include "platform/lists/page_token.hpp"

namespace bordero::lists {
namespace {

constexpr int kDefaultPage = 50;
constexpr int kMaxPage = 200;
constexpr int kExact = 10'000;

Result<Conditions> filter_conditions(const Spec& spec, const std::string& filter, int first_param) {
  Conditions conditions{.next_param = first_param};
  for (const Term& term : TRY(parse_filter(filter))) {
    const auto field = spec.fields.find(term.field);
    if (field == spec.fields.end() || !field->second.filterable) {
      return filter_error("unknown_field", term.field_column,
                          "this list is not filtered by " + term.field.substr(0, 60));
    }
    TRY(add_condition(conditions, field->second, term));
  }
  return conditions;
}

std::string joined(const std::vector<std::string>& conditions) {
  std::string sql;
  for (const std::string& condition : conditions) {
    sql += (sql.empty() ? "" : " AND ") + condition;
  }
  return sql.empty() ? "true" : sql;
}

Result<void> continue_after(Query& query, const std::vector<SortKey>& keys,
                            const std::string& page_token, int next_param) {
  const auto token = PageToken::decode(page_token);
  if (!token || token->digest != query.digest || !fit(keys, token->keys)) {
    return invalid_field("page_token", "bad_page_token");
  }
  Conditions conditions{.next_param = next_param};
  query.after = after_sql(keys, token->keys, conditions);
  query.after_params = std::move(conditions.params);
  query.known_total = token->total;
  query.known_estimated = token->estimated;
  return {};
}

// The planner's guess of the number of rows, from EXPLAIN's first line: "… rows=12345 width=…".
int estimated_rows(std::string_view plan) {
  constexpr std::string_view kRows = "rows=";
  const auto at = plan.find(kRows);
  if (at == std::string_view::npos) return kExact;
  const double rows = std::strtod(std::string(plan.substr(at + kRows.size())).c_str(), nullptr);
  return static_cast<int>(std::min(std::max(rows, double{kExact}), 2e9));
}

}  // namespace

Request request_of(const google::protobuf::Message& message) {
  const auto* type = message.GetDescriptor();
  const auto* reflection = message.GetReflection();
  const auto text = [&](const char* name) {
    const auto* field = type->FindFieldByName(name);
    return field ? reflection->GetString(message, field) : std::string();
  };
  const auto* size = type->FindFieldByName("page_size");
  return {.filter = text("filter"),
          .order_by = text("order_by"),
          .page_size = size ? reflection->GetInt32(message, size) : 0,
          .page_token = text("page_token"),
          .group_by = text("group_by")};
}

Result<Query> compile(const Spec& spec, const Request& request, int first_param) {
  if (request.page_size < 0 || request.page_size > kMaxPage) {
    return invalid_field("page_size", "out_of_range", "1 to 200");
  }
  Conditions filter = TRY(filter_conditions(spec, request.filter, first_param));
  const std::vector<SortKey> keys = TRY(parse_order(spec, request.order_by));

  Query query;
  query.where = joined(filter.sql);
  query.after = "true";
  query.order_by = order_sql(keys);
  for (const SortKey& key : keys) query.keys.push_back(key.column);
  query.filter_params = std::move(filter.params);
  query.page_size = request.page_size == 0 ? kDefaultPage : request.page_size;
  query.digest = short_digest(spec.resource + '\n' + request.filter + '\n' + query.order_by);
  if (!request.page_token.empty()) {
    TRY(continue_after(query, keys, request.page_token, filter.next_param));
  }
  return query;
}

std::string next_page_token(const Query& query, const pg::Row& last, int total, bool estimated) {
  PageToken token{.digest = query.digest, .total = total, .estimated = estimated};
  for (std::size_t i = 0; i < query.keys.size(); ++i) {
    const std::string column = "key_" + std::to_string(i);
    token.keys.push_back(last.get<std::optional<std::string>>(column.c_str()));
  }
  return token.encode();
}

awaitable<Total> count(pg::Transaction& tx, const std::string& from_where,
                       std::vector<pg::Param> params) {
  const std::string limited = "SELECT count(*) AS n FROM (SELECT 1 " + from_where + " LIMIT " +
                              std::to_string(kExact + 1) + ") AS counted";
  const auto rows = co_await tx.query_with(limited, params);
  const int size = rows.at(0).get<int>("n");
  if (size <= kExact) co_return Total{.size = size};

  const auto plan = co_await tx.query_with("EXPLAIN SELECT 1 " + from_where, std::move(params));
  co_return Total{.size = estimated_rows(plan.at(0).text("QUERY PLAN")), .estimated = true};
}

}  // namespace bordero::lists
