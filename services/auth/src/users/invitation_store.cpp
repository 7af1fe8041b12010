#include "services/auth/src/users/invitation_store.hpp"

#include "platform/base/clock.hpp"
#include "services/auth/src/secret.hpp"

namespace bordero::auth {

awaitable<NewInvitation> make_invitation(pg::Transaction& tx, UserId user_id,
                                         const Config& config) {
  NewInvitation invitation{.token = random_secret()};
  const pg::Bytes token_hash{sha256(invitation.token)};
  const std::int64_t life = std::chrono::seconds(config.invitation_life).count();
  const auto row = co_await tx.find_one(R"sql(
      INSERT INTO invitations (token_hash, user_id, expires_at)
      VALUES ($1, $2, now() + $3::bigint * interval '1 second')
          ON CONFLICT (user_id) DO UPDATE
         SET token_hash = excluded.token_hash, expires_at = excluded.expires_at,
             created_at = now()
   RETURNING expires_at)sql",
                                        token_hash, user_id, life);
  ensure(row.has_value(), "an insert returns its row");
  invitation.expires_at = instant_text(row->get<Instant>("expires_at"));
  co_return invitation;
}

awaitable<std::optional<UserId>> find_invitation(pg::Transaction& tx, std::string token_hash) {
  const pg::Bytes hash{std::move(token_hash)};
  const auto row = co_await tx.find_one(R"sql(
      SELECT user_id
        FROM invitations
       WHERE token_hash = $1 AND expires_at > now())sql",
                                        hash);
  if (!row) co_return std::nullopt;
  co_return row->get<UserId>("user_id");
}

awaitable<bool> take_invitation(pg::Transaction& tx, std::string token_hash) {
  const pg::Bytes hash{std::move(token_hash)};
  const int taken = co_await tx.count_of(R"sql(
      DELETE FROM invitations WHERE token_hash = $1 AND expires_at > now())sql",
                                         hash);
  co_return taken == 1;
}

void delete_invitations(pg::Transaction& tx, UserId user_id) {
  tx.execute("DELETE FROM invitations WHERE user_id = $1", user_id);
}

void delete_expired_invitations(pg::Transaction& tx) {
  tx.execute("DELETE FROM invitations WHERE expires_at <= now()");
}

std::string invitation_link(const Config& config, const std::string& token) {
  return config.public_url + "/invite#" + token;
}

}  // namespace bordero::auth
