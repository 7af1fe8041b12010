#include "platform/http/framing.hpp"

#include <algorithm>
#include <array>

namespace bordero::httpd {
namespace {

constexpr std::array<bool, 256> kToken = [] {
  std::array<bool, 256> token{};
  for (int c = 'a'; c <= 'z'; ++c) token[static_cast<std::size_t>(c)] = true;
  for (int c = 'A'; c <= 'Z'; ++c) token[static_cast<std::size_t>(c)] = true;
  for (int c = '0'; c <= '9'; ++c) token[static_cast<std::size_t>(c)] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
    token[static_cast<unsigned char>(c)] = true;
  return token;
}();

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return kToken[static_cast<unsigned char>(c)]; });
}

bool is_visible(char c) { return c > 0x20 && c < 0x7F; }

// Bytes over 0x7F are allowed in values: some agents name themselves in their own script.
bool is_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
}

bool same(std::string_view a, std::string_view lower) {
  return a.size() == lower.size() &&
         std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
           return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y;
         });
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<Fault> check_request_line(std::string_view line, const Limits& limits,
                                        bool& http_1_0) {
  const std::size_t first = line.find(' ');
  const std::size_t second = line.find(' ', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return Fault{};
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, second - first - 1);
  const auto version = line.substr(second + 1);
  if (!is_token(method) || target.empty()) return Fault{};
  if (!std::all_of(target.begin(), target.end(), is_visible)) return Fault{};
  if (!version.starts_with("HTTP/") || version.size() != 8) return Fault{};
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return Fault{505, "http_version"};
  if (target.size() > limits.url_bytes) return Fault{414, "url_too_long"};
  http_1_0 = version == "HTTP/1.0";

  static constexpr std::array kMethods = {"GET",    "HEAD", "POST",   "PATCH",
                                          "DELETE", "PUT",  "OPTIONS"};
  if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end()) {
    return Fault{405, "method_not_allowed"};
  }
  return std::nullopt;
}

// The headers that say how long a request is and for whom.
struct Framing {
  int lengths = 0;
  int encodings = 0;
  int hosts = 0;
  bool sound = true;

  void note(std::string_view name, std::string_view value) {
    if (same(name, "content-length")) {
      ++lengths;
      sound &= !value.empty() && value.size() <= 18 &&
               value.find_first_not_of("0123456789") == std::string_view::npos;
    } else if (same(name, "transfer-encoding")) {
      ++encodings;
      sound &= same(value, "chunked");
    } else if (same(name, "host")) {
      ++hosts;
      sound &= !value.empty() && std::all_of(value.begin(), value.end(), is_visible);
    }
  }
  bool holds(bool http_1_0) const {
    if (!sound || lengths + encodings > 1 || hosts > 1) return false;
    return http_1_0 ? encodings == 0 : hosts == 1;
  }
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool percent_decode(std::string_view text, bool plus_is_space, std::string& out) {
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return false;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return true;
}

bool decode_path(std::string_view raw, std::string& path) {
  // An encoded slash would make two different paths look alike after decoding.
  for (const std::string_view hidden : {"%2f", "%2F", "%5c", "%5C"}) {
    if (raw.find(hidden) != std::string_view::npos) return false;
  }
  if (!percent_decode(raw, false, path)) return false;
  const bool controls = std::any_of(path.begin(), path.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\';
  });
  if (controls || path.find("//") != std::string::npos) return false;
  const std::string closed = path + "/";
  return closed.find("/../") == std::string::npos && closed.find("/./") == std::string::npos;
}

}  // namespace

HeadEnd find_head_end(std::string_view arrived, std::size_t scanned) {
  for (std::size_t i = scanned; i < arrived.size(); ++i) {
    if (arrived[i] == '\r' && i + 1 < arrived.size() && arrived[i + 1] != '\n') {
      return {.bad = true};
    }
    if (arrived[i] != '\n') continue;
    if (i == 0 || arrived[i - 1] != '\r') return {.bad = true};
    if (i >= 3 && arrived[i - 2] == '\n') return {.size = i + 1};
    if (i == 1) return {.bad = true};  // An empty line before the request line.
  }
  // The last byte is looked at again: what follows a CR decides.
  return {.scanned = arrived.empty() ? 0 : arrived.size() - 1};
}

std::optional<Fault> check_head(std::string_view head, const Limits& limits) {
  if (head.size() > limits.header_bytes + limits.url_bytes) return Fault{431, "headers_too_large"};
  const std::size_t line_end = head.find("\r\n");
  bool http_1_0 = false;
  if (const auto fault = check_request_line(head.substr(0, line_end), limits, http_1_0)) {
    return fault;
  }
  const std::string_view rest = head.substr(line_end + 2);
  if (rest.size() > limits.header_bytes) return Fault{431, "headers_too_large"};

  Framing framing;
  int count = 0;
  for (std::size_t at = 0; at + 2 < rest.size();) {
    const std::size_t end = rest.find("\r\n", at);
    const std::string_view line = rest.substr(at, end - at);
    at = end + 2;
    const std::size_t colon = line.find(':');
    // A line that begins with a space would continue the one before it: not any more.
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return Fault{};
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!is_value(value)) return Fault{};
    if (++count > limits.header_count) return Fault{431, "too_many_headers"};
    framing.note(line.substr(0, colon), value);
  }
  if (!framing.holds(http_1_0)) return Fault{};
  return std::nullopt;
}

bool decode_target(std::string_view target, Request& request) {
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) return false;
  const std::size_t mark = target.find('?');
  request.target = target;
  if (!decode_path(target.substr(0, mark), request.path)) return false;
  if (mark == std::string_view::npos) return true;

  std::string_view query = target.substr(mark + 1);
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    std::pair<std::string, std::string> decoded;
    if (!percent_decode(pair.substr(0, equals), true, decoded.first)) return false;
    if (equals != std::string_view::npos &&
        !percent_decode(pair.substr(equals + 1), true, decoded.second)) {
      return false;
    }
    request.query.push_back(std::move(decoded));
  }
  return true;
}

}  // namespace bordero::httpd
