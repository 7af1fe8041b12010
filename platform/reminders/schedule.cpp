#include "platform/reminders/schedule.hpp"

#include "platform/base/env.hpp"
#include "platform/reminders/wall_clock.hpp"

namespace bordero::reminders {

std::chrono::minutes time_setting() {
  const auto time = wall_clock::parse(env::text("BORDERO_REMINDERS_AT", "09:00"));
  if (!time) throw env::BadSetting("BORDERO_REMINDERS_AT is a time of day, e.g. 09:00");
  return *time;
}

Date last_due_day(Instant now, std::chrono::minutes at) {
  const Date today = clock::date_of(now);
  return wall_clock::instant_at(today, at) <= now ? today : today.plus_days(-1);
}

Window window_at(Instant now, std::chrono::minutes at, std::optional<Date> done) {
  const Date last = last_due_day(now, at);
  const bool in_step = done && (*done == last || done->plus_days(1) == last);
  if (in_step) return {last.plus_days(-1), last};
  return {clock::date_of(now).plus_days(-kCatchUpDays), last};
}

}  // namespace bordero::reminders
