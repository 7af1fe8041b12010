#pragma once

#include <chrono>
#include <string>
#include <unordered_map>

#include "bordero/auth/v1/sessions.pb.h"
#include "platform/base/job.hpp"
#include "platform/redis/client.hpp"
#include "platform/rpc/peers.hpp"

namespace bordero::gateway {

// Who a secret belongs to. Auth is the truth; this keeps its answers for a while, and every request
// asks Redis, in one round trip, whether they still hold:
//   session:<sha256>  is there while Auth's word is younger than 30 s; "ended" once it has ended,
//   epoch:<user>      grows when all sessions of a user end,
//   acl:<user>        grows when what the user may see changes.
// Whatever is missing, newer, or cannot be read sends the question to Auth.
class Sessions {
 public:
  // An answer that is older than `kept` can decide nothing any more, and is let go.
  Sessions(redis::Client& redis, rpc::Peers& peers, asio::any_io_executor executor,
           std::chrono::milliseconds kept = std::chrono::minutes(2));

  // Fails with unauthenticated("session_expired"), or unavailable when nobody can tell.
  awaitable<Result<auth::v1::ResolvedSession>> resolve(const Context& context, std::string secret);
  bool holds(const std::string& secret) const;
  void forget(const std::string& secret);
  std::size_t size() const { return held_->size(); }

 private:
  struct Held {
    auth::v1::ResolvedSession session;
    std::chrono::steady_clock::time_point confirmed_at;
    std::string replication_id;  // Of the Redis that was told.
  };
  enum class Standing { good, ask, ended };

  awaitable<Standing> standing_of(std::string key, Held held);
  awaitable<Result<auth::v1::ResolvedSession>> ask(const Context& context, std::string key,
                                                   std::string hash);
  awaitable<bool> tell(std::string key, std::string session_id);
  void keep(const std::string& key, Held held);

  redis::Client& redis_;
  rpc::Peers& peers_;
  using ByHash = std::unordered_map<std::string, Held>;  // By the SHA-256 of the secret, in hex.
  const std::shared_ptr<ByHash> held_ = std::make_shared<ByHash>();
  Job sweeping_;
};

}  // namespace bordero::gateway
