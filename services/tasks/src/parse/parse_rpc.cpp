#include "services/tasks/src/parse/parse_rpc.hpp"

#include "platform/reminders/wall_clock.hpp"
#include "services/tasks/src/access.hpp"
#include "services/tasks/src/parse/mention.hpp"
#include "services/tasks/src/parse/task_line.hpp"

namespace bordero::tasks {
namespace {

constexpr int kYearsBack = 20;
constexpr std::size_t kCounterDigits = 6;
constexpr std::size_t kCandidates = 10;

v1::ParseProblem& add_problem(v1::ParsedTask& parsed, const char* code, const std::string& text) {
  auto& problem = *parsed.add_problems();
  problem.set_code(code);
  problem.set_text(text);
  return problem;
}

void add_candidate(v1::ParseProblem& problem, const std::string& value, const std::string& title) {
  auto& candidate = *problem.add_candidates();
  candidate.set_value(value);
  candidate.set_title(title);
}

v1::ParsedTask fields_of(const TaskLine& line) {
  v1::ParsedTask parsed;
  parsed.set_subject(line.subject);
  parsed.set_priority(line.priority == v1::TASK_PRIORITY_UNSPECIFIED ? v1::TASK_PRIORITY_NORMAL
                                                                     : line.priority);
  if (line.date && line.minutes) {
    const auto at = wall_clock::instant_at(*line.date, std::chrono::minutes(*line.minutes));
    parsed.set_due_at(instant_text(at));
  } else if (line.date) {
    parsed.set_due_on(line.date->str());
  }
  if (line.recurrence) *parsed.mutable_recurrence() = *line.recurrence;
  for (const auto& piece : line.pieces) {
    auto& shown = *parsed.add_pieces();
    shown.set_from(piece.from);
    shown.set_to(piece.to);
    shown.set_kind(piece.kind);
  }
  for (const auto& found : line.problems) {
    auto& problem = add_problem(parsed, found.code, found.text);
    for (const Date date : found.dates) add_candidate(problem, date.str(), date.str());
  }
  return parsed;
}

// "147" is the counter of this year's number or of an earlier one's.
std::vector<std::string> numbers_of(const std::string& typed, int year) {
  if (typed.find('-') != std::string::npos) return {typed};
  std::string counter = typed;
  if (counter.size() < kCounterDigits) counter.insert(0, kCounterDigits - counter.size(), '0');
  std::vector<std::string> numbers;
  for (int back = 0; back <= kYearsBack; ++back) {
    numbers.push_back(std::to_string(year - back) + "-" + counter);
  }
  return numbers;
}

awaitable<void> find_deal(pg::Transaction& tx, const Caller& caller, const std::string& typed,
                          v1::ParsedTask& parsed) {
  if (typed.empty()) co_return;
  const auto numbers = numbers_of(typed, clock::today().year());
  const auto deals = co_await tx.query(R"sql(
      SELECT d.id, d.number, d.title
        FROM deals d
       WHERE d.number = ANY($1::text[])
         AND ($3 OR EXISTS (SELECT FROM deal_access a WHERE a.deal_id = d.id AND a.user_id = $2))
       ORDER BY d.number DESC)sql",
                                       numbers, user_param(caller), sees_every_deal(caller.role));
  if (deals.size() == 1) {
    parsed.set_deal_id(std::string(deals[0].text("id")));
    parsed.set_deal_number(std::string(deals[0].text("number")));
    parsed.set_deal_title(std::string(deals[0].text("title")));
    co_return;
  }
  auto& problem =
      add_problem(parsed, deals.empty() ? "deal_not_found" : "deal_ambiguous", "#" + typed);
  for (const auto& deal : deals) {
    const std::string number(deal.text("number"));
    add_candidate(problem, std::string(deal.text("id")),
                  number + " · " + std::string(deal.text("title")));
  }
}

struct Person {
  std::string id;
  std::string full_name;
  bool sees_deal = false;
};

awaitable<std::vector<Person>> list_people(pg::Transaction& tx, const std::string& deal_id) {
  std::optional<std::string> deal;
  if (!deal_id.empty()) deal = deal_id;
  const auto rows = co_await tx.query(R"sql(
      SELECT u.id, u.full_name,
             $1::uuid IS NULL OR u.role IN ('finance', 'head', 'admin') OR
               EXISTS (SELECT FROM deal_access a WHERE a.deal_id = $1 AND a.user_id = u.id) AS sees
        FROM users u
       WHERE u.status = 'active'
       ORDER BY u.full_name, u.id)sql",
                                      deal);
  std::vector<Person> people;
  for (const auto& row : rows) {
    people.push_back(
        {std::string(row.text("id")), std::string(row.text("full_name")), row.get<bool>("sees")});
  }
  co_return people;
}

// Whom the mention means. Of several, those of the deal come first.
std::vector<Person> meant(const std::string& mention, const std::vector<Person>& people) {
  std::vector<std::string> names;
  for (const auto& person : people) names.push_back(person.full_name);
  std::vector<Person> found;
  std::vector<Person> of_deal;
  for (const std::size_t index : match_mention(mention, names)) {
    found.push_back(people[index]);
    if (people[index].sees_deal) of_deal.push_back(people[index]);
  }
  return of_deal.empty() ? found : of_deal;
}

bool means_me(const std::string& mention) {
  return mention.empty() || mention == "я" || mention == "меня" || mention == "мне" ||
         mention == "me";
}

void set_assignee(v1::ParsedTask& parsed, const std::string& mention, const Caller& caller,
                  const std::vector<Person>& people) {
  std::vector<Person> found;
  if (means_me(mention)) {
    for (const auto& person : people) {
      if (person.id == caller.user_id) found.push_back(person);
    }
  } else {
    found = meant(mention, people);
  }
  if (found.empty()) {
    if (!means_me(mention)) add_problem(parsed, "assignee_not_found", "@" + mention);
    parsed.set_assignee_id(means_me(mention) ? caller.user_id : std::string());
    return;
  }
  if (found.size() > 1) {
    auto& problem = add_problem(parsed, "assignee_ambiguous", "@" + mention);
    if (found.size() > kCandidates) found.resize(kCandidates);
    for (const auto& person : found) add_candidate(problem, person.id, person.full_name);
    return;
  }
  parsed.set_assignee_id(found[0].id);
  parsed.set_assignee_name(found[0].full_name);
  if (!found[0].sees_deal) add_problem(parsed, "assignee_not_in_deal", found[0].full_name);
}

}  // namespace

awaitable<Result<v1::ParsedTask>> ParseRpc::parse_task(Context& ctx,
                                                       const v1::ParseTaskRequest& request) {
  const auto now = static_cast<int>(wall_clock::time_of_day(clock::now()).count());
  const TaskLine line = parse_task_line(request.text(), clock::today(), now);
  v1::ParsedTask parsed = fields_of(line);
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_await find_deal(tx, ctx.caller, line.deal_number, parsed);
  const auto people = co_await list_people(tx, parsed.deal_id());
  set_assignee(parsed, line.mention, ctx.caller, people);
  co_return parsed;
}

}  // namespace bordero::tasks
