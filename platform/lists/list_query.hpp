#pragma once

#include <google/protobuf/message.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"
#include "platform/pg/database.hpp"

// Filters, sort orders and keyset pages of every list, compiled to parameterised SQL.
namespace bordero::lists {

// Money is compared as its decimal text says and stored as minor units.
enum class FieldType { text, number, money, boolean, date, instant, uuid, keyword };

// One field that a list can be filtered by, sorted by, or both.
struct Field {
  std::string column;  // An SQL expression over the list's tables.
  FieldType type = FieldType::text;
  bool filterable = true;
  bool sortable = false;
  bool nullable = false;   // Absent values sort last.
  bool groupable = false;  // Dates and instants then also by month and year.
  // For a relation: a condition with $? in the value's place, used for = and : alike.
  std::string condition = {};
  // For a field of another record, `client.full_name`: "d.client_id IN (SELECT c.id FROM clients c
  // WHERE $?)" with the condition on `column` in its place.
  std::string within = {};
  std::vector<std::string> keywords = {};  // The values of a keyword.
  std::string sort_column = {};            // Where it is ordered by another one: a folded name.
  bool person = false;                     // A uuid of somebody who may be of one's team.
};

// A column of minor units that groups add up.
struct SumColumn {
  std::string field;   // "premium"
  std::string column;  // "p.premium_minor"
};

struct Spec {
  std::string resource;  // "deals": part of the page token.
  std::map<std::string, Field> fields;
  std::string default_order;  // "deadline_on, id" style: field [desc], …
  std::string id_column;      // The unique last key, e.g. "d.id".
  FieldType id_type = FieldType::uuid;
  std::vector<SumColumn> sums = {};
  std::string currency = "'RUB'";  // An SQL expression: of the sums.
};

// What a list request asks for; every request message of lists has these fields.
struct Request {
  std::string filter;
  std::string order_by;
  int page_size = 0;  // 0 is 50; at most 200.
  std::string page_token;
  std::string group_by = {};
  std::string me = {};  // The caller's id, for me().
  // Their ids, for my_team(); nothing where the list knows of none.
  std::optional<std::vector<std::string>> team = {};
};
// Takes the fields of the same names from a request message.
Request request_of(const google::protobuf::Message& message);

// A part of a list that one index gives in order.
struct Stretch {
  std::string after;     // What keeps it apart, and the keyset condition of the page token.
  std::string order_by;  // Without the words ORDER BY.
  std::vector<pg::Param> params;  // Of `after`, following those of the filter.
};

// The parts to put into a statement. Parameters start at `first_param`.
struct Query {
  std::string where;                     // "true" or conditions joined by AND, of the filter alone.
  std::vector<pg::Param> filter_params;  // Of `where`, from $first_param.
  std::vector<Stretch> stretches;        // One after the other: with the first key, then without.
  std::vector<std::string> keys;         // SQL of the sort keys: select them as key_0, key_1, …
  int page_size = 50;
  int known_total = -1;  // Carried by the page token; -1 on the first page.
  bool known_estimated = false;
  std::string digest;  // Of resource, filter and order: a token of another list is refused.
};
// invalid_field("filter", …) points at the column of bad syntax or names the unknown field.
Result<Query> compile(const Spec& spec, const Request& request, int first_param);

// The token of the page after `last` (a row with columns key_0…), carrying the total.
std::string next_page_token(const Query& query, const pg::Row& last, int total, bool estimated);

// `SELECT count(*)` over `from_where` ("FROM deals d WHERE …"), exact to 1,000; beyond that the
// planner's estimate.
struct Total {
  int size = 0;
  bool estimated = false;
};
awaitable<Total> count(pg::Transaction& tx, const std::string& from_where,
                       std::vector<pg::Param> params);

}  // namespace bordero::lists
