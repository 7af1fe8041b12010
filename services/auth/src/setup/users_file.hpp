#pragma once

#include <map>
#include <string>

namespace bordero::auth {

struct DemoEntry {
  std::string id;
  std::string email;
  std::string password;
  std::string role;
  std::string full_name;
};

// The demo users with their passwords, for people and tests: a JSON list that only its owner reads.
using DemoEntries = std::map<std::string, DemoEntry>;  // By id.

DemoEntries read_users_file(const std::string& path);  // None when there is no such list.
void write_users_file(const std::string& path, const DemoEntries& entries);

}  // namespace bordero::auth
