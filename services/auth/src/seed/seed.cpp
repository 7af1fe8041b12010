#include "services/auth/src/seed/seed.hpp"

#include <sodium.h>

#include <algorithm>

#include "demo/agency.hpp"
#include "demo/people.hpp"
#include "platform/base/log.hpp"
#include "services/auth/src/agency/agency_store.hpp"
#include "services/auth/src/events.hpp"
#include "services/auth/src/passwords/hasher.hpp"
#include "services/auth/src/setup/blocking.hpp"
#include "services/auth/src/setup/users_file.hpp"
#include "services/auth/src/users/user_store.hpp"

namespace bordero::auth {
namespace {

constexpr auto kLimit = std::chrono::minutes(5);
constexpr int kExtraAgentsInFile = 10;

// Four groups of five without look-alikes: 98 bits that a person can type.
std::string random_password() {
  static constexpr std::string_view kAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  for (int i = 0; i < 20; ++i) {
    if (i > 0 && i % 5 == 0) password.push_back('-');
    password.push_back(kAlphabet[randombytes_uniform(kAlphabet.size())]);
  }
  return password;
}

v1::User user_of(const demo::Person& person) {
  v1::User user;
  user.set_id(std::string(person.id));
  user.set_email(std::string(person.email));
  user.set_full_name(std::string(person.full_name));
  user.set_role(role_of(person.role));
  user.set_status(v1::USER_STATUS_ACTIVE);
  return user;
}

DemoEntry entry_of(const v1::User& user, const std::string& password) {
  return {.id = user.id(),
          .email = user.email(),
          .password = password,
          .role = std::string(role_name(role_of(user.role()))),
          .full_name = user.full_name()};
}

awaitable<Result<int>> count_users(pg::Database& db, std::vector<std::string> ids) {
  Context context = system_context("seed", kLimit);
  CO_TRY(auto tx, co_await db.read(context));
  const auto row = co_await tx.find_one(
      "SELECT count(*)::integer AS n FROM users WHERE id = ANY ($1::uuid[])", ids);
  co_return row->get<int>("n");
}

// Makes the user, or gives a new password to the one who is there.
awaitable<void> put(pg::Transaction& tx, const v1::User& user, const PasswordHash& password) {
  const auto row = co_await tx.find_one(R"sql(
      INSERT INTO users (id, email, full_name, role, status, password_hash, pepper_version)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
          ON CONFLICT (id) DO UPDATE
         SET password_hash = excluded.password_hash, pepper_version = excluded.pepper_version
   RETURNING xmax = 0 AS made, created_at, version)sql",
                                        user.id(), user.email(), user.full_name(), user.role(),
                                        user.status(), password.phc, password.pepper_version);
  if (!row->get<bool>("made")) co_return;
  v1::UserCreated event;
  *event.mutable_user() = user;
  row->fill(*event.mutable_user());
  publish_about(tx, tx.context(), event, event.user());
}

awaitable<Result<int>> put_people(pg::Database& db, const Hasher& hasher, DemoEntries& entries) {
  Context context = system_context("seed", kLimit);
  CO_TRY(auto tx, co_await db.begin(context));
  for (const demo::Person& person : demo::kPeople) {
    const v1::User user = user_of(person);
    const std::string password = random_password();
    const PasswordHash hash = hasher.hash(password);
    co_await put(tx, user, hash);
    entries[user.id()] = entry_of(user, password);
  }
  CO_TRY_VOID(co_await tx.commit());
  co_return static_cast<int>(demo::kPeople.size());
}

// The invented agency, where nobody has said yet what theirs is called.
awaitable<Result<bool>> put_agency(pg::Database& db) {
  Context context = system_context("seed", kLimit);
  CO_TRY(auto tx, co_await db.begin(context));
  const auto before = co_await lock_agency(tx);
  if (before.version() > 1) co_return false;
  v1::Agency invented = before;
  invented.set_name(std::string(demo::kAgency.name));
  invented.set_phone(std::string(demo::kAgency.phone));
  invented.set_address(std::string(demo::kAgency.address));
  save_agency(tx, invented);
  const auto after = co_await view_agency(tx);
  publish_agency_updated(tx, context, before, after);
  CO_TRY_VOID(co_await tx.commit());
  co_return true;
}

// A thousand agents share one password: a thousand hashes would take minutes and prove nothing.
awaitable<Result<int>> put_extra_agents(pg::Database& db, const Hasher& hasher,
                                        DemoEntries& entries) {
  const std::string password = random_password();
  const PasswordHash hash = hasher.hash(password);
  std::vector<std::string> ids;
  std::vector<std::string> emails;
  std::vector<std::string> names;
  for (int number = 0; number < demo::kExtraAgents; ++number) {
    ids.push_back(demo::extra_agent_id(number));
    emails.push_back(demo::extra_agent_email(number));
    names.push_back(demo::extra_agent_name(number));
    if (number >= kExtraAgentsInFile) continue;
    entries[ids.back()] = {ids.back(), emails.back(), password, "agent", names.back()};
  }
  Context context = system_context("seed", kLimit);
  CO_TRY(auto tx, co_await db.begin(context));
  tx.execute(R"sql(
      INSERT INTO users (id, email, full_name, role, status, password_hash, pepper_version)
      SELECT id, email, full_name, 'agent', 'active', $4, $5
        FROM unnest($1::uuid[], $2::text[], $3::text[]) AS extra (id, email, full_name)
          ON CONFLICT (id) DO UPDATE
         SET password_hash = excluded.password_hash, pepper_version = excluded.pepper_version)sql",
             ids, emails, names, hash.phc, hash.pepper_version);
  CO_TRY_VOID(co_await tx.commit());
  co_return demo::kExtraAgents;
}

// Whether the users are in the database and those of them that belong there in the file.
bool complete(asio::io_context& io, pg::Database& db, const DemoEntries& entries,
              const std::vector<std::string>& ids, std::size_t in_file) {
  const auto listed = [&](const std::string& id) { return entries.contains(id); };
  const bool file_good =
      std::all_of(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(in_file), listed);
  return file_good && run_blocking(io, count_users(db, ids)) == static_cast<int>(ids.size());
}

}  // namespace

void seed(const Config& config, const SeedOptions& options) {
  if (options.users_file.empty()) throw env::BadSetting("seed needs --users-file");
  ensure(sodium_init() >= 0, "libsodium starts");
  const Hasher hasher(config);
  asio::io_context io{1};
  pg::Database db(io.get_executor(),
                  {.dsn = config.pg_dsn, .pool_size = 1, .application_name = "auth-seed"});
  DemoEntries entries = read_users_file(options.users_file);
  std::vector<std::string> people;
  for (const demo::Person& person : demo::kPeople) people.emplace_back(person.id);
  std::vector<std::string> agents;
  for (int i = 0; i < demo::kExtraAgents; ++i) agents.push_back(demo::extra_agent_id(i));

  run_blocking(io, put_agency(db));
  int made = 0;
  if (!complete(io, db, entries, people, people.size())) {
    made += run_blocking(io, put_people(db, hasher, entries));
  }
  if (options.large && !complete(io, db, entries, agents, kExtraAgentsInFile)) {
    made += run_blocking(io, put_extra_agents(db, hasher, entries));
  }
  if (made > 0) write_users_file(options.users_file, entries);
  log::info("demo users are there", {{"given_passwords", made}});
}

}  // namespace bordero::auth
