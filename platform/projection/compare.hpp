#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "bordero/common/v1/background.pb.h"
#include "platform/base/async.hpp"
#include "platform/base/result.hpp"
#include "platform/rpc/peers.hpp"

namespace bordero::projection {

// The records of one range of ids, as a copy has them.
struct Digest {
  int count = 0;
  std::string digest;
};
struct Mended {
  int repaired = 0;
  int unknown = 0;
};

// A copy and its owner; a range is what lies behind `after`, up to `to`, and without `to` all that
// lies behind.
struct Comparable {
  const char* copy_of;
  std::function<awaitable<Result<common::v1::DigestReply>>(std::string after)> owners;
  std::function<awaitable<Result<Digest>>(std::string after, std::string to)> ours;
  // Takes what the owner has where ours is not newer.
  std::function<awaitable<Result<Mended>>(std::string after, std::string to)> mend;
  // What is on its way has so long to come before a range counts as different.
  std::chrono::milliseconds settle = std::chrono::seconds(3);
};

awaitable<Result<common::v1::CopyComparison>> compare(const Comparable& copy);

// Asks an owner for the digest of the next range. It begins after its caller may have returned, so
// the text is its own.
awaitable<Result<common::v1::DigestReply>> ask_digest(rpc::Peers& peers, const char* service,
                                                      const char* owner, const char* method,
                                                      std::string after);

}  // namespace bordero::projection
