#pragma once

#include <string>
#include <string_view>

namespace bordero::redis {

// redis://user:password@host:port/database; user, password, port and database may be absent.
struct Url {
  std::string user = {};
  std::string password = {};
  std::string host = {};
  std::string port = "6379";
  std::string database = "0";

  static Url parse(std::string_view text);  // Throws env::BadSetting without naming a secret.
};

}  // namespace bordero::redis
