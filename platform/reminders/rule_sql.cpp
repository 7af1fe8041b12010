#include "platform/reminders/rule_sql.hpp"

#include <algorithm>

#include "platform/background/take_some.hpp"
#include "platform/pg/param.hpp"

namespace bordero::reminders {
namespace {

std::string number(int value) { return std::to_string(value); }

// What `select` gives with offset and firing day, as `s`, from $1 to $2.
std::string subjects_of(const Part& part, const std::string& select) {
  const std::string offset = part.offset ? number(*part.offset) : "t.offset_days";
  const std::string named = part.offset ? ", " + offset + " AS offset_days" : "";
  return "(SELECT t.*" + named + ", t.base_on + (" + offset + ") AS fires_on FROM (" + select +
         ") AS t) AS s";
}

std::vector<pg::Param> range_of(const Part& part, const Window& window) {
  const int back = part.offset ? -*part.offset : 0;
  return {pg::to_param(window.from.plus_days(back)), pg::to_param(window.to.plus_days(back))};
}

std::string untold(const Part& part) {
  return "NOT EXISTS (SELECT FROM fired_reminders f WHERE f.subject_id = s.subject_id AND f.rule "
         "= '" +
         name_of(part.rule->rule) +
         "' AND f.base_on = s.base_on AND f.offset_days = s.offset_days)";
}

// Known when it was to be told. What is known a day after now is of another clock; a moment after,
// it was made while the clock was telling.
constexpr const char* kInTime =
    "(s.since IS NULL OR s.since > $3::timestamptz + interval '1 day' OR "
    "s.fires_on >= (s.since AT TIME ZONE $4::text)::date)";

std::string reminder_columns(const Part& part) {
  return "s.*, s.base_on AS \"on\", '" + name_of(part.rule->rule) + "' AS rule, '" +
         part.rule->subject_type + "' AS subject_type";
}

}  // namespace

std::vector<Part> parts_of(const std::vector<Rule>& rules) {
  std::vector<Part> parts;
  for (const Rule& rule : rules) {
    if (rule.offsets.empty()) parts.push_back({&rule, std::nullopt});
    for (const int offset : rule.offsets) parts.push_back({&rule, offset});
  }
  return parts;
}

std::string name_of(common::v1::ReminderRule rule) {
  return pg::enum_tail(common::v1::ReminderRule_descriptor(), rule);
}

Statement claim(const Part& part, const Window& window, Instant now, const Place& after,
                int limit) {
  Statement statement{.params = range_of(part, window)};
  statement.params.insert(statement.params.end(), {pg::to_param(now), clock::time_zone()});
  // With one offset the order is that of an index on (base date, id).
  const std::string keys =
      part.offset ? "s.base_on, s.subject_id" : "s.base_on, s.subject_id, s.offset_days";
  const std::string place = part.offset ? "$5::date, $6::uuid" : "$5::date, $6::uuid, $7::integer";
  statement.params.insert(statement.params.end(), {after.on, after.subject_id});
  if (!part.offset) statement.params.push_back(pg::to_param(after.offset_days));

  statement.sql = "WITH due AS MATERIALIZED (SELECT " + reminder_columns(part) + " FROM " +
                  subjects_of(part, part.rule->subjects) + " WHERE (" + keys + ") > (" + place +
                  ") AND " + untold(part) + " AND " + kInTime + " AND " +
                  background::not_set_aside(name_of(part.rule->rule), "s.subject_id") +
                  " ORDER BY " + keys + " LIMIT " + number(limit) +
                  R"sql(), claimed AS (
        INSERT INTO fired_reminders (rule, subject_id, base_on, offset_days, fires_on, fired_at)
        SELECT rule, subject_id, base_on, offset_days, fires_on, $3::timestamptz
          FROM due
            ON CONFLICT DO NOTHING
        RETURNING subject_id, base_on, offset_days)
      SELECT s.*, (s.subject_id, s.base_on, s.offset_days) IN
                    (SELECT c.subject_id, c.base_on, c.offset_days FROM claimed c) AS fires
        FROM due s
       ORDER BY s.base_on, s.subject_id, s.offset_days)sql";
  return statement;
}

Statement page(const Part& part, const Window& window, const Place& after, int limit) {
  Statement statement{.params = range_of(part, window)};
  statement.params.insert(statement.params.end(),
                          {after.on, pg::to_param(after.offset_days), after.subject_id});
  const std::string order =
      part.offset ? "s.base_on, s.subject_id" : "s.fires_on, s.offset_days, s.subject_id";
  statement.sql = "SELECT " + reminder_columns(part) + " FROM " +
                  subjects_of(part, part.rule->subjects) +
                  " WHERE (s.fires_on, s.offset_days, s.subject_id) > "
                  "($3::date, $4::integer, $5::uuid) AND " +
                  untold(part) + " ORDER BY " + order + " LIMIT " + number(limit);
  return statement;
}

Statement counts(const Part& part, const Window& window) {
  return {.sql = "SELECT s.fires_on, '" + name_of(part.rule->rule) +
                 "' AS rule, s.offset_days, count(*)::integer AS count FROM " +
                 subjects_of(part, part.rule->dates) + " WHERE " + untold(part) +
                 " GROUP BY 1, 3 ORDER BY 1, 3",
          .params = range_of(part, window)};
}

}  // namespace bordero::reminders
