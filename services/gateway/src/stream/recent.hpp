#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "platform/base/async.hpp"
#include "services/gateway/src/stream/change.hpp"

namespace bordero::gateway {

// The newest entries as one worker thread tells them, numbered from 1. Streams read from here at
// their own pace; one that falls behind the oldest has missed something.
class Recent {
 public:
  static constexpr std::size_t kKept = 2000;

  void add(std::shared_ptr<const StreamEntry> entry);
  // Events may have been missed: whoever stands before this point starts anew.
  void note_gap();

  std::uint64_t next() const { return next_; }  // The number that the next entry gets.
  // Whether everything from this number on is still here.
  bool reaches(std::uint64_t number) const;
  const StreamEntry& at(std::uint64_t number) const { return *entries_[number - oldest()]; }
  // The number after the entry of this event; nothing when it is not here any more.
  std::optional<std::uint64_t> after(const std::string& event_id) const;

  // Wakes at the next entry or gap, or at the time.
  awaitable<void> wait(std::chrono::steady_clock::time_point until);

 private:
  std::uint64_t oldest() const { return next_ - entries_.size(); }
  void wake();

  std::deque<std::shared_ptr<const StreamEntry>> entries_;
  std::uint64_t next_ = 1;
  std::uint64_t gap_at_ = 0;
  std::set<asio::steady_timer*> waiting_;
};

}  // namespace bordero::gateway
