#pragma once

#include <chrono>
#include <string>

#include "platform/rpc/peers.hpp"

namespace bordero::jobs {

// The identity of somebody whose request is long over, for work that goes on as them. Asks Auth
// anew every half minute, and so finds out that their session has ended.
class SessionIdentity {
 public:
  SessionIdentity(rpc::Peers& peers, std::string service, Caller caller)
      : peers_(peers), service_(std::move(service)), caller_(std::move(caller)) {}
  // A token younger than half a minute; fails with unauthenticated once the session has ended.
  awaitable<Result<std::string>> token();
  // Asks whatever the age.
  awaitable<Result<std::string>> renew();

 private:
  rpc::Peers& peers_;
  std::string service_;  // That asks.
  Caller caller_;
  std::string token_;
  std::chrono::steady_clock::time_point renewed_at_{};
};

}  // namespace bordero::jobs
