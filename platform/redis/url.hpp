#pragma once

#include <string>
#include <string_view>

namespace bordero::redis {

// redis://user:password@host:port/database, rediss://… over TLS, or a socket of this machine:
// redis+unix://user:password@%2Frun%2Fredis.sock/database, its path encoded as a host is. User,
// password, port and database may be absent.
struct Url {
  enum class Way { tcp, tls, local } way = Way::tcp;
  std::string user = {};
  std::string password = {};
  std::string host = {};  // The path of a socket.
  std::string port = "6379";
  std::string database = "0";

  static Url parse(std::string_view text);  // Throws env::BadSetting without naming a secret.
};

}  // namespace bordero::redis
