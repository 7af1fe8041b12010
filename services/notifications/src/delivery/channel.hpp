#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "bordero/notifications/v1/notifications.pb.h"
#include "platform/base/async.hpp"
#include "platform/base/result.hpp"

namespace bordero::notifications {

// A way to reach people besides the inbox, which takes a notification by being where it stands.
// `send` takes one notification to one person, and ends when it is cancelled. An error of kind
// `unavailable` is tried again, any other is final. A notification whose fate is unknown comes
// again: the id tells the receiver.
struct Channel {
  using Send =
      std::function<awaitable<Result<void>>(std::string user_id, v1::Notification notification)>;

  std::string name;
  Send send;
  int at_once = 4;                 // Sends on their way.
  std::chrono::seconds limit{30};  // Of one send; then it is cancelled and tried again.
};
using Channels = std::vector<Channel>;
std::vector<std::string> names_of(const Channels& channels);

}  // namespace bordero::notifications
