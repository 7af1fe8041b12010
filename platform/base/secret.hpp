#pragma once

#include <string>
#include <string_view>

// Secrets are given by a setting itself, or by the file that <setting>_FILE names and that may be
// replaced while the process runs. Settings are passed on as text: the secret, or "file:" and the
// path. Whoever connects reads it anew each time, so the next connection has what the file says
// then.
namespace bordero {

// What the text stands for, without final newlines. Throws Broken when a file cannot be read or is
// empty.
std::string read_secret(const std::string& text);

namespace env {

std::string secret(const char* name);  // Required.
std::string secret(const char* name, std::string_view fallback);
// The file that the setting itself names.
std::string secret_in_file(const char* name);

}  // namespace env
}  // namespace bordero
