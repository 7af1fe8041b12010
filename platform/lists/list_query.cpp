#include "platform/lists/list_query.hpp"

#include "platform/json/json.hpp"
#include "platform/lists/condition.hpp"
#include "platform/lists/estimate.hpp"
#include "platform/lists/filter.hpp"
#include "platform/lists/order.hpp"
#include "platform/lists/page_token.hpp"

namespace bordero::lists {
namespace {

constexpr int kDefaultPage = 50;
constexpr int kMaxPage = 200;
// Beyond it a person reads the order of magnitude, and counting would grow with the data.
constexpr int kExact = 1'000;

// Every list of records is filtered by their ids: those that somebody chose.
bool is_own_id(const Spec& spec, const std::string& field) {
  return field == "id" && spec.id_type == FieldType::uuid;
}

Result<std::string> known_term_sql(Conditions& conditions, const Spec& spec, const Term& term) {
  const auto field = spec.fields.find(term.field);
  if (field != spec.fields.end() && field->second.filterable) {
    return term_sql(conditions, field->second, term);
  }
  if (is_own_id(spec, term.field)) {
    return term_sql(conditions, {.column = spec.id_column, .type = spec.id_type}, term);
  }
  Error error = filter_error("unknown_field", term.column,
                             "this list is not filtered by " + term.field.substr(0, 60));
  for (const auto& [name, known] : spec.fields) {
    if (known.filterable) error.allowed.push_back(name);
  }
  return error;
}

// Recurses as deep as the filter's parentheses, which are limited.
Result<std::string> node_sql(Conditions& conditions, const Spec& spec, const Node& node) {
  if (node.kind == Node::Kind::term) return known_term_sql(conditions, spec, node.term);
  if (node.kind == Node::Kind::negated) {
    return negated(TRY(node_sql(conditions, spec, node.parts[0])));
  }
  std::string sql;
  for (const Node& part : node.parts) {
    if (!sql.empty()) sql += node.kind == Node::Kind::all ? " AND " : " OR ";
    const bool nested = part.kind == Node::Kind::all;
    const std::string inner = TRY(node_sql(conditions, spec, part));
    sql += nested ? "(" + inner + ")" : inner;
  }
  return node.kind == Node::Kind::any ? "(" + sql + ")" : sql;
}

Result<void> start(Query& query, const std::vector<SortKey>& keys, const std::string& page_token,
                   int next_param) {
  if (page_token.empty()) {
    query.stretches = stretches_of(keys, nullptr, next_param);
    return {};
  }
  const auto token = PageToken::decode(page_token);
  if (!token || token->digest != query.digest || !fit(keys, token->keys)) {
    return invalid_field("page_token", "bad_page_token");
  }
  query.stretches = stretches_of(keys, &token->keys, next_param);
  query.known_total = token->total;
  query.known_estimated = token->estimated;
  return {};
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
  Conditions conditions{.next_param = first_param, .me = request.me, .team = request.team};
  const Node filter = TRY(parse_filter(request.filter));
  const std::vector<SortKey> keys = TRY(parse_order(spec, request.order_by));

  Query query;
  query.where = TRY(node_sql(conditions, spec, filter));
  if (query.where.empty()) query.where = "true";
  for (const SortKey& key : keys) query.keys.push_back(key.column);
  query.filter_params = std::move(conditions.params);
  query.page_size = request.page_size == 0 ? kDefaultPage : request.page_size;
  query.digest = short_digest(spec.resource + '\n' + request.filter + '\n' + order_sql(keys));
  TRY(start(query, keys, request.page_token, conditions.next_param));
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

  const int guess = co_await estimate(tx, from_where, std::move(params));
  co_return Total{.size = std::max(guess, kExact), .estimated = true};
}

}  // namespace bordero::lists
