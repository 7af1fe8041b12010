#pragma once

#include <memory>
#include <string>
#include <utility>

#include "platform/rpc/dispatcher.hpp"

namespace bordero::rpc {

// The way to another service: direct when it lives in this process, gRPC when it does not.
class Channel {
 public:
  virtual ~Channel() = default;
  // `reply` is the prototype of the answer's type.
  virtual awaitable<AnyReply> call(Envelope envelope, const Message& request,
                                   const Message& reply) = 0;
  virtual bool connected() const = 0;
};

std::unique_ptr<Channel> direct_channel(Dispatcher& dispatcher);

// Asks with the caller's own identity and what is left of the deadline. `service` is who asks: a
// literal, since g++ 12 mislays temporaries of call sites inside a co_await expression.
template <class Reply, class Request>
awaitable<Result<Reply>> ask(Channel& channel, const char* service, const Context& context,
                             const char* method, const Request& request) {
  Envelope envelope;
  envelope.method = method;
  envelope.caller_service = service;
  envelope.identity_token = context.identity_token;
  envelope.traceparent = context.trace.traceparent();
  envelope.idempotency_key = context.idempotency_key;
  envelope.time_left = context.time_left();
  auto reply = co_await channel.call(std::move(envelope), request, Reply::default_instance());
  if (!reply) co_return std::move(reply).error();
  co_return std::move(static_cast<Reply&>(*reply->message));
}

}  // namespace bordero::rpc
