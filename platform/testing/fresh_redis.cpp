#include <hiredis/hiredis.h>

#include <cstdlib>
#include <memory>

#include "platform/base/error.hpp"
#include "platform/redis/url.hpp"
#include "platform/testing/claim.hpp"
#include "platform/testing/stores.hpp"

namespace bordero::testing {
namespace {

constexpr int kDatabases = 16;

std::string superuser_url() {
  const char* const url = std::getenv("BORDERO_TEST_REDIS");
  if (url == nullptr)
    throw Broken("BORDERO_TEST_REDIS is not set: run under tools/with-test-stores");
  return url;
}

class Connection {
 public:
  explicit Connection(const redis::Url& url)
      : context_(redisConnect(url.host.c_str(), std::atoi(url.port.c_str())), &redisFree) {
    if (!url.password.empty()) run({"AUTH", url.user, url.password});
    run({"SELECT", url.database});
  }
  void run(const std::vector<std::string>& words) {
    std::vector<const char*> texts;
    for (const auto& word : words) texts.push_back(word.c_str());
    const std::unique_ptr<redisReply, void (*)(void*)> reply(
        static_cast<redisReply*>(redisCommandArgv(context_.get(), static_cast<int>(texts.size()),
                                                  texts.data(), nullptr)),
        &freeReplyObject);
    if (!reply || reply->type == REDIS_REPLY_ERROR) throw Broken("Redis refused " + words.front());
  }

 private:
  std::unique_ptr<redisContext, void (*)(redisContext*)> context_;
};

}  // namespace

std::string fresh_redis_url() {
  const std::string base = superuser_url();
  redis::Url url = redis::Url::parse(base);
  static const Claim claim("redis-" + url.host + ":" + url.port, kDatabases);
  url.database = std::to_string(claim.number());
  Connection(url).run({"FLUSHDB"});
  return base.substr(0, base.rfind('/') + 1) + url.database;
}

}  // namespace bordero::testing
