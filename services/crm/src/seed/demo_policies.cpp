#include "services/crm/src/seed/demo_policies.hpp"

#include <set>

#include "bordero/crm/v1/events.pb.h"
#include "demo/book.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/clients/client_activation.hpp"
#include "services/crm/src/clients/client_store.hpp"
#include "services/crm/src/deals/deal_dates.hpp"
#include "services/crm/src/deals/deal_events.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/deals/new_deal.hpp"
#include "services/crm/src/policies/policy_events.hpp"
#include "services/crm/src/policies/policy_steps.hpp"
#include "services/crm/src/policies/policy_store.hpp"
#include "services/crm/src/policies/renewal.hpp"
#include "services/crm/src/seed/invented.hpp"

namespace bordero::crm {
namespace {

constexpr int kAgeDays = 400;

Context acting_as(const Context& ctx, const std::string& user_id) {
  Context acting = ctx;
  acting.caller = {.user_id = user_id, .role = Role::agent};
  return acting;
}

void backdate(pg::Transaction& tx, const char* table, const std::string& id) {
  tx.execute(std::string("UPDATE ") + table +
                 " SET created_at = now() - make_interval(days => $2) WHERE id = $1",
             id, kAgeDays);
}

awaitable<Result<void>> seed_client(pg::Transaction& tx, const Context& ctx, Dice& dice,
                                    const demo::BookDeal& of) {
  v1::Client client;
  client.set_id(of.client_id);
  client.set_type(of.company ? v1::CLIENT_TYPE_COMPANY : v1::CLIENT_TYPE_INDIVIDUAL);
  client.set_full_name(of.client_name);
  client.set_tax_number(inn_of(dice, of.company));
  client.set_owner_id(of.lead_id);
  auto& contact = *client.add_contacts();
  contact.set_name(of.company ? demo::person_name(dice).full : of.client_name);
  contact.set_phone(mobile_phone(dice));
  contact.set_is_primary(true);
  CO_TRY_VOID(complete_client(client));
  insert_client(tx, client);
  backdate(tx, "clients", client.id());
  CO_TRY(const auto id, parse_id<Client>(client.id(), "id"));
  v1::ClientCreated event;
  *event.mutable_client() = co_await view_client(tx, id);
  const Context lead = acting_as(ctx, of.lead_id);
  mq::publish(tx, lead, event, about("client", client.id(), 1, {client.owner_id()}));
  co_return Result<void>();
}

awaitable<v1::Deal> seed_deal(pg::Transaction& tx, const Context& ctx, const demo::BookDeal& of) {
  v1::Deal deal;
  deal.set_id(of.id);
  deal.set_client_id(of.client_id);
  deal.set_client_name(of.client_name);
  deal.set_title(of.title);
  auto& object = *deal.add_objects();
  object.set_kind(v1::OBJECT_KIND_OTHER);
  object.set_title(of.object);
  const Team team = {{of.lead_id, v1::MEMBER_FUNCTION_LEAD_AGENT},
                     {of.executor_id, v1::MEMBER_FUNCTION_EXECUTOR},
                     {of.controller_id, v1::MEMBER_FUNCTION_FINANCE_CONTROLLER}};
  const Context lead = acting_as(ctx, of.lead_id);
  const int year = clock::today().plus_days(-kAgeDays).year();
  v1::Deal made = co_await found_deal(tx, lead, std::move(deal), team, year);
  v1::Deal wanted = made;
  wanted.set_status(v1::DEAL_STATUS_ACTIVE);
  save_deal(tx, wanted);
  const auto id = parse_id<Deal>(of.id, "id");
  v1::Deal after = co_await view_deal(tx, *id);
  Context system = ctx;
  system.caller = system_caller("premium_received");
  announce_moved(tx, system, made, after);
  backdate(tx, "deals", of.id);
  co_return after;
}

v1::Product product_of(const std::string& name) {
  const auto number = pg::enum_number(v1::Product_descriptor(), name);
  ensure(number.has_value(), "the book knows the products");
  return static_cast<v1::Product>(*number);
}

v1::Policy draft_of(const demo::BookPolicy& of, const v1::Deal& deal) {
  const auto money = [](std::int64_t minor) {
    common::v1::Money value;
    value.set_amount_minor(minor);
    value.set_currency("RUB");
    return value;
  };
  v1::Policy policy;
  policy.set_id(of.id);
  policy.set_deal_id(deal.id());
  policy.set_client_id(deal.client_id());
  policy.set_number(of.number);
  policy.set_insurer_id(of.insurer_id);
  policy.set_product(product_of(of.product));
  *policy.mutable_objects() = deal.objects();
  auto& holder = *policy.add_parties();
  holder.set_role(v1::PARTY_ROLE_POLICYHOLDER);
  holder.set_client_id(deal.client_id());
  holder.set_name(deal.client_name());
  policy.set_effective_from(of.effective_from.str());
  policy.set_effective_to(of.effective_to.str());
  *policy.mutable_premium() = money(of.premium_minor);
  *policy.mutable_coverage_sum() = money(of.coverage_minor);
  const auto route = pg::enum_number(v1::PaymentRoute_descriptor(), of.payment_route);
  policy.set_payment_route(static_cast<v1::PaymentRoute>(route.value_or(0)));
  policy.set_commission_rate(of.commission_rate);
  policy.set_is_renewal(!of.predecessor_id.empty());
  policy.set_predecessor_id(of.predecessor_id);
  int number = 0;
  for (const auto& planned : of.instalments) {
    auto& one = *policy.add_instalments();
    one.set_id(planned.id);
    one.set_number(++number);
    one.set_due_on(planned.due_on.str());
    *one.mutable_amount() = money(planned.amount_minor);
  }
  return policy;
}

// The steps that led a policy to its status.
std::vector<v1::PolicyStatus> way_to(const std::string& status) {
  if (status == "draft") return {};
  if (status == "active") return {v1::POLICY_STATUS_ACTIVE};
  if (status == "closed") return {v1::POLICY_STATUS_ACTIVE, v1::POLICY_STATUS_CLOSED};
  return {v1::POLICY_STATUS_ACTIVE, v1::POLICY_STATUS_RENEWAL_PENDING};
}

awaitable<Result<void>> seed_policy(pg::Transaction& tx, const Context& ctx,
                                    const demo::BookPolicy& of, const v1::Deal& deal) {
  CO_TRY(const auto id, parse_id<Policy>(of.id, "id"));
  const Context lead = acting_as(ctx, deal.lead_agent_id());
  insert_policy(tx, draft_of(of, deal));
  if (!of.predecessor_id.empty()) {
    tx.execute("UPDATE policies SET successor_id = $2 WHERE id = $1", of.predecessor_id, of.id);
  }
  SeenPolicy now = co_await view_policy(tx, id);
  announce_created(tx, lead, now);
  for (const auto status : way_to(of.status)) {
    v1::Policy wanted = now.view;
    wanted.set_status(status);
    if (status == v1::POLICY_STATUS_CLOSED) {
      wanted.set_closed_on(of.closed_on);
      wanted.set_close_reason(of.successor_id.empty() ? "Не продлён: ушли к другому брокеру"
                                                      : kReplaced);
    }
    save_policy(tx, wanted);
    SeenPolicy after = co_await view_policy(tx, id);
    announce_moved(tx, lead, now.view, after);
    now = std::move(after);
  }
  // As it was entered then; the reminders of days before it was active are over.
  tx.execute(R"sql(
      UPDATE policies
         SET activated_at = CASE WHEN status <> 'draft' THEN effective_from::timestamptz END,
             created_at = least(now(), (effective_from - 7)::timestamptz),
             noticed_for = CASE WHEN status = 'renewal_pending' THEN effective_to END
       WHERE id = $1)sql",
             of.id);
  tx.execute(R"sql(
      UPDATE deal_events
         SET at = least(now(), ($2::date + CASE kind WHEN 'policy_created' THEN -7
                                                     WHEN 'policy_activated' THEN 0
                                                     WHEN 'policy_renewal_pending' THEN 335
                                                     ELSE 365 END)::timestamptz)
       WHERE deal_id = $1 AND details->>'subject_id' = $3)sql",
             deal.id(), of.effective_from, of.id);
  if (is_in_force(now.view.status())) co_await make_client_active(tx, lead, deal.client_id());
  co_return Result<void>();
}

}  // namespace

awaitable<Result<void>> seed_policies(pg::Transaction& tx, const Context& ctx) {
  const auto book = demo::book(clock::today());
  Dice dice(1123);
  std::set<std::string> clients;
  std::vector<v1::Deal> deals;
  std::vector<std::string> policy_ids;
  std::vector<std::string> deal_ids;
  for (const auto& deal : book.deals) {
    if (clients.insert(deal.client_id).second) {
      CO_TRY_VOID(co_await seed_client(tx, ctx, dice, deal));
    }
    deals.push_back(co_await seed_deal(tx, ctx, deal));
    deal_ids.push_back(deal.id);
  }
  for (const auto& policy : book.policies) {
    CO_TRY_VOID(
        co_await seed_policy(tx, ctx, policy, deals[static_cast<std::size_t>(policy.deal)]));
    policy_ids.push_back(policy.id);
  }
  keep_policy_ends(tx, policy_ids);
  refresh_deadlines(tx, deal_ids);
  refresh_renewals(tx, deal_ids);
  co_return Result<void>();
}

}  // namespace bordero::crm
