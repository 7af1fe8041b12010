#include "services/payments/src/payments/explanation.hpp"

#include <algorithm>

#include "platform/json/json.hpp"
#include "services/payments/src/commission/rule_store.hpp"
#include "services/payments/src/payments/history.hpp"

namespace bordero::payments {
namespace {

bool sets_amount(const v1::PaymentVersion& version) {
  return std::any_of(version.changes().begin(), version.changes().end(),
                     [](const v1::FieldChange& change) { return change.field() == "amount"; });
}

awaitable<void> add_basis(pg::Transaction& tx, v1::PaymentExplanation& why) {
  const auto row = co_await tx.find_one(
      "SELECT coalesce(basis::text, '') AS basis FROM payments WHERE id = $1", why.payment_id());
  const std::string stored = row->get<std::string>("basis");
  if (stored.empty()) co_return;
  const auto read = json::parse_stored(stored, *why.mutable_basis());
  ensure(read.ok(), "a basis that was kept is readable");
  const auto& basis = why.basis();
  why.set_source(basis.source());
  why.set_set_by_hand(basis.computed().amount_minor() != why.amount().amount_minor());
  if (basis.rule_id().empty()) co_return;
  const auto rule = co_await find_rule_version(tx, basis.rule_id(), basis.rule_version());
  if (rule) *why.mutable_rule() = *rule;
}

}  // namespace

awaitable<v1::PaymentExplanation> explain(pg::Transaction& tx, const v1::Payment& payment) {
  v1::PaymentExplanation why;
  why.set_payment_id(payment.id());
  *why.mutable_amount() = payment.amount();
  why.set_source("by_hand");
  co_await add_basis(tx, why);
  auto versions = co_await list_versions(tx, payment.id());
  std::reverse(versions.begin(), versions.end());
  for (auto& version : versions) {
    if (sets_amount(version)) *why.add_changes() = std::move(version);
  }
  co_return why;
}

}  // namespace bordero::payments
