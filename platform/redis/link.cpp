#include "platform/redis/link.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

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

}  // namespace

// One command of a batch, from its sending to its reply. The link outlives it: closing the
// connection answers everything that waits.
struct Link::Waiter {
  Link* link;
  std::shared_ptr<Batch> batch;
  std::size_t index;
};

Link::Link(asio::any_io_executor executor)
    : executor_(executor),
      descriptor_(executor),
      gone_(executor, std::chrono::steady_clock::time_point::max()) {}

std::shared_ptr<Link> Link::open(asio::any_io_executor executor, const std::string& address,
                                 int port) {
  const std::shared_ptr<Link> link(new Link(std::move(executor)));
  redisAsyncContext* const hiredis = redisAsyncConnect(address.c_str(), port);
  if (hiredis == nullptr) throw Broken("no memory for a connection to Redis");
  if (hiredis->err != 0) {
    redisAsyncFree(hiredis);
    return link;
  }
  link->hiredis_ = hiredis;
  link->descriptor_.assign(hiredis->c.fd);
  hiredis->ev.data = link.get();
  hiredis->ev.addRead = &Link::add_read;
  hiredis->ev.delRead = &Link::ignore;
  hiredis->ev.addWrite = &Link::add_write;
  hiredis->ev.delWrite = &Link::ignore;
  hiredis->ev.cleanup = &Link::clean_up;
  return link;
}

std::shared_ptr<Batch> Link::send(const std::vector<std::vector<std::string>>& commands) {
  auto batch = std::make_shared<Batch>(executor_);
  batch->failed = !open();
  batch->replies.resize(commands.size());
  for (std::size_t i = 0; i < commands.size() && !batch->failed; ++i) {
    std::vector<const char*> words;
    std::vector<std::size_t> sizes;
    for (const auto& word : commands[i]) {
      words.push_back(word.data());
      sizes.push_back(word.size());
    }
    auto* const waiter = std::make_unique<Waiter>(Waiter{this, batch, i}).release();
    if (redisAsyncCommandArgv(hiredis_, &Link::on_reply, waiter, static_cast<int>(words.size()),
                              words.data(), sizes.data()) != REDIS_OK) {
      const std::unique_ptr<Waiter> refused(waiter);
      batch->failed = true;
      break;
    }
    ++batch->missing;
    ++pending_;
  }
  return batch;
}

void Link::close() {
  if (hiredis_ != nullptr) redisAsyncFree(hiredis_);
}

awaitable<void> Link::gone() {
  const auto self = shared_from_this();
  if (open()) co_await gone_.async_wait(kDone);
}

// hiredis gives every command exactly one call: with its reply, or without one when the connection
// ended. It frees the reply itself.
void Link::on_reply(redisAsyncContext* /*hiredis*/, void* reply, void* waiter) {
  const std::unique_ptr<Waiter> owned(static_cast<Waiter*>(waiter));
  Batch& batch = *owned->batch;
  --owned->link->pending_;
  --batch.missing;
  if (reply == nullptr) {
    batch.failed = true;
  } else {
    owned->link->last_reply_ = std::chrono::steady_clock::now();
    batch.replies[owned->index] = reply_of(*static_cast<redisReply*>(reply));
  }
  if (batch.failed || batch.missing == 0) batch.answered.cancel();
}

void Link::add_read(void* link) {
  auto* const self = static_cast<Link*>(link);
  self->wait(asio::posix::stream_descriptor::wait_read, self->reading_, &redisAsyncHandleRead);
}

void Link::add_write(void* link) {
  auto* const self = static_cast<Link*>(link);
  self->wait(asio::posix::stream_descriptor::wait_write, self->writing_, &redisAsyncHandleWrite);
}

// hiredis closes the descriptor itself.
void Link::clean_up(void* link) {
  auto* const self = static_cast<Link*>(link);
  self->hiredis_ = nullptr;
  self->descriptor_.release();
  self->gone_.cancel();
}

void Link::wait(asio::posix::stream_descriptor::wait_type type, bool& waiting,
                void (*handle)(redisAsyncContext*)) {
  if (waiting) return;
  waiting = true;
  descriptor_.async_wait(
      type, [self = weak_from_this(), &waiting, handle](boost::system::error_code failed) {
        const auto link = self.lock();
        if (!link) return;
        waiting = false;
        if (!failed && link->open()) handle(link->hiredis_);
      });
}

}  // namespace bordero::redis
