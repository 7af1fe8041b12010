#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/policies.pb.h"
#include "bordero/payments/v1/payments.pb.h"
#include "platform/base/clock.hpp"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"

namespace bordero::payments {

// What the rules need to know about a payment; the full view is v1::Payment.
struct Payment {
  v1::PaymentType type = v1::PAYMENT_TYPE_CLIENT_PREMIUM;
  v1::PaymentStatus status = v1::PAYMENT_STATUS_PLANNED;
  bool voided = false;
  Date planned_on = {};
};

// Who asks, as far as payments tell people apart.
struct Hand {
  bool writes = false;    // May change payments of this deal.
  bool confirms = false;  // Says whether money has arrived: finance and admins.
};

// What somebody asks a payment to become.
struct Move {
  v1::PaymentStatus to = v1::PAYMENT_STATUS_UNSPECIFIED;
  std::string actual_date = {};
  std::string note = {};
};

// One step at a time; a step back needs a note; `received` needs the day the money came. Refusals
// list where this hand may move it.
Result<void> may_move(const Payment& payment, const Hand& hand, const Move& move, Date today);
// Where the hand may move it now, a date or note provided.
std::vector<v1::PaymentStatus> allowed_moves(const Payment& payment, const Hand& hand);

// Whether its fields may change at all: until money arrived by who writes, later by who confirms.
Result<void> may_change(const Payment& payment, const Hand& hand);
// A premium's amount comes from the schedule of its policy; a settled amount needs a note.
Result<void> may_change_amount(const Payment& payment, const std::string& note);
// Before it is received, with a reason.
Result<void> may_void(const Payment& payment, const Hand& hand);

bool is_overdue(const Payment& payment, Date today);
// Whose move it is: client, insurer, agent or finance; empty when it is nobody's.
const char* waiting_on(const Payment& payment, crm::v1::PaymentRoute route);

bool is_blank(const std::string& text);

}  // namespace bordero::payments
