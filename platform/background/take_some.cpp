#include "platform/background/take_some.hpp"

#include "platform/base/log.hpp"

namespace bordero::background {
namespace {

using namespace std::chrono_literals;

constexpr auto kNoteLimit = 5s;
// When so many fail one after the other, it is hardly each of them.
constexpr int kTooManyInARow = 5;

// How a portion went: how many rows, or why not and whose fault it is.
struct Attempt {
  std::vector<std::string> ids;
  std::optional<Error> failure = std::nullopt;
};

// Waits 10 s, 1 min, 6 min, … up to 6 hours.
constexpr const char* kSetAside = R"sql(
    INSERT INTO set_aside AS held (rule, subject_id, reason, try_at)
    VALUES ($1, $2, $3, now() + interval '10 seconds')
        ON CONFLICT (rule, subject_id) DO UPDATE
       SET reason = EXCLUDED.reason, tries = held.tries + 1,
           try_at = now() + least(interval '6 hours',
                                  interval '10 seconds' * power(6, least(held.tries, 6))))sql";
constexpr const char* kTakeBack =
    "DELETE FROM set_aside WHERE rule = $1 AND subject_id = ANY($2::text[])";

awaitable<Result<void>> in_one(pg::Database& db, const RowRule& rule, const WorkOnRows& work,
                               Portion& portion) {
  Context ctx = system_context(rule.actor.empty() ? rule.name : rule.actor, rule.limit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  CO_TRY_VOID(co_await work(tx, ctx, portion));
  if (!portion.ids.empty()) tx.execute(kTakeBack, rule.name, portion.ids);
  CO_TRY_VOID(co_await tx.commit());
  if (portion.afterwards) co_await portion.afterwards();
  co_return Result<void>();
}

awaitable<Attempt> attempt(pg::Database& db, const RowRule& rule, const WorkOnRows& work,
                           int limit) {
  Portion portion{.limit = limit};
  std::optional<Error> failure;
  try {
    const auto done = co_await in_one(db, rule, work, portion);
    if (!done) failure = done.error();
  } catch (const pg::OutcomeUnknown&) {
    failure = unavailable("outcome_unknown");  // It may be done; the next turn sees.
  } catch (const std::exception& failed) {
    failure = Error{.kind = ErrorKind::internal, .reason = reason_of(failed)};
  }
  co_return Attempt{std::move(portion.ids), std::move(failure)};
}

awaitable<Result<void>> set_aside(pg::Database& db, const RowRule& rule, const std::string& id,
                                  const std::string& reason) {
  Context ctx = system_context(rule.name, kNoteLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  tx.execute(kSetAside, rule.name, id, reason);
  CO_TRY_VOID(co_await tx.commit());
  log::error("row is set aside", {{"rule", rule.name}, {"subject_id", id}, {"reason", reason}});
  co_return Result<void>();
}

// Our world is broken, not the row: a service or store that it needs is away.
awaitable<bool> is_the_rows_fault(pg::Database& db, const Error& failure) {
  if (failure.kind == ErrorKind::unavailable) co_return false;
  co_return co_await db.healthy();
}

enum class One { none, done, aside };

// One row alone: done, set aside, or an error that is not its own.
awaitable<Result<One>> take_one(pg::Database& db, const RowRule& rule, const WorkOnRows& work) {
  const Attempt tried = co_await attempt(db, rule, work, 1);
  if (!tried.failure) co_return tried.ids.empty() ? One::none : One::done;
  const bool its_own = tried.ids.size() == 1 && co_await is_the_rows_fault(db, *tried.failure);
  if (!its_own) co_return *tried.failure;
  CO_TRY_VOID(co_await set_aside(db, rule, tried.ids.front(), tried.failure->reason));
  co_return One::aside;
}

}  // namespace

std::string not_set_aside(const std::string& rule, const std::string& subject) {
  return "NOT EXISTS (SELECT FROM set_aside aside WHERE aside.rule = '" + rule +
         "' AND aside.subject_id = " + subject + "::text AND aside.try_at > now())";
}

awaitable<Result<bool>> take_some(pg::Database& db, RowRule rule, WorkOnRows work) {
  const Attempt together = co_await attempt(db, rule, work, rule.at_once);
  if (!together.failure) {
    co_return together.ids.size() == static_cast<std::size_t>(rule.at_once);
  }
  const bool theirs = !together.ids.empty() && co_await is_the_rows_fault(db, *together.failure);
  if (!theirs) co_return *together.failure;
  // One of them is the reason: each goes alone, and shows whether it is.
  int in_a_row = 0;
  for (std::size_t i = 0; i < together.ids.size(); ++i) {
    CO_TRY(const One one, co_await take_one(db, rule, work));
    if (one == One::none) co_return false;
    in_a_row = one == One::aside ? in_a_row + 1 : 0;
    if (in_a_row == kTooManyInARow) co_return *together.failure;
  }
  co_return true;
}

std::string reason_of(const std::exception& failure) {
  if (const auto* sql = dynamic_cast<const pg::SqlError*>(&failure)) {
    return "sql_" + sql->sqlstate + (sql->constraint.empty() ? "" : " " + sql->constraint);
  }
  if (dynamic_cast<const Broken*>(&failure) != nullptr) return "broken";
  return "internal";
}

}  // namespace bordero::background
