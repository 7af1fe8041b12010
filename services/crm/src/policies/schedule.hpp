#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <optional>
#include <set>
#include <string>

#include "bordero/crm/v1/policies.pb.h"
#include "services/crm/src/policies/policy.hpp"

namespace bordero::crm {

using Schedule = google::protobuf::RepeatedPtrField<v1::Instalment>;

// The wanted schedule by date and numbered, with the ids of `before` kept: an instalment names its
// id, or is known by its date; the others are new.
Result<Schedule> continue_schedule(const Schedule& before, const Schedule& wanted);
// Instalments whose premium was received stay as they are.
Result<void> keeps_received(const Schedule& before, const Schedule& after,
                            const std::set<std::string>& received_ids);
// A premium in equal parts of whole units, paid from the first day on, the same day of each month
// where the time has as many; the last part takes the remainder. Nothing for a premium of nothing.
Schedule split_premium(const common::v1::Money& premium, int count, const Span& span);
// The first that is due that day or later, while the policy is in force.
std::optional<v1::Instalment> next_instalment(const v1::Policy& policy, Date today);
// The schedule of the policy that continues one of this span, with new ids.
Schedule moved_schedule(const Schedule& schedule, const Span& span);

}  // namespace bordero::crm
