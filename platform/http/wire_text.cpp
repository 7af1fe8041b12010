#include "platform/http/wire_text.hpp"

#include <ctime>

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/http/connection.hpp"

namespace bordero::httpd {

std::string_view status_title(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Internal Server Error";
  }
}

std::string status_line(int status) {
  return "HTTP/1.1 " + std::to_string(status) + " " + std::string(status_title(status)) + "\r\n";
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
  ensure(name.find_first_of("\r\n:\0", 0, 4) == std::string_view::npos &&
             value.find_first_of("\r\n\0", 0, 3) == std::string_view::npos,
         "a header is one line");
  head.append(name).append(": ").append(value).append("\r\n");
}

std::string chunk_of(std::string_view bytes) {
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
  std::string chunk = size;
  chunk.append(bytes).append("\r\n");
  return chunk;
}

std::string date_now() {
  thread_local std::time_t second = 0;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now == second) return text;
  second = now;
  std::tm parts{};
  gmtime_r(&now, &parts);
  char buffer[40];
  text.assign(buffer, std::strftime(buffer, sizeof buffer, "%a, %d %b %Y %H:%M:%S GMT", &parts));
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

Response problem_of(Fault fault) {
  unsigned char random[16];
  random_bytes(random, sizeof random);
  char trace[33];
  for (std::size_t i = 0; i < sizeof random; ++i)
    std::snprintf(trace + i * 2, 3, "%02x", random[i]);
  Response response;
  response.status = fault.status;
  response.headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}};
  if (fault.status == 405) {
    response.headers.emplace_back("Allow", "GET, HEAD, POST, PATCH, DELETE");
  }
  if (fault.status == 503) response.headers.emplace_back("Retry-After", "1");
  response.body = "{\"type\":\"/problems/" + std::string(fault.code) + "\",\"title\":\"" +
                  std::string(status_title(fault.status)) +
                  "\",\"status\":" + std::to_string(fault.status) + ",\"code\":\"" + fault.code +
                  "\",\"trace_id\":\"" + trace + "\"}";
  return response;
}

}  // namespace bordero::httpd
