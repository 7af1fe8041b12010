#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "bordero/common/v1/background.pb.h"
#include "platform/base/async.hpp"
#include "platform/base/result.hpp"

namespace bordero::background {

// One step of a rule; true when there is more to do at once.
using Step = std::function<awaitable<Result<bool>>()>;

enum class Where {
  leader,      // In one process of all that run the service.
  everywhere,  // In each: its steps share the work by leases of their own.
};

// What a service does unasked: one job each, so that one that fails stops no other.
struct Rule {
  std::string name;  // "expire_calculations": of its job, its lock and its metrics.
  Step step;
  std::chrono::milliseconds period = std::chrono::seconds(1);  // From a turn's end to the next.
  // One that fails is tried again after its period, doubled with each failure up to this.
  std::chrono::milliseconds longest_pause = std::chrono::seconds(30);
  // Once a day at this time of the agency's day instead; a day that was missed is caught up once.
  std::optional<std::chrono::minutes> at = std::nullopt;
  Where where = Where::leader;
  // What the last turn has to tell, as JSON.
  std::function<std::string()> result = nullptr;
};

// The service's copy of another service's records.
struct Copy {
  // Takes all of them, once, before events tell the rest; goes on where it was interrupted.
  std::function<awaitable<Result<void>>()> fill;
  // Compares with the owner range by range, and repairs.
  std::function<awaitable<Result<common::v1::CopyComparison>>()> compare;
};

}  // namespace bordero::background
