#include "services/tasks/src/parse/task_line.hpp"

#include <array>
#include <utility>

#include "services/tasks/src/parse/date_words.hpp"
#include "services/tasks/src/parse/recurrence_words.hpp"
#include "services/tasks/src/parse/time_words.hpp"

namespace bordero::tasks {
namespace {

v1::TaskPriority priority_of(std::string_view word) {
  using enum v1::TaskPriority;
  static constexpr std::array<std::pair<std::string_view, v1::TaskPriority>, 14> kWords = {{
      {"!", TASK_PRIORITY_HIGH},
      {"!!", TASK_PRIORITY_HIGH},
      {"!!!", TASK_PRIORITY_HIGH},
      {"!важно", TASK_PRIORITY_HIGH},
      {"!срочно", TASK_PRIORITY_HIGH},
      {"!высокий", TASK_PRIORITY_HIGH},
      {"!important", TASK_PRIORITY_HIGH},
      {"!urgent", TASK_PRIORITY_HIGH},
      {"!high", TASK_PRIORITY_HIGH},
      {"!обычный", TASK_PRIORITY_NORMAL},
      {"!normal", TASK_PRIORITY_NORMAL},
      {"!низкий", TASK_PRIORITY_LOW},
      {"!неважно", TASK_PRIORITY_LOW},
      {"!low", TASK_PRIORITY_LOW},
  }};
  for (const auto& [text, priority] : kWords) {
    if (text == word) return priority;
  }
  return TASK_PRIORITY_UNSPECIFIED;
}

bool is_deal_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789-") == std::string_view::npos &&
         text.front() != '-';
}

// Reads one line, word by word from its beginning.
class Reader {
 public:
  Reader(std::string_view line, Date today) : words_(words_of(line)), today_(today) {}

  TaskLine read() {
    while (at_ < words_.size()) {
      if (!read_mark() && !read_recurrence() && !read_when()) keep_word();
    }
    if (read_.subject.empty()) problem("subject_missing", {});
    if (!read_.date) read_.date = first_date_;
    return std::move(read_);
  }

 private:
  std::string_view word() const { return word_at(words_, at_); }

  void problem(const char* code, std::string text, std::vector<Date> dates = {}) {
    read_.problems.push_back({code, std::move(text), std::move(dates)});
  }

  std::string text_of(std::size_t count) const {
    std::string text;
    for (std::size_t i = at_; i < at_ + count; ++i) {
      if (!text.empty()) text.push_back(' ');
      text += words_[i].text;
    }
    return text;
  }

  void take(const char* kind, std::size_t count) {
    read_.pieces.push_back({words_[at_].from, words_[at_ + count - 1].to, kind});
    at_ += count;
  }

  void keep_word() {
    if (!read_.subject.empty()) read_.subject.push_back(' ');
    read_.subject += words_[at_++].text;
  }

  // @who, #deal, !priority.
  bool read_mark() {
    if (word().size() > 1 && word().front() == '@') {
      set_text(read_.mention, "two_assignees", "assignee");
      return true;
    }
    if (word().front() == '#' && is_deal_number(word().substr(1))) {
      set_text(read_.deal_number, "two_deals", "deal");
      return true;
    }
    const auto priority = priority_of(word());
    if (priority == v1::TASK_PRIORITY_UNSPECIFIED) return false;
    read_.priority = priority;
    take("priority", 1);
    return true;
  }

  void set_text(std::string& target, const char* twice, const char* kind) {
    const std::string value(word().substr(1));
    if (!target.empty() && target != value) problem(twice, text_of(1));
    if (target.empty()) target = value;
    take(kind, 1);
  }

  bool read_recurrence() {
    auto found = recurrence_of(words_, at_, today_);
    if (!found) return false;
    read_.recurrence = std::move(found->recurrence);
    first_date_ = found->first;
    take("recurrence", found->words);
    return true;
  }

  bool read_when() {
    const std::size_t skipped = is_preposition(word()) ? 1 : 0;
    if (const auto date = read_date(words_, at_ + skipped, today_)) {
      set_date(*date, skipped);
      return true;
    }
    const auto time = read_time(words_, at_ + skipped, skipped > 0);
    if (!time) return false;
    const std::size_t count = time->words + skipped;
    if (!time->minutes) {
      problem("no_such_time", text_of(count));
    } else if (read_.minutes && read_.minutes != time->minutes) {
      problem("two_times", text_of(count));
    } else {
      read_.minutes = time->minutes;
    }
    take("time", count);
    return true;
  }

  void set_date(const ReadDate& date, std::size_t skipped) {
    const std::size_t count = date.words + skipped;
    if (date.dates.empty()) {
      problem("no_such_date", text_of(count));
    } else if (read_.date && read_.date != date.dates.front()) {
      problem("two_dates", text_of(count), {*read_.date, date.dates.front()});
    } else {
      read_.date = date.dates.front();
      if (date.dates.size() > 1) problem("date_ambiguous", text_of(count), date.dates);
    }
    take("date", count);
  }

  LineWords words_;
  Date today_;
  std::size_t at_ = 0;
  TaskLine read_;
  std::optional<Date> first_date_;  // Of the recurrence, when no other date is named.
};

}  // namespace

TaskLine parse_task_line(std::string_view line, Date today, int minutes_now) {
  TaskLine read = Reader(line, today).read();
  if (!read.date && read.minutes) {
    read.date = today.plus_days(*read.minutes > minutes_now ? 0 : 1);
  }
  return read;
}

}  // namespace bordero::tasks
