#include "services/crm/src/policies/schedule.hpp"

#include <algorithm>
#include <tuple>

#include "platform/base/months.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::crm {
namespace {

constexpr std::int64_t kUnit = 100;

const v1::Instalment* with_id(const Schedule& schedule, const std::string& id) {
  for (const auto& one : schedule) {
    if (one.id() == id) return &one;
  }
  return nullptr;
}

// An instalment of this date that nobody took yet.
const v1::Instalment* on_date(const Schedule& schedule, const std::string& due_on,
                              const std::set<std::string>& taken) {
  for (const auto& one : schedule) {
    if (one.due_on() == due_on && !taken.contains(one.id())) return &one;
  }
  return nullptr;
}

void put_in_order(Schedule& schedule) {
  // Ids grow with time, so those of one day keep the order they were made in.
  std::sort(schedule.begin(), schedule.end(),
            [](const v1::Instalment& one, const v1::Instalment& other) {
              return std::tie(one.due_on(), one.id()) < std::tie(other.due_on(), other.id());
            });
  int number = 0;
  for (auto& one : schedule) one.set_number(++number);
}

// Of `count` parts the one with this index, from 0: on the same day of a month where the time has
// as many months, and else days apart.
Date due_day(const Span& span, int index, int count) {
  const Date until = span.to.plus_days(1);
  int months = months_between(span.from, until);
  if (const auto whole = whole_months(span.from, until)) {
    months = *whole;
  } else if (plus_months(span.from, months) < until) {
    ++months;  // One that has begun.
  }
  if (months >= count) return plus_months(span.from, months * index / count);
  const auto days = static_cast<int>((until.day - span.from.day).count());
  return span.from.plus_days(days * index / count);
}

}  // namespace

Result<Schedule> continue_schedule(const Schedule& before, const Schedule& wanted) {
  Schedule after = wanted;
  std::set<std::string> taken;
  for (int i = 0; i < after.size(); ++i) {
    const std::string& id = after[i].id();
    if (id.empty()) continue;
    const std::string field = "instalments[" + std::to_string(i) + "].id";
    if (with_id(before, id) == nullptr) return invalid_field(field, "unknown_instalment");
    if (!taken.insert(id).second) return invalid_field(field, "repeated");
  }
  for (auto& one : after) {
    if (!one.id().empty()) continue;
    const auto* known = on_date(before, one.due_on(), taken);
    one.set_id(known != nullptr ? known->id() : Uuid::v7().str());
    taken.insert(one.id());
  }
  put_in_order(after);
  return after;
}

Result<void> keeps_received(const Schedule& before, const Schedule& after,
                            const std::set<std::string>& received_ids) {
  for (const auto& id : received_ids) {
    const auto* was = with_id(before, id);
    if (was == nullptr) continue;
    const auto* is = with_id(after, id);
    const bool same = is != nullptr && is->due_on() == was->due_on() &&
                      is->amount().amount_minor() == was->amount().amount_minor() &&
                      is->amount().currency() == was->amount().currency();
    if (same) continue;
    Error kept = refused("instalment_received");
    kept.fields.push_back(
        {"instalments", "received_stays", "number " + std::to_string(was->number())});
    return kept;
  }
  return {};
}

Schedule split_premium(const common::v1::Money& premium, int count, const Span& span) {
  Schedule schedule;
  if (premium.amount_minor() <= 0) return schedule;
  const std::int64_t part = premium.amount_minor() / count / kUnit * kUnit;
  if (part == 0) count = 1;
  for (int i = 0; i < count; ++i) {
    auto& one = *schedule.Add();
    one.set_id(Uuid::v7().str());
    one.set_number(i + 1);
    one.set_due_on(due_day(span, i, count).str());
    *one.mutable_amount() = premium;
    const bool last = i + 1 == count;
    one.mutable_amount()->set_amount_minor(last ? premium.amount_minor() - part * i : part);
  }
  return schedule;
}

std::optional<v1::Instalment> next_instalment(const v1::Policy& policy, Date today) {
  const bool in_force = policy.status() == v1::POLICY_STATUS_ACTIVE ||
                        policy.status() == v1::POLICY_STATUS_RENEWAL_PENDING;
  if (!in_force) return std::nullopt;
  for (const auto& one : policy.instalments()) {
    if (one.due_on() >= today.str()) return one;
  }
  return std::nullopt;
}

Schedule moved_schedule(const Schedule& schedule, const Span& span) {
  Schedule moved = schedule;
  for (auto& one : moved) {
    const auto due_on = Date::parse(one.due_on());
    ensure(due_on.has_value(), "an instalment has a date");
    one.set_id(Uuid::v7().str());
    one.set_due_on(moved_with(span, *due_on).str());
  }
  return moved;
}

}  // namespace bordero::crm
