#include "platform/base/secret.hpp"

#include <fstream>
#include <sstream>

#include "platform/base/env.hpp"
#include "platform/base/error.hpp"

namespace bordero {
namespace {

constexpr std::string_view kFile = "file:";

}  // namespace

std::string read_secret(const std::string& text) {
  if (!text.starts_with(kFile)) return text;
  const std::string path = text.substr(kFile.size());
  std::ifstream file(path);
  if (!file) throw Broken("the file of a secret cannot be read: " + path);
  std::ostringstream content;
  content << file.rdbuf();
  std::string secret = content.str();
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  if (secret.empty()) throw Broken("the file of a secret is empty: " + path);
  return secret;
}

namespace env {

std::string secret(const char* name) {
  std::string found = secret(name, "");
  if (found.empty()) throw BadSetting(std::string(name) + " is not set");
  return found;
}

std::string secret(const char* name, std::string_view fallback) {
  const std::string file_name = std::string(name) + "_FILE";
  const std::string value = text(name, "");
  if (text(file_name.c_str(), "").empty()) return value.empty() ? std::string(fallback) : value;
  if (!value.empty()) throw BadSetting(std::string(name) + " and " + file_name + " are both set");
  return secret_in_file(file_name.c_str());
}

std::string secret_in_file(const char* name) {
  std::string found(kFile);
  found += text(name);
  try {
    read_secret(found);  // Now, so that a wrong path stops the start.
  } catch (const Broken&) {
    throw BadSetting(std::string(name) + " names a file that cannot be read or is empty");
  }
  return found;
}

}  // namespace env
}  // namespace bordero
