#pragma once

#include <string>
#include <vector>

#include "bordero/crm/v1/amendments.pb.h"
#include "bordero/crm/v1/calculations.pb.h"
#include "bordero/crm/v1/policies.pb.h"
#include "bordero/payments/v1/events.pb.h"
#include "platform/json/json.hpp"
#include "services/crm/src/deals/on_payment_changed.hpp"
#include "services/crm/src/deals/on_task_changed.hpp"
#include "services/crm/src/policies/policy_clock.hpp"
#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {

// A deal of an agent, an insurer that sells КАСКО, and what is asked about policies of both.
class PolicyTest : public CrmTest {
 protected:
  PolicyTest() {
    v1::CreateInsurerRequest request;
    request.set_name("СК «Волга»");
    request.add_products(v1::PRODUCT_KASKO);
    insurer_ = must(call<v1::Insurer>(admin_, "InsurerService/CreateInsurer", request));
    deal_ = given_deal(agent_);
  }

  template <class Request>
  static void add_instalment(Request& request, const std::string& due_on, std::int64_t minor) {
    auto& one = *request.add_instalments();
    one.set_due_on(due_on);
    one.mutable_amount()->set_amount_minor(minor);
    one.mutable_amount()->set_currency("RUB");
  }
  v1::CreatePolicyRequest policy_request() const {
    const Date from = clock::today();
    v1::CreatePolicyRequest request;
    request.set_deal_id(deal_.id());
    request.set_insurer_id(insurer_.id());
    request.set_product(v1::PRODUCT_KASKO);
    request.set_number("КСК-1");
    request.set_effective_from(from.str());
    request.set_effective_to(from.plus_days(364).str());
    request.mutable_premium()->set_amount_minor(8'450'050);
    request.mutable_premium()->set_currency("RUB");
    request.set_payment_route(v1::PAYMENT_ROUTE_GROSS);
    request.set_commission_rate("18.5");
    add_instalment(request, from.str(), 4'450'000);
    add_instalment(request, from.plus_days(180).str(), 4'000'050);
    return request;
  }
  Result<v1::Policy> create(const Person& who, const v1::CreatePolicyRequest& request) {
    return call<v1::Policy>(who, "PolicyService/CreatePolicy", request);
  }
  v1::Policy given_policy() { return must(create(agent_, policy_request())); }
  Result<v1::Policy> get(const Person& who, const std::string& id) {
    v1::GetPolicyRequest request;
    request.set_policy_id(id);
    return call<v1::Policy>(who, "PolicyService/GetPolicy", request);
  }
  Result<v1::Policy> update(const Person& who, const v1::UpdatePolicyRequest& request) {
    return call<v1::Policy>(who, "PolicyService/UpdatePolicy", request);
  }
  void number(const v1::Policy& policy, const std::string& number) {
    v1::UpdatePolicyRequest request;
    request.set_policy_id(policy.id());
    request.set_version(policy.version());
    request.set_number(number);
    request.mutable_update_mask()->add_paths("number");
    must(update(agent_, request));
  }
  Result<v1::Policy> activate(const Person& who, const v1::Policy& policy) {
    v1::ActivatePolicyRequest request;
    request.set_policy_id(policy.id());
    request.set_version(policy.version());
    return call<v1::Policy>(who, "PolicyService/ActivatePolicy", request);
  }
  Result<v1::Policy> step(const Person& who, const v1::Policy& policy, v1::PolicyStatus to) {
    v1::TransitionPolicyRequest request;
    request.set_policy_id(policy.id());
    request.set_version(policy.version());
    request.set_status(to);
    return call<v1::Policy>(who, "PolicyService/TransitionPolicy", request);
  }
  Result<v1::Policy> close(const Person& who, const v1::ClosePolicyRequest& request) {
    return call<v1::Policy>(who, "PolicyService/ClosePolicy", request);
  }
  Result<v1::Policy> renew(const Person& who, const std::string& id) {
    v1::RenewPolicyRequest request;
    request.set_policy_id(id);
    return call<v1::Policy>(who, "PolicyService/RenewPolicy", request);
  }
  Result<v1::Amendment> amend(const Person& who, const v1::CreateAmendmentRequest& request) {
    return call<v1::Amendment>(who, "AmendmentService/CreateAmendment", request);
  }
  v1::ListPoliciesReply list(const Person& who, const std::string& filter = "") {
    v1::ListPoliciesRequest request;
    request.set_filter(filter);
    return must(call<v1::ListPoliciesReply>(who, "PolicyService/ListPolicies", request));
  }
  std::string timeline() {
    return database_.value("SELECT string_agg(kind, ' ' ORDER BY at, id) FROM deal_events");
  }

  // A premium of the policy, as Payments would tell of it.
  payments::v1::Payment payment_of(const v1::Policy& policy, int instalment,
                                   payments::v1::PaymentStatus status, int version = 1) const {
    payments::v1::Payment payment;
    const auto& one = policy.instalments(instalment);
    payment.set_id(one.id());  // Any id that stays the same.
    payment.set_deal_id(policy.deal_id());
    payment.set_policy_id(policy.id());
    payment.set_instalment_id(one.id());
    payment.set_type(payments::v1::PAYMENT_TYPE_CLIENT_PREMIUM);
    payment.set_planned_date(one.due_on());
    *payment.mutable_amount() = one.amount();
    payment.set_status(status);
    payment.set_waiting_on("client");
    payment.set_version(version);
    return payment;
  }
  void hear(const payments::v1::Payment& payment) {
    payments::v1::PaymentStatusChanged event;
    *event.mutable_after() = payment;
    hear(event, "payments.payment.status_changed", on_payment_changed);
  }
  void hear_task(const google::protobuf::Message& message, const std::string& type) {
    hear(message, type, on_task_changed);
  }
  // Both jobs of the clock until nothing is left to do.
  void tick() {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    while (must(run(notice_ends(db, 30)))) {
    }
    while (must(run(close_replaced(db)))) {
    }
  }

  v1::Insurer insurer_;
  v1::Deal deal_;

 private:
  void hear(const google::protobuf::Message& message, const std::string& type,
            const mq::Consumer::Handler& handler) {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    mq::Event event;
    event.meta.set_type(type);
    event.meta.set_actor(finance_.id);
    json::append(event.body, message);
    const auto heard = run(apply(db, event, handler));
    ensure(heard.ok(), "the event is applied");
  }
  static awaitable<Result<void>> apply(pg::Database& db, mq::Event event,
                                       mq::Consumer::Handler handler) {
    Context ctx = system_context("test", std::chrono::seconds(10));
    CO_TRY(auto tx, co_await db.begin(ctx));
    CO_TRY_VOID(co_await handler(tx, ctx, event));
    co_return co_await tx.commit();
  }
};

}  // namespace bordero::crm
