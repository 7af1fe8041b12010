#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bordero/payments/v1/payments.pb.h"
#include "platform/pg/database.hpp"
#include "platform/policy/policy.hpp"
#include "services/payments/src/payments/payment.hpp"
#include "services/payments/src/plan/plan.hpp"

namespace bordero::payments {

// A payment, and how the caller relates to its deal.
struct SeenPayment {
  v1::Payment view;
  crm::v1::PaymentRoute route = crm::v1::PAYMENT_ROUTE_DIRECT;
  policy::Relation relation;
};
using SeenPayments = std::map<std::string, SeenPayment>;  // By id.

// As the database writes it, whatever case it came in.
std::string plain_id(const std::string& id);
Payment rule_view(const v1::Payment& view);
// What a payment's row says with the columns of kPaymentColumns and kPaymentJoins; the derived
// fields too.
SeenPayment seen_of(const pg::Row& row);
// Over `payments p`.
extern const char* const kPaymentColumns;
extern const char* const kPaymentJoins;

awaitable<SeenPayments> view_payments(pg::Transaction& tx, const std::vector<std::string>& ids,
                                      const Caller& caller);
// Holds the rows until the transaction ends, in the order of their ids, then reads them.
awaitable<SeenPayments> lock_payments(pg::Transaction& tx, const std::vector<std::string>& ids,
                                      const Caller& caller);
// The one payment, if the caller may see it: not when it belongs to one of the `hidden` deals.
awaitable<Result<SeenPayment>> find_payment(pg::Transaction& tx, const std::string& id,
                                            const Caller& caller,
                                            const std::vector<std::string>& hidden);
awaitable<Result<SeenPayment>> lock_payment(pg::Transaction& tx, const std::string& id,
                                            const Caller& caller,
                                            const std::vector<std::string>& hidden);
Result<void> may_see(const SeenPayments& seen, const std::string& id, const Caller& caller,
                     const std::vector<std::string>& hidden);

// Payments that the schedule made and that are not voided; holds their rows.
awaitable<std::vector<Existing>> lock_planned(pg::Transaction& tx, const std::string& policy_id);

struct Computed {  // Of a payment that the schedule made.
  std::string instalment_id;
  std::int64_t minor = 0;
  std::string on;
  std::string basis;  // JSON of v1::Basis.
};
// Queued.
void insert_payment(pg::Transaction& tx, const v1::Payment& payment,
                    const std::optional<Computed>& computed);
void save_payment(pg::Transaction& tx, const v1::Payment& payment);
// Date and amount, with what they were computed as now.
void save_replanned(pg::Transaction& tx, const v1::Payment& payment, const Computed& computed);
// What payments copy from their policy follows it; no version comes of that.
void follow_policy(pg::Transaction& tx, const crm::v1::Policy& policy);

awaitable<std::vector<std::string>> next_payment_numbers(pg::Transaction& tx, int year, int count);

}  // namespace bordero::payments
