#include "services/payments/src/payments/history.hpp"

#include <algorithm>
#include <array>

#include "bordero/payments/v1/events.pb.h"
#include "platform/base/money.hpp"
#include "platform/json/json.hpp"
#include "platform/json/list.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/payments/src/access/access.hpp"

namespace bordero::payments {
namespace {

constexpr int kMaxVersions = 500;
constexpr std::array kKept = {"planned_date", "actual_date",   "amount", "status",
                              "counterparty", "payee_user_id", "voided", "void_reason",
                              "notes",        "confirmed_by"};

std::string text_of(const v1::Payment& payment, const std::string& field) {
  if (field == "amount") {
    if (!payment.has_amount()) return {};
    return amount_text(payment.amount().amount_minor()) + " " + payment.amount().currency();
  }
  if (field == "status") return pg::enum_tail(v1::PaymentStatus_descriptor(), payment.status());
  if (field == "voided") return payment.voided() ? "true" : "";
  const auto* descriptor = v1::Payment::descriptor()->FindFieldByName(field);
  return payment.GetReflection()->GetString(payment, descriptor);
}

void count(const char* action) {
  telemetry::counter("bordero_payments_changes_total", "What happened to payments",
                     {{"action", action}})
      .add();
}

const char* moved_action(v1::PaymentStatus from, v1::PaymentStatus to) {
  if (to < from) return "stepped_back";
  switch (to) {
    case v1::PAYMENT_STATUS_EXPECTED:
      return "expected";
    case v1::PAYMENT_STATUS_RECEIVED:
      return "confirmed";
    default:
      return "paid_out";
  }
}

void publish_updated(pg::Transaction& tx, const Context& ctx, const v1::Payment& before,
                     const v1::Payment& after, const std::vector<std::string>& people,
                     const std::string& note) {
  v1::PaymentUpdated event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;
  event.set_note(note);
  mq::publish(tx, ctx, event, about_payment(after.id(), after.version(), people));
}

}  // namespace

std::vector<v1::FieldChange> changes_between(const v1::Payment& before, const v1::Payment& after) {
  std::vector<v1::FieldChange> changes;
  for (const char* field : kKept) {
    const std::string from = text_of(before, field);
    const std::string to = text_of(after, field);
    if (from == to) continue;
    v1::FieldChange& change = changes.emplace_back();
    change.set_field(field);
    change.set_from(from);
    change.set_to(to);
  }
  return changes;
}

void keep_version(pg::Transaction& tx, const std::string& actor, const std::string& action,
                  const std::string& note, const v1::Payment& before, const v1::Payment& after) {
  v1::PaymentVersion version;
  for (auto& change : changes_between(before, after)) *version.add_changes() = std::move(change);
  tx.execute(R"sql(
      INSERT INTO payment_versions (payment_id, version, actor_id, action, note, changes)
      VALUES ($1, $2, $3, $4, $5, $6))sql",
             after.id(), after.version(), actor, action, note, json::list_text(version.changes()));
}

void announce_planned(pg::Transaction& tx, const Context& ctx, const v1::Payment& payment,
                      const std::vector<std::string>& people, const std::string& note) {
  v1::PaymentPlanned event;
  *event.mutable_payment() = payment;
  mq::publish(tx, ctx, event, about_payment(payment.id(), payment.version(), people));
  keep_version(tx, ctx.caller.actor(), "planned", note, v1::Payment(), payment);
  tx.after_commit([] { count("planned"); });
}

void announce_updated(pg::Transaction& tx, const Context& ctx, const v1::Payment& before,
                      const v1::Payment& after, const std::vector<std::string>& people,
                      const std::string& note) {
  publish_updated(tx, ctx, before, after, people, note);
  const bool voided = after.voided() && !before.voided();
  const char* action = voided ? "voided" : "updated";
  keep_version(tx, ctx.caller.actor(), action, note, before, after);
  tx.after_commit([action] { count(action); });
}

void tell_state(pg::Transaction& tx, const Context& ctx, const v1::Payment& before,
                const v1::Payment& after, const std::vector<std::string>& people) {
  publish_updated(tx, ctx, before, after, people, "");
}

void announce_moved(pg::Transaction& tx, const Context& ctx, const v1::Payment& before,
                    const v1::Payment& after, const std::vector<std::string>& people,
                    const std::string& note) {
  v1::PaymentStatusChanged event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;
  event.set_note(note);
  mq::publish(tx, ctx, event, about_payment(after.id(), after.version(), people));
  keep_version(tx, ctx.caller.actor(), "status_changed", note, before, after);
  const char* action = moved_action(before.status(), after.status());
  tx.after_commit([action] { count(action); });
}

awaitable<std::vector<v1::PaymentVersion>> list_versions(pg::Transaction& tx,
                                                         const std::string& payment_id) {
  const auto rows = co_await tx.query(
      R"sql(
      SELECT v.version, v.at, v.actor_id, u.full_name AS actor_name, v.action, v.note, v.changes
        FROM payment_versions v
        LEFT JOIN users u ON u.id::text = v.actor_id
       WHERE v.payment_id = $1
       ORDER BY v.version DESC
       LIMIT $2)sql",
      payment_id, kMaxVersions);
  std::vector<v1::PaymentVersion> versions;
  for (const auto& row : rows) versions.push_back(row.to<v1::PaymentVersion>());
  co_return versions;
}

}  // namespace bordero::payments
