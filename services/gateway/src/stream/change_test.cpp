#include "services/gateway/src/stream/change.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordero/crm/v1/events.pb.h"
#include "platform/json/json.hpp"
#include "services/gateway/src/stream/recent.hpp"

namespace bordero::gateway {
namespace {

using testing::HasSubstr;
using testing::Not;

mq::Event event_of(const char* type, const google::protobuf::Message& message) {
  mq::Event event;
  event.meta.set_id("e1");
  event.meta.set_type(type);
  event.meta.set_entity_type("deal");
  event.meta.set_subject("d1");
  event.meta.set_version(4);
  event.meta.add_audience_users("u1");
  event.meta.add_audience_roles("head");
  event.body = json::text(message);
  return event;
}

TEST(StreamChange, TellsWhatDiffers) {
  crm::v1::DealUpdated updated;
  updated.mutable_before()->set_title("old");
  updated.mutable_before()->set_lost_reason("gone");
  updated.mutable_before()->set_number("7");
  updated.mutable_after()->set_title("new");
  updated.mutable_after()->set_number("7");

  const StreamEntry entry = entry_of(event_of("crm.deal.updated", updated));

  EXPECT_THAT(entry.data, HasSubstr(R"("changed":{"title":"new","lost_reason":null})"));
  EXPECT_THAT(entry.data, HasSubstr(R"("kind":"deal","id":"d1","version":4)"));
}

TEST(StreamChange, ValuesOfSensitiveFieldsStayOut) {
  crm::v1::DealCreated created;
  created.mutable_deal()->set_title("t");
  created.mutable_deal()->add_objects()->set_document("4509 123456");
  created.mutable_deal()->add_can()->set_action("deals.write");

  const StreamEntry entry = entry_of(event_of("crm.deal.created", created));

  EXPECT_THAT(entry.data, Not(HasSubstr("4509")));
  EXPECT_THAT(entry.data, HasSubstr(R"("sensitive":["objects"])"));
  EXPECT_THAT(entry.data, Not(HasSubstr("deals.write")));
}

TEST(StreamChange, ReachesItsAudienceAlone) {
  const StreamEntry entry = entry_of(event_of("crm.deal.created", crm::v1::DealCreated()));

  EXPECT_TRUE(entry.visible_to("u1", "agent"));
  EXPECT_TRUE(entry.visible_to("u2", "head"));
  EXPECT_FALSE(entry.visible_to("u2", "agent"));
}

TEST(StreamChange, AnUnknownEventIsToldWithoutItsFields) {
  mq::Event event = event_of("crm.moon.landed", crm::v1::DealCreated());

  EXPECT_THAT(entry_of(event).data, Not(HasSubstr("changed")));
}

void add(Recent& recent, const char* event_id) {
  recent.add(std::make_shared<const StreamEntry>(StreamEntry{.event_id = event_id}));
}

TEST(RecentEntries, KeepTheNewestAndKnowWhatWasMissed) {
  Recent recent;
  const auto first = recent.next();
  add(recent, "a");
  add(recent, "b");

  EXPECT_TRUE(recent.reaches(first));
  EXPECT_EQ(recent.after("a"), first + 1);
  EXPECT_EQ(recent.after("x"), std::nullopt);

  recent.note_gap();
  EXPECT_FALSE(recent.reaches(first));
  EXPECT_TRUE(recent.reaches(recent.next()));

  for (std::size_t i = 0; i < Recent::kKept; ++i) add(recent, "n");
  EXPECT_EQ(recent.after("b"), std::nullopt);
}

}  // namespace
}  // namespace bordero::gateway
