#include <gtest/gtest.h>

#include "platform/base/env.hpp"
#include "platform/pg/blocking.hpp"
#include "platform/pg/pg_fixture.hpp"
#include "platform/testing/authority.hpp"
#include "platform/testing/tls_stores.hpp"

namespace bordero::pg {
namespace {

using testing::address_in;
using testing::TlsInUse;

constexpr const char* kVersion = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

class TlsTest : public PgTest {
 protected:
  awaitable<std::string> version_of_pool() {
    Context ctx = context(std::chrono::seconds(10));
    auto tx = co_await db_->read(ctx);
    if (!tx) co_return tx.error().reason;
    const auto row = co_await tx->find_one(kVersion);
    co_return row->get<std::string>("version");
  }
};

TEST_F(TlsTest, EveryKindOfConnectionIsEncrypted) {
  const TlsInUse in_use(testing::files_of("operator"));
  const std::string dsn = address_in("BORDERO_TEST_PG_TLS");
  Settings settings;
  settings.dsn = dsn;
  open(settings);

  EXPECT_EQ(run(version_of_pool()), "TLSv1.3");
  EXPECT_EQ(BlockingConnection(dsn).column(kVersion).at(0), "TLSv1.3");
}

TEST_F(TlsTest, AServerOfAnotherAuthorityIsNotTalkedTo) {
  testing::Authority other;
  const TlsInUse in_use(other.issue("operator"));
  Settings settings;
  settings.dsn = address_in("BORDERO_TEST_PG_TLS");
  open(settings);

  EXPECT_EQ(run(version_of_pool()), "database_down");
  EXPECT_THROW(BlockingConnection(address_in("BORDERO_TEST_PG_TLS")), Broken);
}

TEST_F(TlsTest, APlainConnectionIsRefusedWhileTlsIsInUse) {
  const TlsInUse in_use(testing::files_of("operator"));
  Settings settings;
  settings.dsn = address_in("BORDERO_TEST_PG");

  EXPECT_THROW(open(settings), env::BadSetting);
}

}  // namespace
}  // namespace bordero::pg
