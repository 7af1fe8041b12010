#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/clients.pb.h"
#include "bordero/crm/v1/deals.pb.h"
#include "bordero/crm/v1/events.pb.h"
#include "bordero/crm/v1/insurers.pb.h"
#include "bordero/crm/v1/search.pb.h"
#include "platform/redis/client.hpp"
#include "platform/testing/stores.hpp"
#include "services/crm/src/service.hpp"

namespace bordero::crm {

struct Person {
  std::string id = Uuid::v7().str();
  Role role = Role::agent;
};

// The service in this process on an empty migrated database, asked through its dispatcher.
class CrmTest : public ::testing::Test {
 protected:
  CrmTest() {
    ensure(sodium_init() >= 0, "libsodium starts");
    crypto_sign_keypair(reinterpret_cast<unsigned char*>(public_key_.data()),
                        reinterpret_cast<unsigned char*>(secret_key_.data()));
    service_ = std::make_unique<Service>(io_.get_executor(), config(), peers_);
    service_->add_to(dispatcher_);
    dispatcher_.check("crm");
    for (const Person* person : {&agent_, &colleague_, &executor_, &finance_, &head_, &admin_}) {
      given_user(*person);
    }
  }

  Config config(const std::string& amqp_url = "") const {
    return {.pg_dsn = database_.dsn(),
            .pg_migrate_dsn = database_.owner_dsn(),
            .redis_url = redis_url_,
            .amqp_url = amqp_url,
            .pool_size = 8};
  }

  void given_user(const Person& person, const std::string& status = "active") {
    database_.execute("INSERT INTO users VALUES ('" + person.id + "', 'Имя " +
                      person.id.substr(30) + "', '" + std::string(role_name(person.role)) + "', '" +
                      status + "', 1)");
  }

  awaitable<rpc::AnyReply> ask(const Person& who, const char* method, const rpc::Message& request,
                               const std::string& key = "") {
    rpc::Envelope envelope;
    envelope.method = std::string("bordero.crm.v1.") + method;
    envelope.caller_service = "gateway";
    envelope.identity_token = token_of(who);
    envelope.idempotency_key = key;
    return dispatcher_.dispatch(std::move(envelope), request);
  }
  template <class Reply>
  Result<Reply> call(const Person& who, const char* method, const rpc::Message& request,
                     const std::string& key = "") {
    auto answer = run(ask(who, method, request, key));
    if (!answer) return std::move(answer).error();
    return static_cast<Reply&>(*answer->message);
  }

  template <class T>
  T run(awaitable<T> work) {
    std::vector<awaitable<T>> all;
    all.push_back(std::move(work));
    return std::move(run_all(std::move(all))[0]);
  }
  // Several at once, as different requests are.
  template <class T>
  std::vector<T> run_all(std::vector<awaitable<T>> works) {
    std::vector<std::optional<T>> results(works.size());
    std::exception_ptr failure;
    std::size_t left = works.size();
    const auto keep = [](awaitable<T> work, std::optional<T>& result) -> awaitable<void> {
      result.emplace(co_await std::move(work));
    };
    for (std::size_t i = 0; i < works.size(); ++i) {
      asio::co_spawn(io_, keep(std::move(works[i]), results[i]), [&](std::exception_ptr failed) {
        if (failed) failure = failed;
        --left;
      });
    }
    io_.restart();
    for (std::size_t ran = 1; left > 0 && ran > 0;) ran = io_.run_one();
    if (failure) std::rethrow_exception(failure);
    std::vector<T> values;
    for (auto& result : results) values.push_back(std::move(*result));
    return values;
  }

  // ---- what tests start from ----
  v1::Client given_client(const Person& owner, const std::string& name = "Орехов Глеб") {
    v1::CreateClientRequest request;
    request.set_type(v1::CLIENT_TYPE_INDIVIDUAL);
    request.set_full_name(name);
    return must(call<v1::Client>(owner, "ClientService/CreateClient", request));
  }
  v1::Deal given_deal(const Person& lead, const std::string& title = "КАСКО") {
    return given_deal_of(lead, given_client(lead).id(), title);
  }
  v1::Deal given_deal_of(const Person& lead, const std::string& client_id,
                         const std::string& title = "КАСКО") {
    v1::CreateDealRequest request;
    request.set_client_id(client_id);
    request.set_title(title);
    return must(call<v1::Deal>(lead, "DealService/CreateDeal", request));
  }
  Result<v1::Deal> add_member(const Person& who, const std::string& deal_id, const Person& joining,
                              v1::MemberFunction function = v1::MEMBER_FUNCTION_PARTICIPANT) {
    v1::AddMemberRequest request;
    request.set_deal_id(deal_id);
    request.set_user_id(joining.id);
    request.set_function(function);
    return call<v1::Deal>(who, "DealService/AddMember", request);
  }
  Result<v1::Deal> remove_member(const Person& who, const std::string& deal_id,
                                 const Person& leaving) {
    v1::RemoveMemberRequest request;
    request.set_deal_id(deal_id);
    request.set_user_id(leaving.id);
    return call<v1::Deal>(who, "DealService/RemoveMember", request);
  }
  Result<v1::Deal> get_deal(const Person& who, const std::string& deal_id) {
    v1::GetDealRequest request;
    request.set_deal_id(deal_id);
    return call<v1::Deal>(who, "DealService/GetDeal", request);
  }
  Result<v1::Client> get_client(const Person& who, const std::string& client_id) {
    v1::GetClientRequest request;
    request.set_client_id(client_id);
    return call<v1::Client>(who, "ClientService/GetClient", request);
  }
  v1::TransitionDealRequest transition_to(const v1::Deal& deal, v1::DealStatus status,
                                          const std::string& reason = "") {
    v1::TransitionDealRequest request;
    request.set_deal_id(deal.id());
    request.set_version(deal.version());
    request.set_status(status);
    request.set_reason(reason);
    return request;
  }
  Result<v1::Deal> transition(const Person& who, const v1::TransitionDealRequest& request) {
    return call<v1::Deal>(who, "DealService/TransitionDeal", request);
  }
  v1::ListDealsReply list_deals(const Person& who, const std::string& filter = "",
                                const std::string& token = "", int page_size = 50) {
    v1::ListDealsRequest request;
    request.set_filter(filter);
    request.set_page_token(token);
    request.set_page_size(page_size);
    return must(call<v1::ListDealsReply>(who, "DealService/ListDeals", request));
  }
  std::vector<std::string> search(const Person& who, const std::string& typed) {
    v1::SearchRequest request;
    request.set_q(typed);
    const auto reply = must(call<v1::SearchReply>(who, "SearchService/Search", request));
    std::vector<std::string> ids;
    for (const auto& hit : reply.results()) ids.push_back(hit.id());
    return ids;
  }
  int events(const std::string& type) const {
    return std::stoi(
        database_.value("SELECT count(*) FROM outbox WHERE type LIKE '%" + type + "'"));
  }

  template <class T>
  T must(Result<T> result) {
    if (result) return std::move(result).value();
    std::string why = result.error().reason;
    for (const auto& field : result.error().fields) why += " " + field.field + ":" + field.code;
    throw std::runtime_error("refused: " + why);
  }

  std::string token_of(const Person& who) const {
    rpc::Identity identity;
    identity.caller.user_id = who.id;
    identity.caller.role = who.role;
    identity.expires_at = std::chrono::duration_cast<std::chrono::seconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count() +
                          100;
    return rpc::sign_identity(identity, "k1", secret_key_);
  }

  asio::io_context io_;
  testing::FreshDatabase database_{"crm", migrations()};
  std::string redis_url_ = testing::fresh_redis_url();
  std::string public_key_ = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret_key_ = std::string(crypto_sign_SECRETKEYBYTES, '\0');
  rpc::Peers peers_;
  rpc::KeyRing keys_{[this]() -> awaitable<Result<std::vector<rpc::PublicKey>>> {
    std::vector<rpc::PublicKey> all;
    all.push_back({"k1", public_key_});
    co_return all;
  }};
  rpc::Dispatcher dispatcher_{keys_};
  std::unique_ptr<Service> service_;

  Person agent_{.role = Role::agent};
  Person colleague_{.role = Role::agent};
  Person executor_{.role = Role::executor};
  Person finance_{.role = Role::finance};
  Person head_{.role = Role::head};
  Person admin_{.role = Role::admin};
};

}  // namespace bordero::crm
