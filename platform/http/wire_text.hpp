#pragma once

#include <string>
#include <string_view>

// The pieces of an answer as text.
namespace bordero::httpd {

std::string status_line(int status);
std::string_view status_title(int status);
// Throws Impossible when name or value would break the line.
void append_header(std::string& head, std::string_view name, std::string_view value);
std::string chunk_of(std::string_view bytes);
std::string date_now();  // "Mon, 23 Nov 2026 10:15:30 GMT".
std::string lower(std::string_view text);

}  // namespace bordero::httpd
