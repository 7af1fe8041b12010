#pragma once

#include <map>

#include "services/gateway/src/api/api.hpp"
#include "services/gateway/src/stream/feed.hpp"
#include "services/gateway/src/stream/recent.hpp"

namespace bordero::gateway {

// GET /api/v1/stream: what changed that this user may see, as it changes.
class LiveStream {
 public:
  LiveStream(const Config& config, Sessions& sessions, Feed& feed, asio::any_io_executor executor);
  void add_to(Api& api);
  Recent& recent() { return recent_; }

 private:
  struct Listener;

  awaitable<Result<httpd::Reply>> open(Visit& visit, const Matched& matched);
  awaitable<void> run(Listener listener, httpd::StreamWriter& writer);
  awaitable<bool> still_welcome(Listener& listener);
  std::string take_news(Listener& listener);

  const Config& config_;
  Sessions& sessions_;
  Recent recent_;
  std::map<std::string, int> per_user_;
  std::shared_ptr<void> listening_;
};

}  // namespace bordero::gateway
