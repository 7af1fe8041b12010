#include <gtest/gtest.h>

#include "platform/base/env.hpp"
#include "platform/base/uuid.hpp"
#include "platform/mq/broker.hpp"
#include "platform/testing/authority.hpp"
#include "platform/testing/tls_stores.hpp"

namespace bordero::mq {
namespace {

using testing::address_in;
using testing::TlsInUse;

TEST(BrokerTls, CarriesMessages) {
  const TlsInUse in_use(testing::files_of("operator"));
  const std::string queue = "tls." + Uuid::v7().str();
  Broker broker(address_in("BORDERO_TEST_AMQP_TLS"), "tls-test");
  broker.declare_queue(queue, {.durable = false, .exclusive = true});
  broker.expect_confirms();

  for (int i = 0; i < 20; ++i) {
    const Message sent{.id = std::to_string(i), .headers = {}, .body = std::string(50'000, 'x')};
    ASSERT_EQ(broker.publish_and_wait("", queue, sent), Fate::confirmed);
  }

  for (int i = 0; i < 20; ++i) {
    const auto got = broker.get(queue);
    ASSERT_TRUE(got);
    EXPECT_EQ(got->message.id, std::to_string(i));
    EXPECT_EQ(got->message.body.size(), 50'000u);
  }
}

TEST(BrokerTls, ABrokerOfAnotherAuthorityIsNotTalkedTo) {
  testing::Authority other;
  const TlsInUse in_use(other.issue("operator"));

  EXPECT_THROW(Broker(address_in("BORDERO_TEST_AMQP_TLS"), "tls-test"), Broken);
}

TEST(BrokerTls, APlainAddressIsRefusedWhileTlsIsInUse) {
  const TlsInUse in_use(testing::files_of("operator"));

  EXPECT_THROW(Broker(address_in("BORDERO_TEST_AMQP"), "tls-test"), env::BadSetting);
}

}  // namespace
}  // namespace bordero::mq
