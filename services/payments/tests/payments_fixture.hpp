#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/events.pb.h"
#include "bordero/payments/v1/commission_rules.pb.h"
#include "bordero/payments/v1/payments.pb.h"
#include "platform/base/money.hpp"
#include "platform/json/json.hpp"
#include "platform/projection/deals.hpp"
#include "platform/redis/client.hpp"
#include "platform/testing/service_test.hpp"
#include "services/payments/src/policies/on_policy.hpp"
#include "services/payments/src/service.hpp"

namespace bordero::payments {

using testing::must;
using testing::Person;

inline const std::string kInsurer = "01988c00-00e1-7000-8000-000000000001";

// Payments in this process.
class PaymentsTest : public testing::ServiceTest {
 protected:
  PaymentsTest() : ServiceTest("payments", migrations()) {
    service_ = std::make_unique<Service>(io_.get_executor(), config(), peers_);
    service_->add_to(dispatcher_);
    dispatcher_.check("payments");
    given_user(controller_);
  }

  Config config(const std::string& amqp_url = "") const {
    return {.pg_dsn = database_.dsn(), .redis_url = redis_url_, .amqp_url = amqp_url};
  }

  // ---- what tests start from ----
  // A deal as CRM tells of it: the agent leads, the executor works in it.
  crm::v1::Deal given_deal() {
    crm::v1::Deal deal;
    deal.set_id(Uuid::v7().str());
    deal.set_number("2026-000147");
    deal.set_title("КАСКО");
    deal.set_client_id(Uuid::v7().str());
    deal.set_client_name("Орехов Глеб");
    deal.set_status(crm::v1::DEAL_STATUS_ISSUANCE);
    deal.set_lead_agent_id(agent_.id);
    deal.set_executor_id(executor_.id);
    deal.set_version(1);
    join(deal, agent_, crm::v1::MEMBER_FUNCTION_LEAD_AGENT);
    join(deal, executor_, crm::v1::MEMBER_FUNCTION_EXECUTOR);
    keep(deal);
    return deal;
  }
  static void join(crm::v1::Deal& deal, const Person& who, crm::v1::MemberFunction function) {
    auto& member = *deal.add_members();
    member.set_user_id(who.id);
    member.set_function(function);
  }
  void keep(const crm::v1::Deal& deal) {
    const auto done = apply([&](pg::Transaction& tx, Context&) -> awaitable<Result<void>> {
      co_await projection::keep_deal(tx, deal);
      co_return Result<void>();
    });
    ensure(done.ok(), "a copy is kept");
  }

  // A policy in force that is paid in these instalments, a quarter apart, from today.
  crm::v1::Policy policy_of(const crm::v1::Deal& deal, std::vector<std::int64_t> instalments,
                            const std::string& rate = "10") {
    crm::v1::Policy policy;
    policy.set_id(Uuid::v7().str());
    policy.set_deal_id(deal.id());
    policy.set_client_id(deal.client_id());
    policy.set_client_name(deal.client_name());
    policy.set_number("КСК-" + policy.id().substr(28));
    policy.set_insurer_id(kInsurer);
    policy.set_insurer_name("Волга-Полис");
    policy.set_product(crm::v1::PRODUCT_KASKO);
    policy.set_effective_from(clock::today().str());
    policy.set_effective_to(clock::today().plus_days(364).str());
    policy.set_payment_route(crm::v1::PAYMENT_ROUTE_DIRECT);
    policy.set_commission_rate(rate);
    policy.set_status(crm::v1::POLICY_STATUS_ACTIVE);
    policy.set_version(2);
    std::int64_t premium = 0;
    for (const std::int64_t minor : instalments) {
      auto& instalment = *policy.add_instalments();
      instalment.set_id(Uuid::v7().str());
      instalment.set_due_on(clock::today().plus_days(90 * (policy.instalments_size() - 1)).str());
      money(*instalment.mutable_amount(), minor);
      premium += minor;
    }
    money(*policy.mutable_premium(), premium);
    return policy;
  }
  // CRM tells that the policy became active, or what it is now.
  void tell_activated(const crm::v1::Policy& policy) {
    crm::v1::PolicyActivated event;
    *event.mutable_after() = policy;
    tell("crm.policy.activated", event);
  }
  void tell_updated(const crm::v1::Policy& policy) {
    crm::v1::PolicyUpdated event;
    *event.mutable_after() = policy;
    tell("crm.policy.updated", event);
  }
  void tell(const char* type, const rpc::Message& message) {
    mq::Event event;
    event.meta.set_type(type);
    event.body = json::text(message);
    const auto applied =
        apply([&](pg::Transaction& tx, Context& ctx) { return on_policy(tx, ctx, event); });
    ensure(applied.ok(), "the event is applied");
  }
  // The payments of a new policy in force, premiums and commissions by turns.
  std::vector<v1::Payment> given_payments(std::vector<std::int64_t> instalments) {
    deal_ = given_deal();
    policy_ = policy_of(deal_, std::move(instalments));
    tell_activated(policy_);
    return payments_of(policy_.id());
  }

  // What CRM notes before it answers that somebody left a deal.
  void note_left(const Person& who, const std::string& deal_id) {
    redis::Client redis(io_.get_executor(), redis_url_);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (true) {  // The client connects by itself.
      std::vector<std::string> words = {"SADD", "left:" + who.id, deal_id};
      if (run(redis.command(std::move(words)))) return;
      ensure(std::chrono::steady_clock::now() < deadline, "Redis is there");
      run_for(std::chrono::milliseconds(20));
    }
  }

  static void money(common::v1::Money& money, std::int64_t minor) {
    money.set_amount_minor(minor);
    money.set_currency("RUB");
  }
  v1::ListPaymentsReply list(const Person& who, const std::string& filter = "",
                             const std::string& group_by = "", const std::string& order = "") {
    v1::ListPaymentsRequest request;
    request.set_filter(filter);
    request.set_group_by(group_by);
    request.set_order_by(order);
    request.set_page_size(200);
    return must(call<v1::ListPaymentsReply>(who, "PaymentService/ListPayments", request));
  }
  std::vector<v1::Payment> payments_of(const std::string& policy_id) {
    const auto reply = list(admin_, "policy_id = \"" + policy_id + "\"", "", "number");
    return {reply.payments().begin(), reply.payments().end()};
  }
  Result<v1::Payment> get(const Person& who, const std::string& id) {
    v1::GetPaymentRequest request;
    request.set_payment_id(id);
    return call<v1::Payment>(who, "PaymentService/GetPayment", request);
  }
  v1::TransitionPaymentRequest step_to(const v1::Payment& payment, v1::PaymentStatus status,
                                       const std::string& note = "") {
    v1::TransitionPaymentRequest request;
    request.set_payment_id(payment.id());
    request.set_version(payment.version());
    request.set_status(status);
    request.set_note(note);
    if (status == v1::PAYMENT_STATUS_RECEIVED && payment.status() < status) {
      request.set_actual_date(clock::today().str());
    }
    return request;
  }
  Result<v1::Payment> step(const Person& who, const v1::Payment& payment, v1::PaymentStatus status,
                           const std::string& note = "") {
    return call<v1::Payment>(who, "PaymentService/TransitionPayment",
                             step_to(payment, status, note));
  }
  v1::Payment received(const v1::Payment& payment) {
    const auto expected = must(step(agent_, payment, v1::PAYMENT_STATUS_EXPECTED));
    return must(step(finance_, expected, v1::PAYMENT_STATUS_RECEIVED));
  }
  std::vector<v1::PaymentVersion> versions(const std::string& id) {
    v1::ListPaymentVersionsRequest request;
    request.set_payment_id(id);
    const auto reply = must(
        call<v1::ListPaymentVersionsReply>(admin_, "PaymentService/ListPaymentVersions", request));
    return {reply.versions().begin(), reply.versions().end()};
  }
  std::unique_ptr<Service> service_;
  Person controller_{.role = Role::finance};
  crm::v1::Deal deal_;
  crm::v1::Policy policy_;
};

}  // namespace bordero::payments
