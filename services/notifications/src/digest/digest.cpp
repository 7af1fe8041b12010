#include "services/notifications/src/digest/digest.hpp"

#include <map>

#include "bordero/common/v1/due.pb.h"
#include "platform/background/take_some.hpp"
#include "platform/base/clock.hpp"
#include "platform/reminders/wall_clock.hpp"
#include "platform/rpc/channel.hpp"
#include "services/notifications/src/inbox/tell.hpp"
#include "services/notifications/src/settings/settings.hpp"

namespace bordero::notifications {
namespace {

using namespace std::chrono_literals;

constexpr int kBatch = 200;
constexpr auto kStepLimit = 20s;

// Those who want a summary today, whose time has come, and who have not had it.
awaitable<Result<std::vector<std::string>>> find_waiting(pg::Database& db, Instant now) {
  Context ctx = system_context("digest", kStepLimit);
  CO_TRY(auto tx, co_await db.read(ctx));
  const auto time = wall_clock::time_of_day(now);
  const auto earliest = std::max<std::chrono::minutes>(time - kDigestLateness, 0min);
  const auto defaults = default_settings();
  const std::string latest_text = wall_clock::text_of(time);
  const std::string earliest_text = wall_clock::text_of(earliest);
  const auto rows = co_await tx.query(R"sql(
      SELECT u.id
        FROM users u
        LEFT JOIN notification_settings s ON s.user_id = u.id
        LEFT JOIN digests g ON g.user_id = u.id
       WHERE u.status = 'active' AND coalesce(s.digest, $1)
         AND coalesce(s.digest_at, $2) BETWEEN $3 AND $4
         AND (g.last_on IS NULL OR g.last_on < $5)
         AND NOT EXISTS (SELECT FROM set_aside a
                          WHERE a.rule = 'digest' AND a.subject_id = u.id::text
                            AND a.try_at > now())
       LIMIT $6)sql",
                                      defaults.digest(), defaults.digest_at(), earliest_text,
                                      latest_text, clock::date_of(now), kBatch);
  std::vector<std::string> waiting;
  for (const pg::Row& row : rows) waiting.emplace_back(row.text("id"));
  co_return waiting;
}

using Counts = std::map<std::string, std::vector<common::v1::DueCount>>;

awaitable<Result<void>> add_counts(Counts& counts, Context& ctx, rpc::Peers& peers,
                                   const char* service, common::v1::CountDueRequest request) {
  const std::string method = std::string("bordero.") + service + ".v1.ReminderService/CountDue";
  CO_TRY(const auto reply, co_await rpc::ask<common::v1::CountDueReply>(
                               peers.to(service), "notifications", ctx, method.c_str(), request));
  for (common::v1::DueCount one : reply.counts()) {
    const std::string person = one.user_id();
    one.clear_user_id();
    counts[person].push_back(std::move(one));
  }
  co_return Result<void>();
}

// What waits for each of them, in the order of the day's page: tasks, deals, money.
awaitable<Result<Counts>> ask_counts(rpc::Peers& peers, const std::vector<std::string>& people,
                                     Date today) {
  Context ctx = system_context("digest", kStepLimit);
  common::v1::CountDueRequest request;
  request.mutable_user_ids()->Assign(people.begin(), people.end());
  request.set_on(today.str());
  Counts counts;
  for (const char* service : {"tasks", "crm", "payments"}) {
    CO_TRY_VOID(co_await add_counts(counts, ctx, peers, service, request));
  }
  co_return counts;
}

// Whoever claims a person's day tells them; a second instance finds it claimed.
awaitable<std::vector<std::string>> claim(pg::Transaction& tx,
                                          const std::vector<std::string>& people, Date today,
                                          int limit) {
  static const std::string sql = R"sql(
      INSERT INTO digests (user_id, last_on)
      SELECT person, $2
        FROM unnest($1::uuid[]) AS person
       WHERE NOT EXISTS (SELECT FROM digests g WHERE g.user_id = person AND g.last_on >= $2)
         AND )sql" + background::not_set_aside(kDigest, "person") +
                                 R"sql(
       ORDER BY person
       LIMIT $3
          ON CONFLICT (user_id) DO UPDATE SET last_on = EXCLUDED.last_on
       WHERE digests.last_on < EXCLUDED.last_on
   RETURNING user_id)sql";
  const auto rows = co_await tx.query(sql, people, today, limit);
  std::vector<std::string> claimed;
  for (const pg::Row& row : rows) claimed.emplace_back(row.text("user_id"));
  co_return claimed;
}

awaitable<std::map<std::string, int>> count_unread(pg::Transaction& tx,
                                                   const std::vector<std::string>& people) {
  const auto rows = co_await tx.query(R"sql(
      SELECT user_id, count(*)::integer AS unread
        FROM notifications
       WHERE user_id = ANY ($1::uuid[]) AND later_until IS NULL AND read_at IS NULL
       GROUP BY user_id)sql",
                                      people);
  std::map<std::string, int> unread;
  for (const pg::Row& row : rows) {
    unread[row.get<std::string>("user_id")] = row.get<int>("unread");
  }
  co_return unread;
}

awaitable<Result<void>> tell_some(pg::Transaction& tx, Context& ctx, background::Portion& portion,
                                  const std::vector<std::string>& waiting, const Counts& counts,
                                  const Channels& channels) {
  const Date today = clock::today();
  portion.ids = co_await claim(tx, waiting, today, portion.limit);
  auto unread = co_await count_unread(tx, portion.ids);
  const auto names = names_of(channels);
  for (const std::string& person : portion.ids) {
    const auto found = counts.find(person);
    if (found == counts.end()) continue;
    News news{.kind = v1::NOTIFICATION_KIND_DIGEST, .recipients = {person}};
    for (const auto& one : found->second) *news.details.add_due() = one;
    news.details.set_unread(unread[person]);
    news.details.set_on(today.str());
    const Cause cause{.event_id = Uuid::v7().str(), .actor_id = ""};
    co_await tell(tx, ctx, news, cause, names);
  }
  co_return Result<void>();
}

}  // namespace

awaitable<Result<bool>> send_digests(pg::Database& db, rpc::Peers& peers,
                                     const Channels& channels) {
  const Instant now = clock::now();
  CO_TRY(const auto waiting, co_await find_waiting(db, now));
  if (waiting.empty()) co_return false;
  CO_TRY(const Counts counts, co_await ask_counts(peers, waiting, clock::date_of(now)));
  const background::RowRule rule{.name = kDigest, .at_once = kBatch, .limit = kStepLimit};
  const background::WorkOnRows work = [&](pg::Transaction& tx, Context& ctx,
                                          background::Portion& portion) {
    return tell_some(tx, ctx, portion, waiting, counts, channels);
  };
  co_return co_await background::take_some(db, rule, work);
}

}  // namespace bordero::notifications
