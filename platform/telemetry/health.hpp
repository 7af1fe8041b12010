#pragma once

#include <functional>
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
void set_stopping();               // From then on not ready.
bool stopping();
bool ready();
std::vector<Dependency> dependencies();

}  // namespace bordero::telemetry
