#include <gtest/gtest.h>

#include <cstdlib>

#include <set>

#include "platform/base/clock.hpp"
#include "platform/base/context.hpp"
#include "platform/base/env.hpp"
#include "platform/base/result.hpp"
#include "platform/base/secret.hpp"
#include "platform/base/uuid.hpp"
#include "platform/testing/secret_file.hpp"

namespace bordero {
namespace {

TEST(Uuid, VersionSevenSortsByTimeAndComesBack) {
  const Uuid first = Uuid::v7();
  EXPECT_EQ(first.str()[14], '7');
  EXPECT_EQ(Uuid::parse(first.str()), first);
  std::set<std::string> all;
  for (int i = 0; i < 10'000; ++i) all.insert(Uuid::v7().str());
  EXPECT_EQ(all.size(), 10'000u);
}

TEST(Uuid, RefusesAnythingElse) {
  for (const char* wrong :
       {"", "018f", "018f0000-0000-7000-8000-00000000000", "{018f0000-0000-7000-8000-000000000000}",
        "018f0000x0000-7000-8000-000000000000", "018f0000-0000-7000-8000-00000000000g"}) {
    EXPECT_FALSE(Uuid::parse(wrong)) << wrong;
  }
}

TEST(Date, OnlyRealDaysWithinSense) {
  EXPECT_EQ(Date::parse("2028-02-29")->str(), "2028-02-29");
  EXPECT_EQ(Date::parse("2026-12-31")->plus_days(1).str(), "2027-01-01");
  for (const char* wrong :
       {"2026-02-29", "2026-13-01", "1899-12-31", "2026-1-01", "26-01-01", "2026-01-01 "}) {
    EXPECT_FALSE(Date::parse(wrong)) << wrong;
  }
}

TEST(Clock, TheAgencysDayIsNotUtcs) {
  clock::set_time_zone("Europe/Moscow");
  EXPECT_EQ(clock::date_of(*parse_instant("2026-11-22T22:30:00Z")).str(), "2026-11-23");
  EXPECT_EQ(clock::date_of(*parse_instant("2026-11-22T20:30:00Z")).str(), "2026-11-22");
  EXPECT_THROW(clock::set_time_zone("Mars/Olympus"), env::BadSetting);
}

TEST(Clock, DaylightSavingIsTheZonesOwn) {
  clock::set_time_zone("Europe/Berlin");
  EXPECT_EQ(clock::date_of(*parse_instant("2026-06-30T22:30:00Z")).str(), "2026-07-01");
  EXPECT_EQ(clock::date_of(*parse_instant("2026-12-30T22:30:00Z")).str(), "2026-12-30");
  clock::set_time_zone("Europe/Moscow");
}

TEST(Instant, ComesBackToTheMicrosecond) {
  const auto instant = parse_instant("2026-11-23T10:15:30.123456Z");
  ASSERT_TRUE(instant);
  EXPECT_EQ(instant_text(*instant), "2026-11-23T10:15:30.123456Z");
  EXPECT_FALSE(parse_instant("2026-11-23"));
}

TEST(Env, AMissingMalformedOrUnknownSettingIsNamed) {
  setenv("BORDERO_TESTED_NUMBER", "12x", 1);
  EXPECT_THROW(env::number("BORDERO_TESTED_NUMBER", 1, 0, 10), env::BadSetting);
  setenv("BORDERO_TESTED_NUMBER", "7", 1);
  EXPECT_EQ(env::number("BORDERO_TESTED_NUMBER", 1, 0, 10), 7);
  EXPECT_THROW(env::text("BORDERO_TESTED_MISSING"), env::BadSetting);

  setenv("BORDERO_SPELT_WRONG", "1", 1);
  try {
    env::refuse_unknown();
    FAIL() << "an unknown setting must stop the start";
  } catch (const env::BadSetting& refused) {
    EXPECT_NE(std::string(refused.what()).find("BORDERO_"), std::string::npos);
  }
  unsetenv("BORDERO_SPELT_WRONG");
  unsetenv("BORDERO_TESTED_NUMBER");
}

TEST(Env, ASecretIsGivenItselfOrByAFileThatIsReadAnew) {
  testing::SecretFile file("first");
  setenv("BORDERO_TESTED_SECRET_FILE", file.path().c_str(), 1);

  const std::string secret = env::secret("BORDERO_TESTED_SECRET");
  EXPECT_EQ(read_secret(secret), "first");
  file.replace("second");
  EXPECT_EQ(read_secret(secret), "second");

  setenv("BORDERO_TESTED_SECRET", "third", 1);
  EXPECT_THROW(env::secret("BORDERO_TESTED_SECRET"), env::BadSetting);
  unsetenv("BORDERO_TESTED_SECRET_FILE");
  EXPECT_EQ(env::secret("BORDERO_TESTED_SECRET"), "third");
  unsetenv("BORDERO_TESTED_SECRET");
  EXPECT_THROW(env::secret("BORDERO_TESTED_SECRET"), env::BadSetting);
  EXPECT_EQ(env::secret("BORDERO_TESTED_SECRET", ""), "");
}

TEST(Env, AFileOfASecretThatIsNotThereStopsTheStart) {
  setenv("BORDERO_TESTED_SECRET_FILE", "/nowhere/at/all", 1);

  EXPECT_THROW(env::secret("BORDERO_TESTED_SECRET"), env::BadSetting);

  unsetenv("BORDERO_TESTED_SECRET_FILE");
}

TEST(Trace, OnlyAWellFormedParentIsTaken) {
  const auto trace = TraceContext::parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  EXPECT_TRUE(trace.sampled);
  EXPECT_EQ(trace.traceparent(), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  EXPECT_TRUE(TraceContext::parse("00-00000000000000000000000000000000-b7ad6b7169203331-01")
                  .trace_id.empty());
  EXPECT_TRUE(TraceContext::parse("nonsense").trace_id.empty());
}

Result<int> half(int number) {
  if (number % 2 != 0) return refused("odd");
  return number / 2;
}
Result<int> quarter(int number) {
  const int once = TRY(half(number));
  return half(once);
}

TEST(Result, TryReturnsTheFirstError) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().reason, "odd");
  EXPECT_EQ(quarter(3).error().kind, ErrorKind::refused);
}

}  // namespace
}  // namespace bordero
