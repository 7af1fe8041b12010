#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

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
// Whether the caller may see all of these records of one kind.
using Visible = std::function<awaitable<Result<void>>(Context&, std::vector<std::string> ids)>;

// What comes with a call besides its request. Both transports build it.
struct Envelope {
  std::string method;
  std::string caller_service;
  std::string identity_token;
  std::string traceparent;
  std::string idempotency_key;
  std::chrono::milliseconds time_left{10'000};
};

class Handlers;

// The handlers of the services that live on one worker thread, and what surrounds every call: who
// may call, identity, permission, field rules, deadline, idempotency, retries of serialization
// failures, trace, metrics, and the place where exceptions become statuses.
class Dispatcher {
 public:
  explicit Dispatcher(KeyRing& keys) : keys_(keys) {}

  Handlers of(const char* service);
  // Throws unless every method of `service` in the contract has a handler here, and everyone whose
  // answers are kept a way to tell who may still see them.
  void check(std::string_view service) const;

  awaitable<AnyReply> dispatch(Envelope envelope, const Message& request);

 private:
  friend class Handlers;
  using Handler = std::function<awaitable<AnyReply>(Context&, const Message&)>;
  struct Entry {
    const Method* method = nullptr;
    Handler handler;
    StillVisible still_visible;
    std::map<std::string_view, telemetry::Counter> outcomes;
  };
  void add_any(const Method& method, Handler handler);
  const StillVisible* replay_check_of(const Entry& entry) const;
  awaitable<Result<Caller>> caller_of(const Method& method, const Envelope& envelope);
  awaitable<AnyReply> admitted(const Entry& entry, const Envelope& envelope, Context& context,
                               const Message& request);
  awaitable<AnyReply> retried(const Entry& entry, Context& context, const Message& request);
  awaitable<AnyReply> replay(const Entry& entry, Context& context, const Message& request,
                             const std::string& kept);

  KeyRing& keys_;
  std::unordered_map<std::string, Entry> entries_;
  std::map<const google::protobuf::Descriptor*, StillVisible> shown_;
};

// The handlers of one service as they are added. Which rpc a handler answers follows from the
// request that it takes.
class Handlers {
 public:
  // All that each of them names in `static auto handlers() { return std::tuple(&DealRpc::…); }`.
  template <class... Rpcs>
  Handlers& add(Rpcs&... rpcs) {
    (add_all(rpcs), ...);
    return *this;
  }

  // Who may see a kept answer of this type: who may see the records whose ids stand at `path` in
  // it: "id", "deal_id", "results.id". Of a list, what says ok = false is passed over.
  template <class Reply, class Rpc>
  Handlers& shows(const char* path, Rpc& rpc,
                  awaitable<Result<void>> (Rpc::*visible)(Context&, const std::string& id)) {
    const auto each = [&rpc, visible](Context& context,
                                      std::vector<std::string> ids) -> awaitable<Result<void>> {
      for (const std::string& id : ids) CO_TRY_VOID(co_await (rpc.*visible)(context, id));
      co_return Result<void>();
    };
    return shown(Reply::descriptor(), path, each);
  }
  template <class Reply, class Rpc>
  Handlers& shows(const char* path, Rpc& rpc,
                  awaitable<Result<void>> (Rpc::*visible)(Context&, std::vector<std::string>)) {
    const auto all = [&rpc, visible](Context& context, std::vector<std::string> ids) {
      return (rpc.*visible)(context, std::move(ids));
    };
    return shown(Reply::descriptor(), path, all);
  }
  // Kept answers of these types may be seen by whoever was given them: the method's permission and
  // the caller in the key say all.
  template <class... Replies>
  Handlers& shows_to_its_caller() {
    (shown_to_its_caller(Replies::descriptor()), ...);
    return *this;
  }
  // The same of one method, whose answer does not tell: an empty one.
  template <class... Requests>
  Handlers& replays_to_its_caller() {
    (replayed_to_its_caller(Requests::descriptor()), ...);
    return *this;
  }
  // Who may see what the request names, where the answer does not.
  template <class Request, class Rpc>
  Handlers& replays_by(const std::string& (Request::*id)() const, Rpc& rpc,
                       awaitable<Result<void>> (Rpc::*visible)(Context&, const std::string&)) {
    const auto check = [&rpc, visible, id](Context& context, const Message& request,
                                           const Message&) {
      return (rpc.*visible)(context, (static_cast<const Request&>(request).*id)());
    };
    return replayed_if(Request::descriptor(), check);
  }

 private:
  friend class Dispatcher;
  using Descriptor = google::protobuf::Descriptor;

  Handlers(Dispatcher& dispatcher, const char* service)
      : dispatcher_(dispatcher), service_(service) {}

  template <class Rpc>
  void add_all(Rpc& rpc) {
    std::apply([&](auto... handlers) { (add_one(rpc, handlers), ...); }, Rpc::handlers());
  }
  template <class Rpc, class Request, class Reply>
  void add_one(Rpc& rpc, awaitable<Result<Reply>> (Rpc::*handler)(Context&, const Request&)) {
    dispatcher_.add_any(
        method_of(Request::descriptor(), Reply::descriptor()),
        [&rpc, handler](Context& context, const Message& request) -> awaitable<AnyReply> {
          auto reply = co_await (rpc.*handler)(context, static_cast<const Request&>(request));
          if (!reply) co_return std::move(reply).error();
          Answer answer;
          answer.message = std::make_unique<Reply>(std::move(reply).value());
          co_return std::move(answer);
        });
  }
  // Throws when no rpc of the service takes this request and gives this reply.
  const Method& method_of(const Descriptor* request, const Descriptor* reply) const;
  Handlers& shown(const Descriptor* reply, const char* path, Visible visible);
  void shown_to_its_caller(const Descriptor* reply);
  void replayed_to_its_caller(const Descriptor* request);
  Handlers& replayed_if(const Descriptor* request, StillVisible check);

  Dispatcher& dispatcher_;
  const char* service_;
};

}  // namespace bordero::rpc
