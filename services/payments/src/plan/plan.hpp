#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/policies.pb.h"
#include "bordero/payments/v1/payments.pb.h"
#include "platform/base/clock.hpp"
#include "services/payments/src/commission/shares.hpp"

namespace bordero::payments {

// One line of a policy's schedule.
struct Line {
  std::string instalment_id;
  int number = 0;
  Date due_on = {};
  std::int64_t minor = 0;
};

// What planning needs to know about a policy.
struct Schedule {
  std::vector<Line> lines;
  // Terms of the commission; none: no commission is planned.
  std::optional<Terms> terms = {};
  int payout_days = 0;
  // A policy that ended early: what was due after this day will never come.
  std::optional<Date> ended_on = {};
};

// A payment that ought to be there.
struct Wanted {
  v1::PaymentType type = v1::PAYMENT_TYPE_CLIENT_PREMIUM;
  Line line = {};
  Date planned_on = {};
  std::int64_t minor = 0;

  auto key() const { return std::pair(line.instalment_id, type); }
};
// One premium an instalment, and one commission a premium where its share is not nothing.
std::vector<Wanted> wanted_payments(const Schedule& schedule);

// A planned payment that is there and not voided.
struct Existing {
  std::string id;
  v1::PaymentType type = v1::PAYMENT_TYPE_CLIENT_PREMIUM;
  std::string instalment_id;
  v1::PaymentStatus status = v1::PAYMENT_STATUS_PLANNED;
  // What was computed when it was planned last; people may have changed it since.
  std::int64_t computed_minor = 0;
  Date computed_on = {};

  auto key() const { return std::pair(instalment_id, type); }
};

// How what is there becomes what is wanted. Received payments stay as they are.
struct Replan {
  struct Change {
    std::string id;
    Wanted wanted;
    bool new_amount = false;
    bool new_date = false;
  };
  struct Dropped {
    std::string id;
    const char* reason;  // Stable: instalment_dropped, policy_ended or commission_dropped.
  };
  std::vector<Wanted> add;
  std::vector<Change> change;
  std::vector<Dropped> drop;
};
// Amount and date follow only where what they were computed as changed, so that what people set by
// hand stays.
Replan replan(const Schedule& schedule, const std::vector<Existing>& existing);

// Whether money of the payment has arrived, so that planning leaves it alone.
bool is_settled(v1::PaymentStatus status);

}  // namespace bordero::payments
