#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

// What /healthz and /readyz answer. Checks are cheap reads of flags kept by the parts themselves.
namespace bordero::telemetry {

struct Dependency {
  std::string name;
  bool up = false;
  bool required = true;
};

// What is not required is shown to operators, and the process stays ready without it.
void add_readiness(std::string name, std::function<bool()> up, bool required = true);
// A flag of a store that the process lives without, for its connection to keep. Shown as `name`
// together with those of other connections to the same store; forgotten when nobody holds it.
std::shared_ptr<std::atomic<bool>> watch_store(const std::string& name);
void set_stopping();  // From then on not ready.
bool stopping();
bool ready();
std::vector<Dependency> dependencies();

}  // namespace bordero::telemetry
