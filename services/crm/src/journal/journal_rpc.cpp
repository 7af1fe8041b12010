#include "services/crm/src/journal/journal_rpc.hpp"

#include <algorithm>

#include "bordero/crm/v1/events.pb.h"
#include "platform/rpc/patch.hpp"
#include "platform/search/folding.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/journal/journal_store.hpp"
#include "services/crm/src/journal/timeline_store.hpp"
#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {
namespace {

Result<void> may_write(const Context& ctx, const SeenDeal& seen) {
  return may(ctx.caller, "journal.write", "deals.read", seen.relation, "deal_not_found");
}

JournalEntry rule_view(const v1::JournalEntry& view) {
  const auto created_at = parse_instant(view.created_at());
  ensure(created_at.has_value(), "an entry has a time");
  return {.author_id = view.author_id(), .created_at = *created_at};
}

void show_entry(v1::JournalEntry& view, const Caller& caller, const Result<void>& write) {
  const auto edit = may_edit(rule_view(view), caller.user_id);
  add_capability(*view.mutable_can(), "update", write ? edit : write);
}

// Only people who may see the deal are mentioned in it.
awaitable<Result<void>> check_mentions(pg::Transaction& tx, const v1::Deal& deal,
                                       const v1::AddJournalEntryRequest& request) {
  if (request.mentioned_ids().empty()) co_return Result<void>();
  const std::vector<std::string> ids(request.mentioned_ids().begin(),
                                     request.mentioned_ids().end());
  const auto users = co_await projection::list_active_users(tx, ids);
  const auto members = audience_of(deal);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool seeing = std::any_of(users.begin(), users.end(), [&](const User& user) {
      const bool member = std::find(members.begin(), members.end(), ids[i]) != members.end();
      return user.id.str() == ids[i] && (member || sees_all(user.role));
    });
    if (!seeing) {
      co_return invalid_field("mentioned_ids[" + std::to_string(i) + "]", "does_not_see_the_deal");
    }
  }
  co_return Result<void>();
}

v1::JournalEntry entry_from(const v1::AddJournalEntryRequest& request, const Context& ctx) {
  v1::JournalEntry entry;
  entry.set_id(Id<JournalEntry>::make().str());
  entry.set_deal_id(request.deal_id());
  entry.set_author_id(ctx.caller.user_id);
  entry.set_text(request.text());
  *entry.mutable_mentioned_ids() = request.mentioned_ids();
  return entry;
}

template <class Event>
void publish_entry(pg::Transaction& tx, const Context& ctx, const Event& event,
                   const v1::JournalEntry& entry, const v1::Deal& deal) {
  mq::publish(tx, ctx, event, about("journal", entry.id(), entry.version(), audience_of(deal)));
}

}  // namespace

awaitable<Result<v1::ListJournalReply>> JournalRpc::list_journal(
    Context& ctx, const v1::ListJournalRequest& request) {
  CO_TRY(const auto id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(const SeenDeal seen, co_await find_deal(tx, id, ctx.caller));
  const auto write = may_write(ctx, seen);
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await journal_page(tx, id, asked));

  v1::ListJournalReply reply;
  for (const auto& row : page.rows) {
    auto& entry = *reply.add_journal();
    row.fill(entry);
    show_entry(entry, ctx.caller, write);
  }
  put_page(page, reply);
  co_return reply;
}

awaitable<Result<v1::JournalEntry>> JournalRpc::add_entry(
    Context& ctx, const v1::AddJournalEntryRequest& request) {
  CO_TRY(const auto deal_id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenDeal seen, co_await share_deal(tx, deal_id, ctx.caller));
  const auto write = may_write(ctx, seen);
  CO_TRY_VOID(write);
  CO_TRY_VOID(co_await check_mentions(tx, seen.view, request));
  const v1::JournalEntry entry = entry_from(request, ctx);
  CO_TRY(const auto id, parse_id<JournalEntry>(entry.id(), "id"));
  insert_entry(tx, entry);
  auto view = co_await view_entry(tx, id);
  v1::JournalAdded event;
  *event.mutable_entry() = view;
  publish_entry(tx, ctx, event, view, seen.view);

  show_entry(view, ctx.caller, write);
  CO_TRY_VOID(co_await tx.commit(view));
  co_return view;
}

awaitable<Result<v1::JournalEntry>> JournalRpc::update_entry(
    Context& ctx, const v1::UpdateJournalEntryRequest& request) {
  CO_TRY(const auto deal_id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(const auto id, parse_id<JournalEntry>(request.entry_id(), "entry_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenDeal seen, co_await share_deal(tx, deal_id, ctx.caller));
  CO_TRY(const v1::JournalEntry before, co_await lock_entry(tx, deal_id, id));
  const auto write = may_write(ctx, seen);
  CO_TRY_VOID(write);
  CO_TRY_VOID(may_edit(rule_view(before), ctx.caller.user_id));
  CO_TRY_VOID(rpc::check_version(before.version(), request.version(), "journal_entry_changed"));
  v1::JournalEntry wanted = before;
  CO_TRY(const auto fields, rpc::patch(wanted, request, request.update_mask()));
  if (search::is_blank(wanted.text())) {
    co_return invalid_field("text", "required");
  }

  v1::JournalEntry after = before;
  if (!fields.empty()) {
    const Instant now = co_await now_of(tx);
    save_entry(tx, wanted, keeps_earlier(rule_view(before), now));
    after = co_await view_entry(tx, id);
    v1::JournalEdited event;
    *event.mutable_before() = before;
    *event.mutable_after() = after;
    publish_entry(tx, ctx, event, after, seen.view);
  }
  show_entry(after, ctx.caller, write);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

awaitable<Result<v1::ListTimelineReply>> JournalRpc::list_timeline(
    Context& ctx, const v1::ListTimelineRequest& request) {
  CO_TRY(const auto id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(const auto kinds, parse_kinds(request.kinds()));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(const SeenDeal seen, co_await find_deal(tx, id, ctx.caller));
  const auto write = may_write(ctx, seen);
  const auto asked = lists::request_of(request);
  CO_TRY(auto reply, co_await timeline_page(tx, id, kinds, asked));
  for (auto& item : *reply.mutable_timeline()) {
    if (item.has_entry()) show_entry(*item.mutable_entry(), ctx.caller, write);
  }
  co_return reply;
}

}  // namespace bordero::crm
