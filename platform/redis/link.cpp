#include "platform/redis/link.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <new>
#include <utility>

#include "platform/base/log.hpp"
#include "platform/redis/stream.hpp"

namespace bordero::redis {
namespace {

constexpr auto kDone = asio::as_tuple(asio::use_awaitable);

Reply reply_of(const redisReply& from) {
  Reply reply;
  switch (from.type) {
    case REDIS_REPLY_NIL:
      return reply;
    case REDIS_REPLY_INTEGER:
      reply.type = Reply::Type::integer;
      reply.integer = from.integer;
      return reply;
    case REDIS_REPLY_ARRAY:
      reply.type = Reply::Type::array;
      reply.items.reserve(from.elements);
      for (std::size_t i = 0; i < from.elements; ++i) {
        reply.items.push_back(reply_of(*from.element[i]));
      }
      return reply;
    default:
      reply.type = from.type == REDIS_REPLY_ERROR ? Reply::Type::error : Reply::Type::text;
      reply.text.assign(from.str, from.len);
      return reply;
  }
}

void append(std::string& bytes, const std::vector<std::string>& command) {
  std::vector<const char*> words;
  std::vector<std::size_t> sizes;
  for (const auto& word : command) {
    words.push_back(word.data());
    sizes.push_back(word.size());
  }
  char* text = nullptr;
  const int size =
      redisFormatCommandArgv(&text, static_cast<int>(words.size()), words.data(), sizes.data());
  if (size < 0) throw std::bad_alloc();
  bytes.append(text, static_cast<std::size_t>(size));
  redisFreeCommand(text);
}

}  // namespace

Link::Link(asio::any_io_executor executor)
    : executor_(std::move(executor)),
      resolver_(executor_),
      stream_(std::make_unique<Stream>(executor_)),
      reader_(redisReaderCreate(), &redisReaderFree),
      gone_(executor_, std::chrono::steady_clock::time_point::max()) {}

Link::~Link() { close(); }

awaitable<bool> Link::connect(Url url, std::chrono::milliseconds limit) {
  const auto self = shared_from_this();
  asio::steady_timer timer(executor_, limit);
  timer.async_wait([this, self](boost::system::error_code early) {
    if (!early) close();
  });
  const bool reached = co_await reach(url);
  timer.cancel();
  if (!reached || closed_) {
    close();
    co_return false;
  }
  open_ = true;
  asio::co_spawn(executor_, read(), asio::detached);
  co_return true;
}

awaitable<bool> Link::reach(const Url& url) {
  if (url.way == Url::Way::local) {
    const Stream::Endpoint socket = asio::local::stream_protocol::endpoint(url.host);
    const auto failed = co_await stream_->connect(socket);
    co_return !failed;
  }
  const auto [unknown, found] = co_await resolver_.async_resolve(url.host, url.port, kDone);
  if (unknown || found.empty() || closed_) co_return false;
  const Stream::Endpoint place = found.begin()->endpoint();
  if (co_await stream_->connect(place)) co_return false;
  if (url.way == Url::Way::tcp) co_return true;
  const auto refused = co_await stream_->shake_hands(url.host);
  if (refused)
    log::warning("redis and we do not trust each other", {{"detail", refused.message()}});
  co_return !refused;
}

std::shared_ptr<Batch> Link::send(const std::vector<std::vector<std::string>>& commands) {
  auto batch = std::make_shared<Batch>(executor_);
  batch->failed = !open();
  batch->replies.resize(commands.size());
  if (batch->failed) return batch;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    append(queued_, commands[i]);
    waiters_.push_back({batch, i});
  }
  batch->missing = commands.size();
  if (!writing_) {
    writing_ = true;
    asio::co_spawn(executor_, write(), asio::detached);
  }
  return batch;
}

awaitable<void> Link::write() {
  const auto self = shared_from_this();
  // Others of this turn of the loop come first, so that all travel together.
  co_await asio::post(executor_, asio::use_awaitable);
  while (open_ && !queued_.empty()) {
    const std::string bytes = std::exchange(queued_, {});
    if (co_await stream_->write(bytes)) close();
  }
  writing_ = false;
}

awaitable<void> Link::read() {
  const auto self = shared_from_this();
  std::array<char, 16 * 1024> bytes;
  while (open_) {
    const auto [failed, size] = co_await stream_->read_some(asio::buffer(bytes));
    if (failed || !take_replies(bytes.data(), size)) break;
  }
  close();
}

bool Link::take_replies(const char* bytes, std::size_t size) {
  if (redisReaderFeed(reader_.get(), bytes, size) != REDIS_OK) return false;
  for (;;) {
    void* reply = nullptr;
    if (redisReaderGetReply(reader_.get(), &reply) != REDIS_OK) return false;
    if (reply == nullptr) return true;
    const std::unique_ptr<void, decltype(&freeReplyObject)> owned(reply, &freeReplyObject);
    if (waiters_.empty()) return false;  // An answer that nobody asked for.
    on_reply(*static_cast<redisReply*>(reply));
  }
}

void Link::on_reply(const redisReply& reply) {
  const Waiter waiter = std::move(waiters_.front());
  waiters_.pop_front();
  last_reply_ = std::chrono::steady_clock::now();
  waiter.batch->replies[waiter.index] = reply_of(reply);
  if (--waiter.batch->missing == 0) waiter.batch->answered.cancel();
}

void Link::close() {
  if (std::exchange(closed_, true)) return;
  open_ = false;
  resolver_.cancel();
  stream_->close();
  for (const Waiter& waiter : std::exchange(waiters_, {})) {
    waiter.batch->failed = true;
    waiter.batch->answered.cancel();
  }
  gone_.cancel();
}

awaitable<void> Link::gone() {
  const auto self = shared_from_this();
  if (open()) co_await gone_.async_wait(kDone);
}

}  // namespace bordero::redis
