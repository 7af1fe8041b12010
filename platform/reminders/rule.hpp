#pragma once

#include <string>
#include <vector>

#include "bordero/common/v1/reminders.pb.h"

namespace bordero::reminders {

// A rule of the clock and where its subjects are found.
struct Rule {
  common::v1::ReminderRule rule;
  std::string subject_type;  // payment, policy, amendment, task, deal.
  // Days from the base date, negative before it. Empty when each subject has offsets of its own.
  std::vector<int> offsets;
  // A SELECT of the subjects whose base date lies from $1 to $2 and whose state wants the reminder.
  // With offsets of their own, it is base_on + offset_days that lies from $1 to $2. Its columns:
  //   subject_id uuid, base_on date, [offset_days integer,]
  //   since timestamptz     when this date became known, by clock::now(), or NULL: what would have
  //                         fired on a day before it does not fire late;
  //   audience_ids uuid[]   who may see the subject besides `audience_roles`;
  //   recipient_ids uuid[]  who is told;
  //   and of a Reminder, as far as there is one: deal_id, policy_id, payment_id, title,
  //   client_name, task (jsonb of a ReminderTask).
  // An index on (base date, id) lets it be read in steps without sorting.
  std::string subjects;
  // The same subjects by subject_id, base_on [and offset_days] alone: what is counted, best from
  // indexes alone.
  std::string dates;
  std::vector<std::string> audience_roles = {"finance", "head", "admin"};
};

}  // namespace bordero::reminders
