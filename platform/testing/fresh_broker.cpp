#include <cstdlib>

#include "platform/base/error.hpp"
#include "platform/mq/broker.hpp"
#include "platform/mq/topology.hpp"
#include "platform/testing/claim.hpp"
#include "platform/testing/stores.hpp"

namespace bordero::testing {
namespace {

constexpr int kVhosts = 48;  // t0 to t47 of tools/stacklib/rabbitmq.py.

constexpr const char* kServices[] = {"gateway", "auth",         "crm",          "payments",
                                     "tasks",   "documents",    "telegram-bot", "backup",
                                     "audit",   "notifications"};

std::string superuser_url() {
  const char* const url = std::getenv("BORDERO_TEST_AMQP");
  if (url == nullptr)
    throw Broken("BORDERO_TEST_AMQP is not set: run under tools/with-test-stores");
  return url;
}

// host:port, so that two clones of the project do not wait for each other.
std::string address_in(const std::string& url) {
  const auto begin = url.rfind('@') + 1;
  return url.substr(begin, url.find('/', begin) - begin);
}

constexpr const char* kNamedQueues[] = {"telegram.updates", "telegram.outgoing"};

// Only durable queues outlive a test.
void delete_queues(const std::string& url) {
  mq::Broker broker(url, "fresh-broker");
  for (const char* const service : kServices) {
    broker.delete_queue(mq::queue_of(service));
    broker.delete_queue(mq::parking_of(service));
    broker.delete_queue(mq::commands_of(service));
  }
  for (const char* const queue : kNamedQueues) broker.delete_queue(queue);
}

}  // namespace

FreshBroker::FreshBroker() {
  const std::string url = superuser_url();
  claim_ = std::make_shared<Claim>("amqp-" + address_in(url), kVhosts);
  vhost_ = "t" + std::to_string(claim_->number());
  url_ = url.substr(0, url.rfind('/') + 1) + vhost_;
  delete_queues(url_);
}

FreshBroker::~FreshBroker() = default;

}  // namespace bordero::testing
