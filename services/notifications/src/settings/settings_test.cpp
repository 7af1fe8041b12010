#include "services/notifications/src/settings/settings.hpp"

#include <gtest/gtest.h>

namespace bordero::notifications {
namespace {

v1::NotificationSettings quiet(const char* from, const char* to) {
  v1::NotificationSettings settings = default_settings();
  settings.set_quiet_from(from);
  settings.set_quiet_to(to);
  return settings;
}
// Moscow is three hours ahead.
std::string until(const v1::NotificationSettings& settings, const char* now) {
  const auto end = quiet_until(settings, *parse_instant(now));
  return end ? instant_text(*end).substr(0, 16) : "";
}

TEST(QuietHours, SpanMidnight) {
  const auto night = quiet("22:00", "08:00");

  EXPECT_EQ(until(night, "2026-11-23T18:59:59Z"), "");
  EXPECT_EQ(until(night, "2026-11-23T19:00:00Z"), "2026-11-24T05:00");
  EXPECT_EQ(until(night, "2026-11-23T23:00:00Z"), "2026-11-24T05:00");
  EXPECT_EQ(until(night, "2026-11-24T05:00:00Z"), "");
}

TEST(QuietHours, MayLieWithinADay) {
  const auto lunch = quiet("13:00", "14:00");

  EXPECT_EQ(until(lunch, "2026-11-23T09:59:00Z"), "");
  EXPECT_EQ(until(lunch, "2026-11-23T10:30:00Z"), "2026-11-23T11:00");
  EXPECT_EQ(until(lunch, "2026-11-23T11:00:00Z"), "");
}

TEST(QuietHours, AreNoneByDefault) {
  EXPECT_EQ(until(default_settings(), "2026-11-23T23:00:00Z"), "");
}

}  // namespace
}  // namespace bordero::notifications
