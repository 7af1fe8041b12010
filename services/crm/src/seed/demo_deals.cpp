#include "services/crm/src/seed/demo_deals.hpp"

#include <algorithm>

#include "bordero/crm/v1/events.pb.h"
#include "demo/people.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/deals/deal_events.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/deals/new_deal.hpp"
#include "services/crm/src/journal/journal_store.hpp"

namespace bordero::crm {
namespace {

constexpr int kDeals = 180;
constexpr unsigned kDealFamily = 0xd1;
constexpr unsigned kEntryFamily = 0xa1;

struct Plan {
  v1::DealStatus status;
  int age_days;
  Team team;
};

std::string pick_person(Dice& dice, Role role) {
  std::vector<std::string_view> ids;
  for (const auto& person : demo::kPeople) {
    if (person.role == role) ids.push_back(person.id);
  }
  return std::string(dice.pick(ids));
}

// Most deals are led by who owns the client; what is being calculated has an executor.
Plan make_plan(Dice& dice, const v1::Client& client) {
  Plan plan;
  const int share = dice.below(100);
  plan.status = share < 35   ? v1::DEAL_STATUS_DRAFT
                : share < 80 ? v1::DEAL_STATUS_CALCULATION
                             : v1::DEAL_STATUS_CLOSED;
  plan.age_days = dice.between(2, plan.status == v1::DEAL_STATUS_DRAFT ? 30 : 140);
  const std::string lead = dice.chance(85) ? client.owner_id() : pick_person(dice, Role::agent);
  plan.team = {{lead, v1::MEMBER_FUNCTION_LEAD_AGENT}};
  if (plan.status != v1::DEAL_STATUS_DRAFT) {
    plan.team.push_back({pick_person(dice, Role::executor), v1::MEMBER_FUNCTION_EXECUTOR});
  }
  if (dice.chance(40)) {
    plan.team.push_back({pick_person(dice, Role::finance), v1::MEMBER_FUNCTION_FINANCE_CONTROLLER});
  }
  const std::string colleague = pick_person(dice, Role::agent);
  if (colleague != lead && dice.chance(12)) {
    plan.team.push_back({colleague, v1::MEMBER_FUNCTION_PARTICIPANT});
  }
  return plan;
}

// Days from today: overdue, today, tomorrow, this week, later.
int deadline_offset(Dice& dice) {
  const int share = dice.below(100);
  if (share < 15) return -dice.between(1, 12);
  if (share < 28) return 0;
  if (share < 38) return 1;
  if (share < 65) return dice.between(2, 7);
  return dice.between(8, 60);
}

void set_dates(Dice& dice, v1::Deal& deal, const Plan& plan) {
  const Date today = clock::today();
  deal.set_start_date(today.plus_days(-plan.age_days).str());
  const Date review = today.plus_days(deadline_offset(dice));
  if (dice.chance(75)) deal.set_next_review_at(review.str());
  if (dice.chance(50) || deal.next_review_at().empty()) {
    deal.set_expected_close_date(review.plus_days(dice.between(0, 30)).str());
  }
}

Context acting_as(const Context& ctx, const std::string& user_id) {
  Context acting = ctx;
  acting.caller = {.user_id = user_id, .role = Role::agent};
  return acting;
}

// Moves a draft along its way, as its lead did some days after making it.
awaitable<v1::Deal> move_on(pg::Transaction& tx, const Context& lead, Dice& dice, v1::Deal deal,
                            const Plan& plan) {
  const auto id = Id<Deal>{*Uuid::parse(deal.id())};
  for (const auto status : {v1::DEAL_STATUS_CALCULATION, v1::DEAL_STATUS_CLOSED}) {
    if (status > plan.status) break;
    v1::Deal wanted = deal;
    wanted.set_status(status);
    if (status == v1::DEAL_STATUS_CLOSED) wanted.set_lost_reason(closing_reason(dice));
    save_deal(tx, wanted);
    v1::Deal after = co_await view_deal(tx, id);
    announce_moved(tx, lead, deal, after);
    deal = std::move(after);
  }
  co_return deal;
}

awaitable<Result<void>> write_notes(pg::Transaction& tx, const Context& ctx, Dice& dice,
                                    const v1::Deal& deal, const Plan& plan, unsigned deal_number) {
  const int count = dice.between(0, 6);
  for (int i = 0; i < count; ++i) {
    const auto& author = dice.pick(plan.team).user_id;
    v1::JournalEntry entry;
    entry.set_id(seed_id(kEntryFamily, deal_number * 100 + static_cast<unsigned>(i)));
    entry.set_deal_id(deal.id());
    entry.set_author_id(author);
    entry.set_text(journal_note(dice));
    insert_entry(tx, entry);
    tx.execute(R"sql(
        UPDATE journal_entries SET created_at = now() - make_interval(days => $2, mins => $3)
         WHERE id = $1)sql",
               entry.id(), dice.below(plan.age_days), dice.below(600));
    CO_TRY(const auto id, parse_id<JournalEntry>(entry.id(), "id"));
    v1::JournalAdded event;
    *event.mutable_entry() = co_await view_entry(tx, id);
    const Context acting = acting_as(ctx, author);
    mq::publish(tx, acting, event, about("journal", entry.id(), 1, audience_of(deal)));
  }
  co_return Result<void>();
}

void backdate(pg::Transaction& tx, const v1::Deal& deal, int days) {
  tx.execute("UPDATE deals SET created_at = now() - make_interval(days => $2) WHERE id = $1",
             deal.id(), days);
  tx.execute(R"sql(
      UPDATE deal_events
         SET at = now() - make_interval(days => $2) +
                  CASE WHEN kind = 'created' THEN interval '0'
                       WHEN details->>'to' = 'calculation' THEN make_interval(days => $2) * 0.2
                       ELSE make_interval(days => $2) * 0.8 END
       WHERE deal_id = $1)sql",
             deal.id(), days);
  tx.execute(R"sql(
      UPDATE deals
         SET status_changed_at = (SELECT max(at) FROM deal_events WHERE deal_id = $1)
       WHERE id = $1)sql",
             deal.id());
}

awaitable<Result<void>> seed_deal(pg::Transaction& tx, const Context& ctx, Dice& dice,
                                  const v1::Client& client, unsigned number) {
  const Plan plan = make_plan(dice, client);
  Need need = invented_need(dice, client);
  v1::Deal deal;
  deal.set_id(seed_id(kDealFamily, number));
  deal.set_client_id(client.id());
  deal.set_client_name(client.short_name());
  deal.set_title(need.title);
  deal.set_description(need.description);
  for (auto& object : need.objects) *deal.add_objects() = std::move(object);
  set_dates(dice, deal, plan);

  const Context lead = acting_as(ctx, plan.team[0].user_id);
  const int year = clock::today().plus_days(-plan.age_days).year();
  v1::Deal made = co_await found_deal(tx, lead, std::move(deal), plan.team, year);
  made = co_await move_on(tx, lead, dice, std::move(made), plan);
  CO_TRY_VOID(co_await write_notes(tx, ctx, dice, made, plan, number));
  backdate(tx, made, plan.age_days);
  co_return Result<void>();
}

}  // namespace

awaitable<Result<void>> seed_deals(pg::Transaction& tx, const Context& ctx, Dice& dice,
                                   const std::vector<v1::Client>& clients) {
  for (unsigned i = 0; i < kDeals; ++i) {
    const v1::Client& client = i < clients.size() ? clients[i] : dice.pick(clients);
    CO_TRY_VOID(co_await seed_deal(tx, ctx, dice, client, i + 1));
  }
  co_return Result<void>();
}

}  // namespace bordero::crm
