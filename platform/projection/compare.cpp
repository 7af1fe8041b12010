#include "platform/projection/compare.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/base/context.hpp"

namespace bordero::projection {
namespace {

constexpr std::chrono::seconds kRangeLimit{20};

struct Range {
  common::v1::DigestReply owners;
  Digest ours;
  bool agrees = false;
};

// The owner first: what changes in between is newer here, and a copy may be newer.
awaitable<Result<Range>> look(const Comparable& copy, const std::string& after) {
  Range range;
  CO_TRY(range.owners, co_await copy.owners(after));
  CO_TRY(range.ours, co_await copy.ours(after, range.owners.to_id()));
  range.agrees = range.ours.count == range.owners.count() &&
                 (range.ours.count == 0 || range.ours.digest == range.owners.digest());
  co_return range;
}

awaitable<Result<Range>> look_twice(const Comparable& copy, const std::string& after) {
  CO_TRY(Range range, co_await look(copy, after));
  if (range.agrees) co_return range;
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer pause(executor, copy.settle);
  co_await pause.async_wait(asio::use_awaitable);
  co_return co_await look(copy, after);
}

}  // namespace

awaitable<Result<common::v1::CopyComparison>> compare(const Comparable& copy) {
  common::v1::CopyComparison found;
  found.set_copy_of(copy.copy_of);
  std::string after;
  while (true) {
    CO_TRY(const Range range, co_await look_twice(copy, after));
    const std::string& to = range.owners.to_id();
    if (to.empty()) {
      found.set_unknown(found.unknown() + range.ours.count);
      co_return found;
    }
    found.set_ranges(found.ranges() + 1);
    found.set_compared(found.compared() + range.owners.count());
    if (!range.agrees) {
      CO_TRY(const Mended mended, co_await copy.mend(after, to));
      found.set_different(found.different() + 1);
      found.set_repaired(found.repaired() + mended.repaired);
      found.set_unknown(found.unknown() + mended.unknown);
    }
    after = to;
  }
}

awaitable<Result<common::v1::DigestReply>> ask_digest(rpc::Peers& peers, const char* service,
                                                      const char* owner, const char* method,
                                                      std::string after) {
  Context ctx = system_context("compare_copies", kRangeLimit);
  common::v1::DigestRequest request;
  request.set_after_id(after);
  co_return co_await rpc::ask<common::v1::DigestReply>(peers.to(owner), service, ctx, method,
                                                       request);
}

}  // namespace bordero::projection
