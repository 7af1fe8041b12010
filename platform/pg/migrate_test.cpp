#include <gmock/gmock.h>

#include <thread>

#include "platform/pg/pg_fixture.hpp"

namespace bordero::pg {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class MigrateTest : public ::testing::Test {
 protected:
  testing::FreshDatabase fresh_{"migratetest", {}};

  std::string applied() {
    return fresh_.value("SELECT string_agg(name, ' ' ORDER BY name) FROM schema_migrations");
  }
  std::string failure(const std::vector<Migration>& migrations) {
    try {
      migrate(fresh_.owner_dsn(), "crm", migrations);
    } catch (const Broken& error) {
      return error.what();
    }
    return "";
  }
};

const Migration kFirst = {"0001_a.sql", "CREATE TABLE a (id int); INSERT INTO a VALUES (1);"};
const Migration kSecond = {"0002_b.sql", "ALTER TABLE a ADD COLUMN b text;"};

TEST_F(MigrateTest, AppliesEachOnceInOrder) {
  migrate(fresh_.owner_dsn(), "crm", {kSecond, kFirst});
  migrate(fresh_.owner_dsn(), "crm", {kFirst, kSecond});

  EXPECT_EQ(applied(), "0000_platform.sql 0000_platform_background.sql 0001_a.sql 0002_b.sql");
  EXPECT_EQ(fresh_.value("SELECT count(*) FROM a"), "1");
}

TEST_F(MigrateTest, RefusesAChangedFileBeforeAnythingElse) {
  migrate(fresh_.owner_dsn(), "crm", {kFirst});

  EXPECT_THAT(failure({{"0001_a.sql", "CREATE TABLE other ();"}, kSecond}),
              AllOf(HasSubstr("crm"), HasSubstr("0001_a.sql"), HasSubstr("new file")));
  EXPECT_EQ(applied(), "0000_platform.sql 0000_platform_background.sql 0001_a.sql");
}

TEST_F(MigrateTest, AFailingFileLeavesNothingAndSaysWhere) {
  const Migration wrong = {"0002_b.sql", "CREATE TABLE half ();\n\nALTER TABLE nowhere ADD x int;"};

  EXPECT_THAT(failure({kFirst, wrong}), AllOf(HasSubstr("0002_b.sql"), HasSubstr("nowhere")));
  EXPECT_THAT(failure({kFirst, {"0002_b.sql", "SELECT 1;\nSELECT * FORM a;"}}),
              HasSubstr("line 2"));
  EXPECT_EQ(applied(), "0000_platform.sql 0000_platform_background.sql 0001_a.sql");
  EXPECT_EQ(fresh_.value("SELECT to_regclass('half') IS NULL"), "t");
}

TEST_F(MigrateTest, TwoAtOnceDoNotCollide) {
  std::thread other([&] { migrate(fresh_.owner_dsn(), "crm", {kFirst, kSecond}); });
  migrate(fresh_.owner_dsn(), "crm", {kFirst, kSecond});
  other.join();

  EXPECT_EQ(fresh_.value("SELECT count(*) FROM a"), "1");
}

TEST_F(MigrateTest, TheApplicationOwnsNothing) {
  migrate(fresh_.owner_dsn(), "crm", {kFirst});

  EXPECT_EQ(fresh_.value("SELECT has_table_privilege('migratetest_test', 'a', "
                         "'SELECT, INSERT, UPDATE, DELETE')"),
            "t");
  EXPECT_EQ(fresh_.value("SELECT has_table_privilege('migratetest_test', 'a', 'TRUNCATE')"), "f");
  EXPECT_EQ(fresh_.value("SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
                         "WHERE r.rolname = 'migratetest_test'"),
            "0");
}

}  // namespace
}  // namespace bordero::pg
