#include "services/auth/src/keys/key_store.hpp"

#include <sodium.h>

#include "platform/base/clock.hpp"
#include "services/auth/src/secret.hpp"

namespace bordero::auth {
namespace {

struct KeyPair {
  std::string public_key = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret_key = std::string(crypto_sign_SECRETKEYBYTES, '\0');
};

KeyPair make_key_pair() {
  KeyPair pair;
  crypto_sign_keypair(reinterpret_cast<unsigned char*>(pair.public_key.data()),
                      reinterpret_cast<unsigned char*>(pair.secret_key.data()));
  return pair;
}

std::string key_id(const std::string& public_key) { return hex(sha256(public_key)).substr(0, 16); }

}  // namespace

// A key outlives its last signature by twice a token's life of 120 s.
awaitable<std::vector<SigningKey>> list_keys(pg::Transaction& tx) {
  const auto rows = co_await tx.query(R"sql(
      SELECT kid, public_key, sealed_secret, signs_until + interval '240 seconds' AS not_after,
             signs_from <= now() AND now() < signs_until AS signs
        FROM signing_keys
       WHERE signs_until + interval '240 seconds' > now()
       ORDER BY signs_from)sql");
  std::vector<SigningKey> keys;
  for (const pg::Row& row : rows) {
    keys.push_back({.kid = row.get<std::string>("kid"),
                    .public_key = row.get<pg::Bytes>("public_key").value,
                    .sealed_secret = row.get<pg::Bytes>("sealed_secret").value,
                    .not_after = instant_text(row.get<Instant>("not_after")),
                    .signs = row.get<bool>("signs")});
  }
  co_return keys;
}

awaitable<void> renew_keys(pg::Transaction& tx, const Config& config) {
  tx.execute("SELECT pg_advisory_xact_lock(hashtext('auth.signing_keys'))");
  const auto newest = co_await tx.find_one(R"sql(
      SELECT max(signs_until) > now() + interval '1 day' AS lasts FROM signing_keys)sql");
  if (!newest->is_null("lasts") && newest->get<bool>("lasts")) co_return;

  const KeyPair pair = make_key_pair();
  const pg::Bytes public_key{pair.public_key};
  const pg::Bytes sealed{seal(config.seal_key, pair.secret_key)};
  const std::int64_t life = std::chrono::seconds(config.key_life).count();
  tx.execute(R"sql(
      INSERT INTO signing_keys (kid, public_key, sealed_secret, signs_from, signs_until)
      SELECT $1, $2, $3, begins, begins + $4::bigint * interval '1 second'
        FROM (SELECT greatest(now(), max(signs_until)) AS begins FROM signing_keys) AS start)sql",
             key_id(pair.public_key), public_key, sealed, life);
  tx.execute("DELETE FROM signing_keys WHERE signs_until < now() - interval '1 hour'");
}

}  // namespace bordero::auth
