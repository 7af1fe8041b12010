#include "platform/telemetry/health.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>

namespace bordero::telemetry {
namespace {

struct Check {
  std::string name;
  std::function<bool()> up;
  bool required = true;
};

std::mutex guard;
std::vector<Check> checks;
std::atomic<bool> is_stopping = false;

}  // namespace

void add_readiness(std::string name, std::function<bool()> up, bool required) {
  const std::lock_guard lock(guard);
  checks.push_back({std::move(name), std::move(up), required});
}

std::shared_ptr<std::atomic<bool>> watch_store(const std::string& name) {
  auto up = std::make_shared<std::atomic<bool>>(false);
  const auto check = [watched = std::weak_ptr(up)] {
    const auto held = watched.lock();
    return !held || *held;
  };
  add_readiness(name, check, false);
  return up;
}

void set_stopping() { is_stopping = true; }
bool stopping() { return is_stopping; }

bool ready() {
  const auto all = dependencies();
  return !stopping() &&
         std::all_of(all.begin(), all.end(), [](const auto& d) { return d.up || !d.required; });
}

// Worker threads report the same dependency each; it is up when it is up for all of them.
std::vector<Dependency> dependencies() {
  const std::lock_guard lock(guard);
  std::vector<Dependency> all;
  for (const auto& check : checks) {
    const bool up = check.up();
    const auto same = [&](const Dependency& known) { return known.name == check.name; };
    const auto found = std::find_if(all.begin(), all.end(), same);
    if (found == all.end()) {
      all.push_back({check.name, up, check.required});
    } else {
      found->up = found->up && up;
    }
  }
  return all;
}

}  // namespace bordero::telemetry
