#pragma once

#include <functional>
#include <string>
#include <vector>

// What /healthz and /readyz answer. Checks are cheap reads of flags kept by the parts themselves.
namespace bordero::telemetry {

struct Dependency {
  std::string name;
  bool up = false;
};

void add_readiness(std::string name, std::function<bool()> up);
void set_stopping();               // From then on not ready.
bool stopping();
bool ready();
std::vector<Dependency> dependencies();

}  // namespace bordero::telemetry
