#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "platform/base/result.hpp"

namespace bordero::https {

struct Request;

// Where a request goes. Curl itself takes the address apart, since it is curl that goes there: two
// readers of one address can be made to read it differently.
struct Target {
  std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url{nullptr, &curl_url_cleanup};
  std::string host;  // With its port; what logs and breakers know it by.
};

// Refuses addresses that are not https or hold a password, and headers that would end early.
Result<Target> target_of(const Request& request);

}  // namespace bordero::https
