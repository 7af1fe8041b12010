#include <algorithm>
#include <cctype>
#include <iostream>

#include "app/commands.hpp"
#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"
#include "platform/mq/mq.hpp"

namespace bordero::app {
namespace {

constexpr int kListed = 1000;

std::string broker_of(const std::string& service) {
  std::string name = "BORDERO_" + service + "_AMQP_URL";
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return env::secret(name.c_str());
}

void list(const std::string& url, const std::string& service) {
  for (const auto& event : mq::Consumer::list_parked(url, service, kListed)) {
    std::cout << event.id << "  " << event.parked_at << "  " << event.type << "  " << event.reason
              << "  " << event.queue << '\n';
  }
}

int read(const std::string& url, const std::string& service, const std::string& id) {
  const auto all = mq::Consumer::list_parked(url, service, kListed);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& event) { return event.id == id; });
  if (found == all.end()) return 1;
  std::cout << found->body << '\n';
  return 0;
}

int told(const char* what, int count) {
  std::cout << what << ' ' << count << '\n';
  return count > 0 ? 0 : 1;
}

}  // namespace

int parked(const std::vector<std::string>& arguments) {
  const std::string verb = arguments.empty() ? "" : arguments[0];
  const std::string id = arguments.size() == 3 ? arguments[2] : "";
  const bool known = verb == "list" || verb == "read" || verb == "replay" || verb == "discard";
  const bool named = !id.empty() || verb == "list" || verb == "replay";
  if (!known || !named || arguments.size() < 2 || arguments.size() > 3) {
    throw env::BadSetting("parked list|read|replay|discard SERVICE [EVENT]");
  }
  const std::string& service = arguments[1];
  const std::string url = broker_of(service);
  if (verb == "read") return read(url, service, id);
  if (verb == "replay") return told("replayed", mq::Consumer::replay_parked(url, service, id));
  if (verb == "discard") return told("discarded", mq::Consumer::discard_parked(url, service, id));
  list(url, service);
  return 0;
}

}  // namespace bordero::app
