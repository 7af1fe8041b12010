#include "platform/https/target.hpp"

#include <algorithm>

#include "platform/https/client.hpp"

namespace bordero::https {
namespace {

bool is_printable(std::string_view text) {
  return std::ranges::none_of(text,
                              [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
}

bool is_token(std::string_view text) {
  static constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kOthers.find(static_cast<char>(c)) != std::string_view::npos;
  });
}

std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

}  // namespace

Result<Target> target_of(const Request& request) {
  Target target;
  target.url.reset(curl_url());
  if (!target.url) throw Broken("no memory for an address");
  CURLU* const url = target.url.get();
  const bool read = is_printable(request.url) &&
                    curl_url_set(url, CURLUPART_URL, request.url.c_str(), 0) == CURLUE_OK;
  const bool taken = read && part_of(url, CURLUPART_SCHEME) == "https" &&
                     part_of(url, CURLUPART_USER).empty() &&
                     part_of(url, CURLUPART_PASSWORD).empty();
  if (!taken) return invalid("address_not_allowed");
  if (!is_token(request.method)) return invalid("method_not_allowed");
  for (const Header& header : request.headers) {
    if (!is_token(header.name) || !is_printable(header.value)) return invalid("header_not_allowed");
  }
  target.host =
      part_of(url, CURLUPART_HOST) + ":" + part_of(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  return target;
}

}  // namespace bordero::https
