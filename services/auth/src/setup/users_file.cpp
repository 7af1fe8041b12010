#include "services/auth/src/setup/users_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "platform/base/error.hpp"

namespace bordero::auth {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

void write_whole(int file, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t written = ::write(file, text.data() + at, text.size() - at);
    if (written < 0) throw Broken("the users file cannot be written");
    at += static_cast<std::size_t>(written);
  }
}

}  // namespace

DemoEntries read_users_file(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream content;
  content << file.rdbuf();
  json::error_code failed;
  const json::value parsed = json::parse(content.str(), failed);
  DemoEntries entries;
  if (failed || !parsed.is_array()) return entries;
  for (const json::value& item : parsed.get_array()) {
    if (!item.is_object()) continue;
    const json::object& object = item.get_object();
    const DemoEntry entry{.id = text_of(object, "id"),
                          .email = text_of(object, "email"),
                          .password = text_of(object, "password"),
                          .role = text_of(object, "role"),
                          .full_name = text_of(object, "full_name")};
    entries[entry.id] = entry;
  }
  return entries;
}

void write_users_file(const std::string& path, const DemoEntries& entries) {
  json::array list;
  for (const auto& [id, entry] : entries) {
    list.push_back(json::object{{"email", entry.email},
                                {"password", entry.password},
                                {"role", entry.role},
                                {"full_name", entry.full_name},
                                {"id", id}});
  }
  // Never open to others, not even before its rights are set; whole or not there at all.
  const std::string fresh = path + ".new";
  ::unlink(fresh.c_str());
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) throw Broken("the users file cannot be written");
  write_whole(file, json::serialize(list) + "\n");
  ::close(file);
  if (std::rename(fresh.c_str(), path.c_str()) != 0) {
    throw Broken("the users file cannot be written");
  }
}

}  // namespace bordero::auth
