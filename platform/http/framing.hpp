#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/http/server.hpp"

// What a request may look like on the wire. Stricter than the parser behind it: two programs that
// read one stream differently are how requests get smuggled.
namespace bordero::httpd {

struct Fault {
  int status = 400;
  const char* code = "malformed_request";
};

// Where the head ends in what has arrived so far: its size with the empty line, 0 when it is not
// whole yet. A line that ends in anything but CRLF is a fault at once.
struct HeadEnd {
  std::size_t size = 0;
  std::size_t scanned = 0;  // Where to go on when more has arrived.
  bool bad = false;
};
HeadEnd find_head_end(std::string_view arrived, std::size_t scanned);

// Checks a whole head: request line, names, framing headers, counts.
std::optional<Fault> check_head(std::string_view head, const Limits& limits);

// Decodes the target into path and query; false when it is not plain origin-form.
bool decode_target(std::string_view target, Request& request);

}  // namespace bordero::httpd
