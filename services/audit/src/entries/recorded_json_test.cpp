#include "services/audit/src/entries/recorded_json.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "bordero/auth/v1/events.pb.h"
#include "bordero/auth/v1/sessions.pb.h"
#include "bordero/crm/v1/events.pb.h"

namespace bordero::audit {
namespace {

TEST(CanonicalJson, IsOneTextForOneValue) {
  const std::string once = canonical_json(
      boost::json::parse(R"({ "b" : [1, -2, true, null], "a": {"я": "\u044f\n", "0": ""} })"));

  EXPECT_EQ(once, "{\"a\":{\"0\":\"\",\"я\":\"я\\n\"},\"b\":[1,-2,true,null]}");
  EXPECT_EQ(canonical_json(boost::json::parse(once)), once);
}

TEST(ReadChange, PartsAnUpdateIntoBeforeAfterAndTheRest) {
  const auto change = read_change(
      R"({"reason":"moved","after":{"title":"b"},"before":{"title":"a"},"joined_ids":["x"]})",
      crm::v1::DealTeamChanged::descriptor());

  ASSERT_TRUE(change);
  EXPECT_EQ(change->before, "{\"title\":\"a\"}");
  EXPECT_EQ(change->after, "{\"title\":\"b\"}");
  EXPECT_EQ(change->details, "{\"joined_ids\":[\"x\"]}");
}

TEST(ReadChange, TheEntityOfACreationIsTheAfter) {
  const auto change =
      read_change(R"({"deal":{"title":"a"},"reason":"lost"})", crm::v1::DealClosed::descriptor());

  ASSERT_TRUE(change);
  EXPECT_EQ(change->before, "");
  EXPECT_EQ(change->after, "{\"title\":\"a\"}");
  EXPECT_EQ(change->details, "");
  EXPECT_EQ(change->reason, "lost");
}

TEST(ReadChange, AnEventWithoutEntityIsAllDetails) {
  const auto change = read_change(R"({"user_id":"u","session_ids":["s"],"reason":"logout"})",
                                  auth::v1::SessionEnded::descriptor());

  ASSERT_TRUE(change);
  EXPECT_EQ(change->after, "");
  EXPECT_EQ(change->details, "{\"session_ids\":[\"s\"],\"user_id\":\"u\"}");
  EXPECT_EQ(change->reason, "logout");
}

TEST(ReadChange, RefusesWhatIsNoObject) {
  EXPECT_FALSE(read_change("[]", crm::v1::DealCreated::descriptor()));
  EXPECT_FALSE(read_change("{", crm::v1::DealCreated::descriptor()));
}

TEST(Mask, SensitiveAndUnknownValuesStayByNameOnly) {
  auto value = boost::json::parse(
      R"({"title":"t","objects":[{"document":"4510 123456","vin":"X"}],"from_the_future":{"a":1}})");

  mask(value, crm::v1::Deal::descriptor());

  EXPECT_EQ(canonical_json(value),
            "{\"from_the_future\":\"***\",\"objects\":[{\"document\":\"***\",\"vin\":\"X\"}],"
            "\"title\":\"t\"}");
}

TEST(Mask, SecretsLeaveNoTrace) {
  auto value = boost::json::parse(R"({"csrf_token":"s3cret"})");

  mask(value, auth::v1::LoginReply::descriptor());

  EXPECT_EQ(canonical_json(value), "{}");
}

}  // namespace
}  // namespace bordero::audit
