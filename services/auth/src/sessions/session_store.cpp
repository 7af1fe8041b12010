#include "services/auth/src/sessions/session_store.hpp"

#include "platform/background/take_some.hpp"

namespace bordero::auth {
namespace {

std::vector<EndedSession> ended_of(const pg::Rows& rows) {
  std::vector<EndedSession> ended;
  for (const pg::Row& row : rows) {
    ended.push_back({.id = row.get<std::string>("id"),
                     .user_id = row.get<std::string>("user_id"),
                     .token_hash = row.get<pg::Bytes>("token_hash").value});
  }
  return ended;
}

std::optional<LiveSession> live_of(const std::optional<pg::Row>& row) {
  if (!row) return std::nullopt;
  LiveSession session{.id = row->get<SessionId>("session_id"),
                      .view = row->to<v1::ResolvedSession>(),
                      .signed_in_at = row->get<Instant>("signed_in_at"),
                      .slides = row->get<bool>("slides")};
  row->fill(*session.view.mutable_user());
  return session;
}

std::int64_t seconds(std::chrono::seconds duration) { return duration.count(); }

}  // namespace

void insert_session(pg::Transaction& tx, const NewSession& session, const Config& config) {
  tx.execute(R"sql(
      INSERT INTO sessions (id, user_id, token_hash, csrf_token, device, address, program,
                            created_at, last_used_at, idle_ends_at, ends_at)
      SELECT $1, $2, $3, $4, $5, $6, $7, now(), now(),
             now() + least($8::bigint, $9::bigint) * interval '1 second',
             now() + $9::bigint * interval '1 second')sql",
             session.id, session.user_id, pg::Bytes{session.token_hash}, session.csrf_token,
             session.device, session.address, session.program, seconds(config.session_idle),
             seconds(config.session_absolute));
}

awaitable<std::optional<LiveSession>> find_live(pg::Transaction& tx, std::string token_hash) {
  const pg::Bytes hash{std::move(token_hash)};
  const auto row = co_await tx.find_one(R"sql(
      SELECT s.id AS session_id, s.csrf_token, s.program, s.created_at AS signed_in_at,
             s.idle_ends_at, s.ends_at, s.last_used_at < now() - interval '1 minute' AS slides,
             u.id, u.email, u.full_name, u.role, u.status, u.created_at, u.last_signed_in_at,
             u.version, u.epoch
        FROM sessions s
        JOIN users u ON u.id = s.user_id
       WHERE s.token_hash = $1 AND s.idle_ends_at > now() AND u.status = 'active')sql",
                                        hash);
  co_return live_of(row);
}

awaitable<std::optional<LiveSession>> find_live(pg::Transaction& tx, SessionId id) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT s.id AS session_id, s.csrf_token, s.program, s.created_at AS signed_in_at,
             s.idle_ends_at, s.ends_at, s.last_used_at < now() - interval '1 minute' AS slides,
             u.id, u.email, u.full_name, u.role, u.status, u.created_at, u.last_signed_in_at,
             u.version, u.epoch
        FROM sessions s
        JOIN users u ON u.id = s.user_id
       WHERE s.id = $1 AND s.idle_ends_at > now() AND u.status = 'active')sql",
                                        id);
  co_return live_of(row);
}

awaitable<std::optional<std::string>> slide(pg::Transaction& tx, SessionId id,
                                            const Config& config) {
  const std::int64_t idle = seconds(config.session_idle);
  const auto row = co_await tx.find_one(R"sql(
      UPDATE sessions
         SET last_used_at = now(),
             idle_ends_at = least(ends_at, now() + $2::bigint * interval '1 second')
       WHERE id = $1 AND idle_ends_at > now()
   RETURNING idle_ends_at)sql",
                                        id, idle);
  if (!row) co_return std::nullopt;
  co_return instant_text(row->get<Instant>("idle_ends_at"));
}

awaitable<std::vector<v1::Session>> list_sessions(pg::Transaction& tx, UserId user_id) {
  const auto rows = co_await tx.query(R"sql(
      SELECT id, user_id, device, address, created_at, last_used_at, program
        FROM sessions
       WHERE user_id = $1 AND idle_ends_at > now()
       ORDER BY last_used_at DESC, id)sql",
                                      user_id);
  std::vector<v1::Session> sessions;
  for (const pg::Row& row : rows) sessions.push_back(row.to<v1::Session>());
  co_return sessions;
}

awaitable<std::vector<EndedSession>> delete_session(pg::Transaction& tx, SessionId id,
                                                    std::optional<UserId> of_user) {
  const auto rows = co_await tx.query(R"sql(
      DELETE FROM sessions
       WHERE id = $1 AND ($2::uuid IS NULL OR user_id = $2::uuid)
   RETURNING id, user_id, token_hash)sql",
                                      id, of_user);
  co_return ended_of(rows);
}

awaitable<std::vector<EndedSession>> delete_sessions(pg::Transaction& tx, UserId user_id,
                                                     std::optional<SessionId> except) {
  const auto rows = co_await tx.query(R"sql(
      DELETE FROM sessions
       WHERE user_id = $1 AND ($2::uuid IS NULL OR id <> $2::uuid)
   RETURNING id, user_id, token_hash)sql",
                                      user_id, except);
  co_return ended_of(rows);
}

awaitable<std::vector<EndedSession>> delete_oldest(pg::Transaction& tx, UserId user_id, int keep) {
  const auto rows = co_await tx.query(R"sql(
      DELETE FROM sessions
       WHERE id IN (SELECT id
                      FROM sessions
                     WHERE user_id = $1 AND idle_ends_at > now()
                     ORDER BY created_at DESC, id DESC
                    OFFSET $2::integer)
   RETURNING id, user_id, token_hash)sql",
                                      user_id, keep);
  co_return ended_of(rows);
}

awaitable<std::vector<std::string>> hold_expired(pg::Transaction& tx, int limit) {
  static const std::string sql = "SELECT s.id FROM sessions s WHERE s.idle_ends_at <= now() AND " +
                                 background::not_set_aside(kExpireSessions, "s.id") +
                                 " ORDER BY s.idle_ends_at, s.id LIMIT $1 FOR UPDATE SKIP LOCKED";
  const auto rows = co_await tx.query(sql, limit);
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.emplace_back(row.text("id"));
  co_return ids;
}

awaitable<std::vector<EndedSession>> delete_held(pg::Transaction& tx,
                                                 const std::vector<std::string>& ids) {
  const auto rows = co_await tx.query(R"sql(
      DELETE FROM sessions
       WHERE id = ANY($1::uuid[])
   RETURNING id, user_id, token_hash)sql",
                                      ids);
  co_return ended_of(rows);
}

}  // namespace bordero::auth
