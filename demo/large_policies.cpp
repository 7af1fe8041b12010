#include <algorithm>
#include <array>
#include <string_view>

#include "demo/large_book.hpp"
#include "demo/lines.hpp"
#include "platform/base/money.hpp"

// The policies and payments of the book. Four policies stand in three deals: two alone, and a
// chain of a predecessor and its successor.
namespace bordero::large {
namespace {

constexpr unsigned kPoliciesOfThreeDeals = 4;
constexpr unsigned kPaymentsAtMost = 8;  // Of one policy.
constexpr int kFarthestEnd = 340;        // Days from today.
constexpr int kEnds = 2'433;             // Days over which the ends are spread.
constexpr int kLapsedAfter = 25;         // Days without renewal, then a policy is closed.
constexpr int kPassedOnAfterDays = 12;
constexpr int kPayoutDays = 30;
// With what people add below, sixteen payments for four policies.
constexpr std::array kInstalments = {1, 2, 1, 3};

Dice dice_of(unsigned policy) { return Dice(std::uint64_t{policy} * 16 + 9); }

// What the rules of the demo agency give where a line has no rate of its own.
const char* rate_of(const demo::Line& line) {
  if (*line.rate != '\0') return line.rate;
  return std::string_view(line.product) == "ns" ? "25" : "8";
}
int permille_of(std::string_view rate) {
  const auto point = rate.find('.');
  const int whole = std::stoi(std::string(rate.substr(0, point)));
  return whole * 10 + (point == std::string_view::npos ? 0 : rate[point + 1] - '0');
}

std::int64_t rounded_share(std::int64_t minor, int permille) {
  return (minor * permille + 500) / 1'000;
}

Policy policy_of(unsigned number, const demo::Line& line, Date ends_on, Date today) {
  static constexpr std::array<const char*, 3> kRoutes = {"gross", "direct", "net"};
  Dice dice = dice_of(number);
  Policy policy;
  policy.number = number;
  policy.id = seed_id(kPolicyFamily, number + 1);
  policy.to = ends_on;
  policy.from = ends_on.plus_days(-364);
  policy.insurer = dice.pick(line.insurers);
  policy.insurer_id = seed_id(0xe1, static_cast<unsigned>(policy.insurer));
  policy.insurer_name = demo::kInsurerNames[static_cast<std::size_t>(policy.insurer - 1)];
  policy.product = line.product;
  char code[48];
  std::snprintf(code, sizeof code, "%s-%02d-%07u", line.code, policy.from.year() % 100,
                1'000'000 + number);
  policy.code = code;
  const int rubles =
      line.premium_low + static_cast<int>(std::int64_t{line.premium_high - line.premium_low} *
                                          dice.below(1'000) / 1'000);
  policy.premium_minor = std::int64_t{rubles} * 100;
  policy.coverage_minor = policy.premium_minor * line.coverage_times;
  policy.route = dice.pick(kRoutes);
  policy.rate = rate_of(line);
  policy.rate_permille = permille_of(policy.rate);
  const bool ended_long_ago = ends_on <= today.plus_days(-kLapsedAfter);
  policy.status = ended_long_ago                   ? "closed"
                  : ends_on <= today.plus_days(30) ? "renewal_pending"
                                                   : "active";
  const int count = kInstalments[number % kPoliciesOfThreeDeals];
  const std::int64_t part = policy.premium_minor / count / 100 * 100;
  for (int i = 0; i < count; ++i) {
    const bool last = i + 1 == count;
    policy.instalments.push_back(
        {seed_id(kInstalmentFamily, number * 4 + static_cast<unsigned>(i) + 1),
         policy.from.plus_days(i * (360 / count)), last ? policy.premium_minor - part * i : part});
  }
  return policy;
}

// How far a payment has come by today: most of what was due is there, some is late.
const char* status_of(Dice& dice, const Payment& payment, const Policy& policy, Date today) {
  const auto late = (today.day - payment.planned_on.day).count();
  const int share = dice.below(100);
  if (policy.in_force()) {
    if (late < -7) return "planned";
    if (late < 0) return share < 40 ? "expected" : "planned";
    if (late == 0) return share < 70 ? "expected" : "received";
    if (late < 30 && share < 22) return "expected";
    if (late < 90 && share < 3) return "planned";
  }
  const bool passes_on = payment.type != "client_premium" || policy.route != "direct";
  return passes_on && late > kPassedOnAfterDays ? "paid_out" : "received";
}

}  // namespace

std::int64_t Policy::commission_minor() const {
  return rounded_share(premium_minor, rate_permille);
}

std::string money_json(std::int64_t minor) {
  return R"({"amount":")" + amount_text(minor) + R"(","currency":"RUB"})";
}

std::string instalments_json(const Policy& policy) {
  std::string json = "[";
  int number = 0;
  for (const Instalment& one : policy.instalments) {
    if (number > 0) json += ",";
    json += R"({"id":")" + one.id + R"(","number":)" + std::to_string(++number) + R"(,"due_on":")" +
            one.due_on.str() + R"(","amount":)" + money_json(one.minor) + "}";
  }
  return json + "]";
}

unsigned last_payment_number(const SeedOptions& size) {
  return kFirstNumber + static_cast<unsigned>(size.policies) * kPaymentsAtMost;
}

std::vector<Policy> Book::policies_of(const Deal& deal) const {
  const std::uint64_t index = deal.number - 1;
  const std::uint64_t holder = (index * holders_ + deals_ - 1) / deals_;
  if (holder >= holders_ || holder * deals_ / holders_ != index) return {};
  const auto first = static_cast<unsigned>(holder / 3 * kPoliciesOfThreeDeals + holder % 3);
  const bool chained = holder % 3 == 2 && first + 1 < policies_;
  const demo::Line& line = demo::kLines[deal.line];
  Dice dice = dice_of(first + (chained ? 1 : 0));
  const Date ends_on = today_.plus_days(kFarthestEnd - static_cast<int>(dice.next() % kEnds));

  std::vector<Policy> policies;
  if (!chained) {
    policies.push_back(policy_of(first, line, ends_on, today_));
    return policies;
  }
  policies.push_back(policy_of(first, line, ends_on.plus_days(-365), today_));
  policies.push_back(policy_of(first + 1, line, ends_on, today_));
  policies[0].successor_id = policies[1].id;
  policies[1].predecessor_id = policies[0].id;
  return policies;
}

void Book::add_payments(DealFile& file, std::size_t index) const {
  const Policy& policy = file.policies[index];
  const Deal& deal = file.deal;
  Dice dice = dice_of(policy.number + 0x40000000U);
  unsigned ordinal = 0;
  const auto add = [&](const char* type, Date planned_on, std::int64_t minor, int instalment) {
    const unsigned number = policy.number * kPaymentsAtMost + ++ordinal;
    Payment payment;
    payment.id = seed_id(kPaymentFamily, number);
    char code[32];
    std::snprintf(code, sizeof code, "%d-%06u", policy.from.year(), kFirstNumber + number);
    payment.code = code;
    payment.policy = index;
    payment.instalment = instalment;
    payment.type = type;
    payment.planned_on = planned_on;
    payment.minor = minor;
    payment.status = status_of(dice, payment, policy, today_);
    if (!payment.open()) {
      payment.actual_on = std::min(planned_on.plus_days(dice.below(4)), today_);
      payment.confirmed_by =
          deal.controller_id.empty() ? dice.pick(controllers_) : deal.controller_id;
    }
    if (payment.type == "executor_fee") {
      payment.payee_id = deal.executor_id.empty() ? deal.lead_id : deal.executor_id;
    }
    file.payments.push_back(std::move(payment));
  };
  std::int64_t left = policy.commission_minor();
  const int count = static_cast<int>(policy.instalments.size());
  for (int i = 0; i < count; ++i) {
    const Instalment& one = policy.instalments[static_cast<std::size_t>(i)];
    const std::int64_t share =
        i + 1 == count ? left : std::min(left, rounded_share(one.minor, policy.rate_permille));
    left -= share;
    add("client_premium", one.due_on, one.minor, i);
    add("commission_income", one.due_on.plus_days(kPayoutDays), share, i);
  }
  const Date later = policy.from.plus_days(kPayoutDays + 5);
  const std::int64_t tenth = std::max<std::int64_t>(policy.commission_minor() / 10, 1);
  if (policy.number % kPoliciesOfThreeDeals == 0) add("executor_fee", later, tenth, -1);
  if (policy.number % kPoliciesOfThreeDeals == 1) add("client_discount", policy.from, tenth, -1);
}

}  // namespace bordero::large
