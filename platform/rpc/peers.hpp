#pragma once

#include <map>
#include <memory>
#include <string>

#include "platform/base/error.hpp"
#include "platform/rpc/channel.hpp"

namespace bordero::rpc {

// The channels of one worker thread to the other services. Filled by the app before services start
// to serve; only the app knows which are direct.
class Peers {
 public:
  void set(const std::string& service, std::unique_ptr<Channel> channel) {
    channels_[service] = std::move(channel);
  }
  Channel& to(const std::string& service) const {
    const auto found = channels_.find(service);
    ensure(found != channels_.end(), "every service that is asked has a channel");
    return *found->second;
  }

 private:
  std::map<std::string, std::unique_ptr<Channel>> channels_;
};

}  // namespace bordero::rpc
