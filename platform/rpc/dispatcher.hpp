#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_map>

#include "platform/base/async.hpp"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"
#include "platform/pg/database.hpp"
#include "platform/rpc/contract.hpp"
#include "platform/rpc/identity.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::rpc {

using Message = google::protobuf::Message;

// What a call gave. `replayed`: kept from an earlier call with the same idempotency key.
struct Answer {
  std::unique_ptr<Message> message;
  bool replayed = false;
};
using AnyReply = Result<Answer>;

// Whether the caller may still see what a kept answer shows. Decided again before each replay.
using StillVisible =
    std::function<awaitable<Result<void>>(Context&, const Message& request, const Message& reply)>;

// What comes with a call besides its request. Both transports build it.
struct Envelope {
  std::string method;
  std::string caller_service;
  std::string identity_token;
  std::string traceparent;
  std::string idempotency_key;
  std::chrono::milliseconds time_left{10'000};
};

// The handlers of the services that live on one worker thread, and what surrounds every call:
// identity, permission, field rules, deadline, idempotency, retries of serialization failures,
// trace, metrics, and the place where exceptions become statuses.
class Dispatcher {
 public:
  explicit Dispatcher(KeyRing& keys) : keys_(keys) {}

  // dispatcher.add("bordero.crm.v1.DealService/CloseDeal", deals, &DealRpc::close_deal);
  template <class Rpc, class Request, class Reply>
  void add(const char* method, Rpc& rpc,
           awaitable<Result<Reply>> (Rpc::*handler)(Context&, const Request&)) {
    add_any(method,
            [&rpc, handler](Context& context, const Message& request) -> awaitable<AnyReply> {
              auto reply = co_await (rpc.*handler)(context, static_cast<const Request&>(request));
              if (!reply) co_return std::move(reply).error();
              Answer answer;
              answer.message = std::make_unique<Reply>(std::move(reply).value());
              co_return std::move(answer);
            });
  }
  // Required for every changing method whose answers are kept; `check` throws otherwise.
  void on_replay(const char* method, StillVisible still_visible);
  // Throws unless every method of `service` in the contract has a handler here.
  void check(std::string_view service) const;
  bool serves(std::string_view method) const;

  awaitable<AnyReply> dispatch(Envelope envelope, const Message& request);

 private:
  using Handler = std::function<awaitable<AnyReply>(Context&, const Message&)>;
  struct Entry {
    const Method* method = nullptr;
    Handler handler;
    StillVisible still_visible;
    std::map<std::string_view, telemetry::Counter> outcomes;
  };
  void add_any(const char* method, Handler handler);
  awaitable<Result<Caller>> caller_of(const Method& method, const Envelope& envelope);
  awaitable<AnyReply> admitted(const Entry& entry, const Envelope& envelope, Context& context,
                               const Message& request);
  awaitable<AnyReply> retried(const Entry& entry, Context& context, const Message& request);
  awaitable<AnyReply> replay(const Entry& entry, Context& context, const Message& request,
                             const std::string& kept);

  KeyRing& keys_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace bordero::rpc
