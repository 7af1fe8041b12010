#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <tuple>

#include <sodium.h>

#include "bordero/crm/v1/deals.pb.h"
#include "platform/rpc/channel.hpp"

namespace bordero::rpc {

// A dispatcher with doubles of deal handlers, and people who hold identity tokens.
class FakeDeals {
 public:
  awaitable<Result<crm::v1::Deal>> get(Context& context, const crm::v1::GetDealRequest& request) {
    seen = context;
    if (failure) failure();
    if (until != nullptr) {
      entered = true;
      boost::system::error_code released;
      co_await until->async_wait(asio::redirect_error(asio::use_awaitable, released));
      left = true;
    }
    crm::v1::Deal deal;
    deal.set_id(request.deal_id());
    co_return deal;
  }
  awaitable<Result<crm::v1::Deal>> create(Context& context, const crm::v1::CreateDealRequest&) {
    seen = context;
    if (!kept.empty()) co_return Error{.kind = ErrorKind::replayed, .kept_answer = kept};
    crm::v1::Deal deal;
    deal.set_id("made");
    co_return deal;
  }
  awaitable<Result<common::v1::CheckAccessReply>> check(Context& context,
                                                        const common::v1::CheckAccessRequest&) {
    seen = context;
    co_return common::v1::CheckAccessReply();
  }

  awaitable<Result<crm::v1::ExportDealsReply>> export_all(Context& context,
                                                          const crm::v1::ExportDealsRequest&) {
    seen = context;
    co_return crm::v1::ExportDealsReply();
  }
  awaitable<Result<void>> still_visible(Context&, const std::string& id) {
    asked_for = id;
    if (!visible) co_return not_found("deal_not_found");
    co_return Result<void>();
  }

  static auto handlers() {
    return std::tuple(&FakeDeals::get, &FakeDeals::create, &FakeDeals::check,
                      &FakeDeals::export_all);
  }

  Context seen;
  bool visible = true;
  std::string asked_for;
  std::function<void()> failure;
  asio::steady_timer* until = nullptr;  // A handler waits for it.
  std::atomic<bool> entered = false;
  std::atomic<bool> left = false;
  std::string kept;
};

class Bench {
 public:
  Bench()
      : keys([this]() -> awaitable<Result<std::vector<PublicKey>>> {
          ++fetches;
          std::vector<PublicKey> all;
          all.push_back({"k1", public_key});
          co_return all;
        }),
        dispatcher(keys) {
    ensure(sodium_init() >= 0, "libsodium starts");
    crypto_sign_keypair(reinterpret_cast<unsigned char*>(public_key.data()),
                        reinterpret_cast<unsigned char*>(secret_key.data()));
    auto to = dispatcher.of("crm");
    to.add(deals);
    to.shows<crm::v1::Deal>("id", deals, &FakeDeals::still_visible);
  }
  ~Bench() {
    guard.reset();
    thread.join();
  }

  std::string token_for(Role role, int seconds = 120) const {
    Identity identity;
    identity.caller.user_id = user_id;
    identity.caller.role = role;
    identity.caller.epoch = 7;
    identity.expires_at = std::chrono::duration_cast<std::chrono::seconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count() +
                          seconds;
    return sign_identity(identity, "k1", secret_key);
  }
  Envelope envelope(const char* method, const std::string& token) const {
    Envelope envelope;
    envelope.method = std::string("bordero.crm.v1.DealService/") + method;
    envelope.caller_service = "gateway";
    envelope.identity_token = token;
    return envelope;
  }
  AnyReply run(awaitable<AnyReply> call) {
    std::optional<AnyReply> reply;
    auto keep = [&]() -> awaitable<void> { reply = co_await std::move(call); };
    asio::co_spawn(io, keep, asio::use_future).get();
    return std::move(*reply);
  }
  AnyReply dispatch(const Envelope& envelope, const Message& request) {
    return run(dispatcher.dispatch(envelope, request));
  }

  const std::string user_id = Uuid::v7().str();
  std::string public_key = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret_key = std::string(crypto_sign_SECRETKEYBYTES, '\0');
  int fetches = 0;
  FakeDeals deals;
  KeyRing keys;
  Dispatcher dispatcher;
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard{io.get_executor()};
  std::thread thread{[this] { io.run(); }};
};

inline crm::v1::GetDealRequest get_deal() {
  crm::v1::GetDealRequest request;
  request.set_deal_id(Uuid::v7().str());
  return request;
}

}  // namespace bordero::rpc
