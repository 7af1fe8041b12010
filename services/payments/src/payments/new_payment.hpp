#pragma once

#include <optional>

#include "bordero/crm/v1/policies.pb.h"
#include "bordero/payments/v1/payments.pb.h"
#include "platform/base/result.hpp"
#include "platform/projection/users.hpp"

namespace bordero::payments {

// A payment that a person adds to a policy in force, without its number; or the rule that forbids
// it. `payee` is the colleague that the request names, if there is such a one.
Result<v1::Payment> new_payment(const crm::v1::Policy& policy,
                                const v1::CreatePaymentRequest& request,
                                const std::optional<projection::User>& payee);
// A fee goes to an active colleague; other payments name none.
Result<void> check_payee(const v1::Payment& payment, const std::optional<projection::User>& payee);

}  // namespace bordero::payments
