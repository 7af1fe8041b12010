#pragma once

#include <functional>
#include <string>
#include <vector>

#include "platform/rpc/dispatcher.hpp"

namespace bordero::gateway {

// Asks all questions at once and waits for every answer.
awaitable<std::vector<rpc::AnyReply>> ask_all(
    std::vector<std::function<awaitable<rpc::AnyReply>()>> questions);

// One service's answer to a joined route.
struct Part {
  Part(std::string from, rpc::AnyReply given)
      : service(std::move(from)), answer(std::move(given)) {}
  std::string service;
  rpc::AnyReply answer;
};
// Joins the lists. A service that is down is named in `missing`; a refusal is everybody's.
rpc::AnyReply join(std::vector<Part> parts);

}  // namespace bordero::gateway
