#include "platform/testing/faulty_proxy.hpp"

#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <future>
#include <set>
#include <thread>

#include "platform/base/async.hpp"

namespace bordero::testing {
namespace {

using asio::ip::tcp;

constexpr auto kDone = asio::as_tuple(asio::use_awaitable);

// Where host:port begins and how long it is.
std::pair<std::size_t, std::size_t> address_in(const std::string& url) {
  const auto at = url.rfind('@');
  const auto begin = at == std::string::npos ? url.find("://") + 3 : at + 1;
  return {begin, url.find('/', begin) - begin};
}

struct Pair {
  tcp::socket client;
  tcp::socket store;

  void close() {
    boost::system::error_code ignored;
    client.close(ignored);
    store.close(ignored);
  }
};

}  // namespace

struct FaultyProxy::State {
  asio::io_context context{1};
  tcp::acceptor acceptor{context, {asio::ip::make_address("127.0.0.1"), 0}};
  tcp::endpoint target;
  std::set<std::shared_ptr<Pair>> pairs;  // Touched on the proxy's thread alone.
  std::atomic<int> count = 0;
  std::atomic<long> to_store = 0;
  std::atomic<bool> refusing = false;
  std::atomic<bool> losing = false;
  std::atomic<bool> stalling = false;
  std::thread thread;

  awaitable<void> pump(std::shared_ptr<Pair> pair, bool to_the_store) {
    auto& from = to_the_store ? pair->client : pair->store;
    auto& to = to_the_store ? pair->store : pair->client;
    std::array<char, 16 * 1024> chunk;
    asio::steady_timer pause(context);
    for (;;) {
      const auto [failed, size] = co_await from.async_read_some(asio::buffer(chunk), kDone);
      if (failed) break;
      if (to_the_store) to_store += static_cast<long>(size);
      while (!to_the_store && stalling) {
        pause.expires_after(std::chrono::milliseconds(5));
        co_await pause.async_wait(kDone);
      }
      if (!to_the_store && losing) continue;
      const auto sent = asio::buffer(chunk, size);
      const auto [broken, written] = co_await asio::async_write(to, sent, kDone);
      if (broken) break;
    }
    pair->close();
    pairs.erase(pair);
    count = static_cast<int>(pairs.size());
  }

  awaitable<void> accept() {
    for (;;) {
      auto [failed, client] = co_await acceptor.async_accept(kDone);
      if (failed) co_return;
      if (refusing) continue;
      auto pair = std::make_shared<Pair>(Pair{std::move(client), tcp::socket(context)});
      const auto [unreachable] = co_await pair->store.async_connect(target, kDone);
      if (unreachable || refusing) continue;
      pairs.insert(pair);
      count = static_cast<int>(pairs.size());
      asio::co_spawn(context, pump(pair, true), asio::detached);
      asio::co_spawn(context, pump(pair, false), asio::detached);
    }
  }

  // Returns when it is done, so that a test knows what came before and what after.
  void on_thread(std::function<void()> action) {
    std::packaged_task<void()> task(std::move(action));
    auto done = task.get_future();
    asio::post(context, std::move(task));
    done.get();
  }

  void close_all() {
    for (const auto& pair : pairs) pair->close();
  }
};

FaultyProxy::FaultyProxy(const std::string& url) : state_(std::make_unique<State>()) {
  const auto [begin, size] = address_in(url);
  const std::string address = url.substr(begin, size);
  const auto colon = address.rfind(':');
  state_->target = {asio::ip::make_address(address.substr(0, colon)),
                    static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1)))};
  const auto own = "127.0.0.1:" + std::to_string(state_->acceptor.local_endpoint().port());
  url_ = std::string(url).replace(begin, size, own);
  asio::co_spawn(state_->context, state_->accept(), asio::detached);
  state_->thread = std::thread([state = state_.get()] { state->context.run(); });
}

FaultyProxy::~FaultyProxy() {
  state_->context.stop();
  state_->thread.join();
}

std::string FaultyProxy::url() const { return url_; }

void FaultyProxy::cut() {
  state_->on_thread([this] { state_->close_all(); });
}

void FaultyProxy::refuse(bool on) {
  state_->refusing = on;
  if (on) cut();
}

void FaultyProxy::lose_answers(bool on) { state_->losing = on; }

void FaultyProxy::stall(bool on) { state_->stalling = on; }

int FaultyProxy::connections() const { return state_->count; }

long FaultyProxy::bytes_to_store() const { return state_->to_store; }

}  // namespace bordero::testing
