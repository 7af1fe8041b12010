#include <cstdlib>
#include <memory>

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/pg/blocking.hpp"
#include "platform/pg/schema.hpp"
#include "platform/testing/stores.hpp"

namespace bordero::testing {
namespace {

using pg::BlockingConnection;
using pg::quoted_name;

// The roles exist only in the throwaway cluster of tests, which listens on loopback.
constexpr const char* kPassword = "test";

std::string superuser_dsn() {
  const char* dsn = std::getenv("BORDERO_TEST_PG");
  if (!dsn) throw Broken("BORDERO_TEST_PG is not set: run under tools/with-test-stores");
  return dsn;
}

// The same server, another database; as another role unless `role` is empty.
std::string dsn_of(const std::string& database, const std::string& role) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(superuser_dsn().c_str(), nullptr), &PQconninfoFree);
  ensure(options != nullptr, "BORDERO_TEST_PG is a connection string");
  std::string dsn = "dbname='" + database + "'";
  for (const auto* option = options.get(); option->keyword; ++option) {
    const std::string keyword = option->keyword;
    const bool login = keyword == "user" || keyword == "password";
    const bool wanted = keyword == "host" || keyword == "port" || (login && role.empty());
    if (wanted && option->val) dsn += " " + keyword + "='" + option->val + "'";
  }
  if (!role.empty()) dsn += " user='" + role + "' password='" + kPassword + "'";
  return dsn;
}

void create_role(BlockingConnection& server, const std::string& role) {
  if (!server.column("SELECT 1 FROM pg_roles WHERE rolname = $1", {role}).empty()) return;
  server.execute("CREATE ROLE " + quoted_name(role) + " LOGIN PASSWORD '" + kPassword + "'");
}

void create_template(BlockingConnection& server, const std::string& name,
                     const std::string& service, const std::vector<pg::Migration>& migrations) {
  const std::string owner = service + "_test_owner";
  const std::string app = service + "_test";
  create_role(server, owner);
  create_role(server, app);
  // Made under another name, so that a template that exists is a complete one.
  const std::string half = name + "_half";
  server.execute("DROP DATABASE IF EXISTS " + quoted_name(half));
  server.execute("CREATE DATABASE " + quoted_name(half) + " OWNER " + quoted_name(owner));
  {
    BlockingConnection inside(dsn_of(half, ""));
    inside.execute("ALTER SCHEMA public OWNER TO " + quoted_name(owner));
    const std::string grant =
        "ALTER DEFAULT PRIVILEGES FOR ROLE " + quoted_name(owner) + " IN SCHEMA public GRANT ";
    inside.execute(grant + "SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + quoted_name(app));
    inside.execute(grant + "USAGE, SELECT ON SEQUENCES TO " + quoted_name(app));
  }
  pg::migrate(dsn_of(half, owner), service, migrations);
  server.execute("ALTER DATABASE " + quoted_name(half) + " RENAME TO " + quoted_name(name));
}

std::string template_name(BlockingConnection& server, const std::string& service,
                          const std::vector<pg::Migration>& migrations) {
  std::string text;
  for (const auto* all : {&pg::platform_migrations(), &migrations}) {
    for (const auto& migration : *all) text += migration.name + '\n' + migration.sql + '\n';
  }
  return "template_" + service + "_" + server.column("SELECT md5($1)", {text}).at(0).substr(0, 16);
}

}  // namespace

FreshDatabase::FreshDatabase(const std::string& service,
                             const std::vector<pg::Migration>& migrations) {
  BlockingConnection server(superuser_dsn());
  const std::string model = template_name(server, service, migrations);
  // Test programs run side by side: one makes the template, and nobody copies it half made.
  server.execute("SELECT pg_advisory_lock(hashtext('bordero.test_templates'))");
  if (server.column("SELECT 1 FROM pg_database WHERE datname = $1", {model}).empty()) {
    create_template(server, model, service, migrations);
  }
  name_ = "t_" + service + "_" + Uuid::v7().str();
  server.execute("CREATE DATABASE " + quoted_name(name_) + " TEMPLATE " + quoted_name(model) +
                 " OWNER " + quoted_name(service + "_test_owner"));
  dsn_ = dsn_of(name_, service + "_test");
  owner_dsn_ = dsn_of(name_, service + "_test_owner");
}

FreshDatabase::~FreshDatabase() {
  try {
    BlockingConnection server(superuser_dsn());
    server.execute("DROP DATABASE IF EXISTS " + quoted_name(name_) + " WITH (FORCE)");
  } catch (const Broken&) {
    // The store is gone, and the database with it.
  }
}

std::string FreshDatabase::value(const std::string& sql) const {
  const auto values = BlockingConnection(dsn_of(name_, "")).column(sql);
  return values.empty() ? "" : values[0];
}

void FreshDatabase::execute(const std::string& sql) const {
  BlockingConnection(dsn_of(name_, "")).execute(sql);
}

}  // namespace bordero::testing
