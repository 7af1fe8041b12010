#pragma once

#include <functional>
#include <map>
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
// Joins the lists, each in its own order, and their page tokens. A service that is down is named in
// `missing`; a refusal is everybody's.
rpc::AnyReply join(std::vector<Part> parts);
// Which of them knows the record that all were asked for: who answers, or refuses for another
// reason than that there is none. When nobody does, and one could not be asked, it may be there:
// unavailable with the names of those.
Result<std::size_t> who_knows(const std::vector<Part>& parts);

// A page of a joined list goes on in those services that have more, each with a token of its own.
using PageTokens = std::map<std::string, std::string>;  // By service.
std::string joined_token(const PageTokens& tokens);
Result<PageTokens> tokens_in(const std::string& joined);

}  // namespace bordero::gateway
