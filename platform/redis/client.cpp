#include "platform/redis/client.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/base/backoff.hpp"
#include "platform/base/log.hpp"
#include "platform/base/secret.hpp"
#include "platform/redis/link.hpp"
#include "platform/redis/url.hpp"
#include "platform/telemetry/health.hpp"
#include "platform/telemetry/metrics.hpp"
#include "platform/tls/tls.hpp"

namespace bordero::redis {
namespace {

using namespace std::chrono_literals;
constexpr auto kDone = asio::as_tuple(asio::use_awaitable);
constexpr auto kCommandLimit = 500ms;
constexpr auto kConnectLimit = 2000ms;
constexpr auto kFirstPause = 50ms;
constexpr auto kLongestPause = 1000ms;
constexpr std::size_t kPending = 20'000;

using Commands = std::vector<std::vector<std::string>>;
using Replies = std::vector<Reply>;

Url url_of(const std::string& address) {
  Url url = Url::parse(read_secret(address));
  if (url.way == Url::Way::tcp) tls::refuse_plain("redis://");
  return url;
}

std::string replication_id_in(const std::string& info) {
  static constexpr std::string_view kKey = "master_replid:";
  const auto at = info.find(kKey);
  if (at == std::string::npos) return {};
  const auto begin = at + kKey.size();
  return info.substr(begin, info.find_first_of("\r\n", begin) - begin);
}

// What a fresh connection says before anybody may use it; the last reply has the replication id.
Commands greeting(const Url& url) {
  Commands commands;
  if (!url.password.empty() && !url.user.empty()) {
    commands.push_back({"AUTH", url.user, url.password});
  } else if (!url.password.empty()) {
    commands.push_back({"AUTH", url.password});
  }
  commands.push_back({"SELECT", url.database});
  commands.push_back({"INFO", "replication"});
  return commands;
}

// Nothing when the connection failed or the replies did not come in time.
awaitable<std::optional<Replies>> replies_to(std::shared_ptr<Link> link, const Commands& commands,
                                             std::chrono::milliseconds limit) {
  const auto sent_at = std::chrono::steady_clock::now();
  const auto deadline = sent_at + limit;
  const auto batch = link->send(commands);
  if (!batch->failed && batch->missing > 0) {
    batch->answered.expires_at(deadline);
    co_await batch->answered.async_wait(kDone);
  }
  if (!batch->failed && batch->missing == 0) co_return std::move(batch->replies);
  // Silence for a whole deadline: the others that wait need not wait as long. A wait that ended
  // before, because whoever asked has gone, says nothing about Redis.
  const bool waited = std::chrono::steady_clock::now() >= deadline;
  if (waited && link->last_reply() < sent_at) link->close();
  co_return std::nullopt;
}

}  // namespace

struct Client::State : std::enable_shared_from_this<State> {
  asio::any_io_executor executor;
  std::string address;
  std::shared_ptr<Link> link;  // Set while commands may be sent.
  std::shared_ptr<Link> opening;
  const std::shared_ptr<std::atomic<bool>> connected = telemetry::watch_store("redis");
  bool stopping = false;
  std::string replication_id;
  asio::steady_timer pause;
  telemetry::Counter unavailable;

  State(asio::any_io_executor on, std::string given)
      : executor(on),
        address(std::move(given)),
        pause(on),
        unavailable(telemetry::counter("bordero_redis_unavailable_total",
                                       "Commands that Redis did not answer.")) {
    url_of(address);  // A malformed one stops the start.
  }

  awaitable<void> stay_connected();
  awaitable<bool> connected_now();
  awaitable<bool> connect();
  void stop();
};

awaitable<bool> Client::State::connect() {
  const auto self = shared_from_this();
  const Url url = url_of(address);  // Anew, since its file may have been replaced.
  const auto opened = std::make_shared<Link>(executor);
  opening = opened;
  const bool reached = co_await opened->connect(url, kConnectLimit);
  std::optional<Replies> replies;
  if (reached) replies = co_await replies_to(opened, greeting(url), kConnectLimit);
  opening = nullptr;
  if (!replies || stopping) co_return false;
  for (const auto& reply : *replies) {
    if (reply.type != Reply::Type::error) continue;
    log::error("redis refuses the connection", {{"detail", reply.text}});
    opened->close();
    co_return false;
  }
  replication_id = replication_id_in(replies->back().text);
  link = opened;
  co_return true;
}

// An address that cannot be read just now is one more reason to try again later.
awaitable<bool> Client::State::connected_now() {
  try {
    co_return co_await connect();
  } catch (const std::exception& broken) {
    log::warning("redis cannot be connected", {{"detail", broken.what()}});
  }
  co_return false;
}

awaitable<void> Client::State::stay_connected() {
  const auto self = shared_from_this();
  Backoff until_next(kFirstPause, kLongestPause);
  while (!stopping) {
    if (co_await connected_now()) {
      until_next.reset();
      *connected = true;
      log::info("redis is connected");
      co_await link->gone();
      *connected = false;
      link = nullptr;
      if (!stopping) log::warning("redis is gone");
    }
    if (stopping) break;
    pause.expires_after(until_next.next());
    co_await pause.async_wait(kDone);
  }
}

void Client::State::stop() {
  stopping = true;
  pause.cancel();
  if (opening) opening->close();
  if (link) link->close();
}

Client::Client(asio::any_io_executor executor, std::string url)
    : state_(std::make_shared<State>(executor, std::move(url))) {
  asio::co_spawn(executor, state_->stay_connected(), asio::detached);
}

Client::~Client() { state_->stop(); }

awaitable<Result<std::vector<Reply>>> Client::commands(std::vector<std::vector<std::string>> list) {
  const auto state = state_;
  if (!state->link || !state->link->open()) {
    state->unavailable.add();
    co_return unavailable("redis_down");
  }
  if (state->link->pending() + list.size() > kPending) {
    state->unavailable.add();
    co_return unavailable("redis_busy");
  }
  auto replies = co_await replies_to(state->link, list, kCommandLimit);
  if (!replies) {
    state->unavailable.add();
    co_return unavailable("redis_down");
  }
  co_return std::move(*replies);
}

awaitable<Result<Reply>> Client::command(std::vector<std::string> words) {
  Commands list;
  list.push_back(std::move(words));
  CO_TRY(auto replies, co_await commands(std::move(list)));
  co_return std::move(replies.front());
}

bool Client::connected() const { return *state_->connected; }

const std::string& Client::replication_id() const { return state_->replication_id; }

}  // namespace bordero::redis
