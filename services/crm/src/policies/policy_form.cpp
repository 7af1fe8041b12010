#include "services/crm/src/policies/policy_form.hpp"

#include <algorithm>

#include "services/crm/src/deals/insured_object.hpp"
#include "services/crm/src/insurers/insurer_store.hpp"
#include "services/crm/src/policies/policy_store.hpp"
#include "services/crm/src/policies/schedule.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kCurrency = "RUB";

// A policy without a premium yet has one of nothing, in the currency of its other money.
void complete_premium(v1::Policy& policy) {
  auto& premium = *policy.mutable_premium();
  if (!premium.currency().empty()) return;
  premium.set_currency(policy.has_coverage_sum() ? policy.coverage_sum().currency() : kCurrency);
}

void copy_request(const v1::CreatePolicyRequest& request, v1::Policy& policy) {
  if (!request.insurer_id().empty()) policy.set_insurer_id(request.insurer_id());
  if (request.product() != v1::PRODUCT_UNSPECIFIED) policy.set_product(request.product());
  if (!request.program().empty()) policy.set_program(request.program());
  if (request.has_premium()) *policy.mutable_premium() = request.premium();
  if (request.has_coverage_sum()) *policy.mutable_coverage_sum() = request.coverage_sum();
  if (!request.commission_rate().empty()) {
    policy.set_commission_rate(request.commission_rate());
    policy.clear_commission_amount();
  }
  if (request.has_commission_amount()) {
    *policy.mutable_commission_amount() = request.commission_amount();
    if (request.commission_rate().empty()) policy.clear_commission_rate();
  }
  policy.set_number(request.number());
  policy.set_effective_from(request.effective_from());
  policy.set_effective_to(request.effective_to());
  policy.set_payment_route(request.payment_route());
  *policy.mutable_parties() = request.parties();
  *policy.mutable_periods() = request.periods();
}

// Who gives no schedule for a quote's premium pays it as the quote says: all on the first day, or
// in its number of parts over the policy's time.
Schedule schedule_of(const v1::CreatePolicyRequest& request, const v1::Policy& policy,
                     const Quote& quote) {
  const auto from = Date::parse(policy.effective_from());
  const auto to = Date::parse(policy.effective_to());
  const bool by_quote = !quote.values.calculation_id().empty() && from && to && *from <= *to;
  if (!request.instalments().empty() || !by_quote) return request.instalments();
  return split_premium(policy.premium(), quote.instalment_count, {*from, *to});
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

Result<v1::Policy> policy_from(const v1::CreatePolicyRequest& request, const v1::Deal& deal,
                               const Quote& quote) {
  v1::Policy policy = quote.values;
  policy.set_id(Id<Policy>::make().str());
  policy.set_deal_id(deal.id());
  policy.set_client_id(deal.client_id());
  copy_request(request, policy);
  *policy.mutable_objects() = request.objects().empty() ? deal.objects() : request.objects();
  if (policy.parties().empty()) {
    auto& holder = *policy.add_parties();
    holder.set_role(v1::PARTY_ROLE_POLICYHOLDER);
    holder.set_client_id(deal.client_id());
  }
  complete_premium(policy);
  *policy.mutable_instalments() = schedule_of(request, policy, quote);
  for (int i = 0; i < request.instalments_size(); ++i) {
    if (request.instalments(i).id().empty()) continue;
    return invalid_field("instalments[" + std::to_string(i) + "].id", "unknown_instalment");
  }
  TRY(complete_policy(policy, v1::Policy()));
  return policy;
}

Result<void> complete_policy(v1::Policy& wanted, const v1::Policy& before) {
  complete_premium(wanted);
  wanted.set_number(trimmed(wanted.number()));
  if (wanted.payment_route() == v1::PAYMENT_ROUTE_UNSPECIFIED) {
    return invalid_field("payment_route", "required");
  }
  TRY(check_objects(wanted.objects()));
  title_objects(*wanted.mutable_objects());
  TRY(check_policy(wanted));
  // A schedule that the quote made has ids of its own already.
  const bool made =
      before.id().empty() && !wanted.instalments().empty() && !wanted.instalments(0).id().empty();
  if (made) return {};
  *wanted.mutable_instalments() =
      TRY(continue_schedule(before.instalments(), wanted.instalments()));
  return {};
}

awaitable<Result<void>> check_offer(pg::Transaction& tx, const v1::Policy& policy) {
  CO_TRY(const auto id, parse_id<Insurer>(policy.insurer_id(), "insurer_id"));
  const auto insurer = co_await find_insurer(tx, id);
  if (!insurer) co_return invalid_field("insurer_id", "unknown_insurer");
  if (!insurer->active()) co_return invalid_field("insurer_id", "insurer_inactive");
  const auto& products = insurer->products();
  const bool offers = products.empty() || std::find(products.begin(), products.end(),
                                                    policy.product()) != products.end();
  if (!offers) co_return invalid_field("product", "insurer_does_not_offer_product");
  co_return Result<void>();
}

awaitable<Result<void>> name_parties(pg::Transaction& tx, const Caller& caller,
                                     v1::Policy& policy) {
  std::vector<std::string> ids;
  for (const auto& party : policy.parties()) {
    if (!party.client_id().empty()) ids.push_back(party.client_id());
  }
  if (ids.empty()) co_return Result<void>();
  const auto names = co_await names_of_clients(tx, ids, caller);
  for (int i = 0; i < policy.parties_size(); ++i) {
    auto& party = *policy.mutable_parties(i);
    if (party.client_id().empty()) continue;
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& one) {
      return one.first == party.client_id();
    });
    if (found == names.end()) {
      co_return invalid_field("parties[" + std::to_string(i) + "].client_id", "client_not_found");
    }
    party.set_name(found->second);
  }
  co_return Result<void>();
}

}  // namespace bordero::crm
