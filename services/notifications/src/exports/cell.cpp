#include "services/notifications/src/exports/cell.hpp"

#include "platform/reminders/wall_clock.hpp"

namespace bordero::notifications {
namespace {

std::string two_digits(int number) {
  std::string text = number < 10 ? "0" : "";
  return text + std::to_string(number);
}

}  // namespace

std::string time_text(const Moment& moment) {
  return two_digits(moment.second / 3600) + ":" + two_digits(moment.second / 60 % 60) + ":" +
         two_digits(moment.second % 60);
}

Moment moment_of(Instant instant) {
  using std::chrono::seconds;
  const auto minutes = wall_clock::time_of_day(instant);
  const auto since_epoch = std::chrono::floor<seconds>(instant.time_since_epoch());
  const int in_minute = static_cast<int>(((since_epoch.count() % 60) + 60) % 60);
  return {.day = clock::date_of(instant),
          .second = static_cast<int>(seconds(minutes).count()) + in_minute};
}

}  // namespace bordero::notifications
