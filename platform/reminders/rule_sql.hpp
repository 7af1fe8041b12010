#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/pg/row.hpp"
#include "platform/reminders/rule.hpp"
#include "platform/reminders/schedule.hpp"

// Statements over the subjects of a rule.
namespace bordero::reminders {

// A rule with one of its offsets, or with the offsets that the subjects have.
struct Part {
  const Rule* rule = nullptr;
  std::optional<int> offset;
};
std::vector<Part> parts_of(const std::vector<Rule>& rules);
std::string name_of(common::v1::ReminderRule rule);  // "payment_due".

struct Statement {
  std::string sql;
  std::vector<pg::Param> params;
};

// Where a batch or page ended; the beginning when default.
struct Place {
  std::string on = "-infinity";  // The base date of a batch, the firing day of a page.
  int offset_days = -100000;
  std::string subject_id = "00000000-0000-0000-0000-000000000000";
};

// Claims the next `limit` reminders of the window: columns of a Reminder, base_on, audience_ids,
// and `fires`, false for one that somebody else claimed at the same moment.
Statement claim(const Part& part, const Window& window, Instant now, const Place& after, int limit);

// The next `limit` of a window that begins today or later, by firing day: columns of a Reminder.
// Whatever fires from today on was known before.
Statement page(const Part& part, const Window& window, const Place& after, int limit);
// fires_on, rule, offset_days and count of all that such a window has.
Statement counts(const Part& part, const Window& window);

}  // namespace bordero::reminders
