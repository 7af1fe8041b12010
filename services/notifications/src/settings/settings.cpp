#include "services/notifications/src/settings/settings.hpp"

#include "platform/reminders/wall_clock.hpp"

namespace bordero::notifications {
namespace {

Result<std::string> time_or_nothing(const std::string& text, const char* field) {
  if (!text.empty() && !wall_clock::parse(text)) return invalid_field(field, "not_a_time");
  return text;
}

}  // namespace

v1::NotificationSettings default_settings() {
  v1::NotificationSettings settings;
  settings.set_digest(true);
  settings.set_digest_at("08:30");
  return settings;
}

Result<v1::NotificationSettings> patch(v1::NotificationSettings settings,
                                       const v1::UpdateNotificationSettingsRequest& request) {
  for (const std::string& path : request.update_mask().paths()) {
    if (path == "quiet_from") {
      settings.set_quiet_from(TRY(time_or_nothing(request.quiet_from(), "quiet_from")));
    } else if (path == "quiet_to") {
      settings.set_quiet_to(TRY(time_or_nothing(request.quiet_to(), "quiet_to")));
    } else if (path == "digest") {
      settings.set_digest(request.digest());
    } else if (path == "digest_at") {
      if (request.digest_at().empty()) return invalid_field("digest_at", "required");
      settings.set_digest_at(TRY(time_or_nothing(request.digest_at(), "digest_at")));
    } else {
      return invalid_field(path, "cannot_be_set");
    }
  }
  const bool from = !settings.quiet_from().empty();
  const bool to = !settings.quiet_to().empty();
  if (from != to) return invalid_field(from ? "quiet_to" : "quiet_from", "both_or_none");
  if (from && settings.quiet_from() == settings.quiet_to()) {
    return invalid_field("quiet_to", "same_as_quiet_from");
  }
  return settings;
}

std::optional<Instant> quiet_until(const v1::NotificationSettings& settings, Instant now) {
  const auto from = wall_clock::parse(settings.quiet_from());
  const auto to = wall_clock::parse(settings.quiet_to());
  if (!from || !to) return std::nullopt;
  const auto time = wall_clock::time_of_day(now);
  const Date today = clock::date_of(now);
  if (*from < *to) {
    if (time < *from || time >= *to) return std::nullopt;
    return wall_clock::instant_at(today, *to);
  }
  if (time >= *from) return wall_clock::instant_at(today.plus_days(1), *to);
  if (time < *to) return wall_clock::instant_at(today, *to);
  return std::nullopt;
}

}  // namespace bordero::notifications
