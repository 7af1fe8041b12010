#include "platform/reminders/reminder_rpc.hpp"

#include <absl/strings/numbers.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "platform/lists/page_token.hpp"
#include "platform/reminders/rule_sql.hpp"

namespace bordero::reminders {
namespace {

constexpr int kDays = 30;
constexpr int kPageSize = 50;

using common::v1::ListRemindersReply;
using common::v1::ListRemindersRequest;
using common::v1::Reminder;

Result<Window> window_of(const ListRemindersRequest& request) {
  const Date today = clock::today();
  const Window window{today, today.plus_days(request.days() == 0 ? kDays : request.days())};
  if (request.on().empty()) return window;
  const auto day = Date::parse(request.on());
  if (!day || *day < window.from || *day > window.to) {
    return invalid_field("on", "outside_the_window");
  }
  return Window{*day, *day};
}

// Tells the lists of different questions apart.
std::string digest_of(const ListRemindersRequest& request) {
  return lists::short_digest(name_of(request.rule()) + "/" + request.on());
}

bool is_number(const pg::Param& text) {
  int number = 0;
  return text && absl::SimpleAtoi(*text, &number);
}

Result<Place> place_of(const ListRemindersRequest& request) {
  if (request.page_token().empty()) return Place{};
  if (request.rule() == common::v1::REMINDER_RULE_UNSPECIFIED) {
    return invalid_field("page_token", "needs_rule");
  }
  const auto token = lists::PageToken::decode(request.page_token());
  const bool ours = token && token->digest == digest_of(request) && token->keys.size() == 3 &&
                    Date::parse(token->keys[0].value_or("")) && is_number(token->keys[1]) &&
                    Uuid::parse(token->keys[2].value_or(""));
  if (!ours) return invalid_field("page_token", "of_another_list");
  return Place{*token->keys[0], std::stoi(*token->keys[1]), *token->keys[2]};
}

std::string token_after(const ListRemindersRequest& request, const Reminder& last) {
  lists::PageToken token;
  token.digest = digest_of(request);
  token.keys = {last.fires_on(), pg::to_param(last.offset_days()), last.subject_id()};
  return token.encode();
}

// The days, counted from a place, that are full enough for a page: what lies behind them is not
// read. How much of the place's own day is left is not known.
Window days_of_page(const Window& window, const Place& place, const ListRemindersReply& reply,
                    int page_size) {
  Window days = window;
  const auto first = Date::parse(place.on);
  if (first) days.from = std::max(days.from, *first);
  std::map<std::string, int> by_day;
  for (const auto& one : reply.counts()) by_day[one.fires_on()] += one.count();
  int found = 0;
  for (const auto& [day, count] : by_day) {
    if (day <= place.on) continue;
    found += count;
    if (found > page_size) {
      days.to = *Date::parse(day);
      break;
    }
  }
  return days;
}

bool sooner(const Reminder& a, const Reminder& b) {
  return std::forward_as_tuple(a.fires_on(), a.offset_days(), a.subject_id()) <
         std::forward_as_tuple(b.fires_on(), b.offset_days(), b.subject_id());
}

// The first of all parts together; the token only where they are of one rule.
void add_page(ListRemindersReply& reply, std::vector<Reminder> found,
              const ListRemindersRequest& request, int page_size) {
  std::sort(found.begin(), found.end(), sooner);
  const bool more = found.size() > static_cast<std::size_t>(page_size);
  if (more) found.resize(static_cast<std::size_t>(page_size));
  if (more && request.rule() != common::v1::REMINDER_RULE_UNSPECIFIED) {
    reply.set_next_page_token(token_after(request, found.back()));
  }
  for (Reminder& reminder : found) *reply.add_reminders() = std::move(reminder);
}

}  // namespace

awaitable<Result<ListRemindersReply>> ReminderRpc::list_reminders(
    Context& context, const ListRemindersRequest& request) {
  CO_TRY(const Window window, window_of(request));
  CO_TRY(const Place place, place_of(request));
  const int page_size = request.page_size() == 0 ? kPageSize : request.page_size();
  CO_TRY(auto tx, co_await db_.read(context));

  std::vector<Part> parts = parts_of(rules_);
  std::erase_if(parts, [&](const Part& part) {
    return request.rule() != common::v1::REMINDER_RULE_UNSPECIFIED &&
           request.rule() != part.rule->rule;
  });
  ListRemindersReply reply;
  std::vector<std::size_t> totals;
  for (const Part& part : parts) {
    Statement total = counts(part, window);
    totals.push_back(tx.prefetch_with(std::move(total.sql), std::move(total.params)));
  }
  for (const std::size_t ticket : totals) {
    const auto rows = co_await tx.rows_of(ticket);
    for (const pg::Row& row : rows) *reply.add_counts() = row.to<common::v1::ReminderCount>();
  }

  const Window days = days_of_page(window, place, reply, page_size);
  std::vector<std::size_t> pages;
  for (const Part& part : parts) {
    Statement list = page(part, days, place, page_size + 1);
    pages.push_back(tx.prefetch_with(std::move(list.sql), std::move(list.params)));
  }
  std::vector<Reminder> found;
  for (const std::size_t ticket : pages) {
    const auto rows = co_await tx.rows_of(ticket);
    for (const pg::Row& row : rows) found.push_back(row.to<Reminder>());
  }
  add_page(reply, std::move(found), request, page_size);
  co_return reply;
}

}  // namespace bordero::reminders
