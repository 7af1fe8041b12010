#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "platform/mq/mq.hpp"
#include "services/gateway/src/stream/change.hpp"

namespace bordero::gateway {

// What happens, heard once a process and told to all its worker threads: an event is read and
// turned into its entry once, however many they are.
class Feed {
 public:
  using Entry = std::shared_ptr<const StreamEntry>;
  using OnEntry = std::function<void(Entry)>;
  using OnGap = std::function<void()>;  // Something was missed before now.

  explicit Feed(const std::string& amqp_url);
  ~Feed();

  // Both run on the executor's thread, until what is returned is let go of there.
  std::shared_ptr<void> listen(asio::any_io_executor executor, OnEntry on_entry, OnGap on_gap);
  // To all listeners, from any thread.
  void tell(const Entry& entry);
  void tell_gap();

 private:
  struct Listener;

  std::vector<std::shared_ptr<Listener>> listeners();

  std::mutex guard_;
  std::vector<std::shared_ptr<Listener>> listeners_;
  asio::thread_pool thread_{1};
  mq::Subscription subscription_;
};

}  // namespace bordero::gateway
