#include "services/crm/src/journal/timeline_store.hpp"

#include <algorithm>
#include <array>

#include "platform/lists/list_page.hpp"
#include "services/crm/src/journal/journal_store.hpp"

namespace bordero::crm {
namespace {

constexpr auto kKinds = std::to_array<std::string_view>({"journal",
                                                         "created",
                                                         "status_changed",
                                                         "team_changed",
                                                         "updated",
                                                         "continued",
                                                         "calculation_created",
                                                         "calculation_updated",
                                                         "calculation_status_changed",
                                                         "offer_created",
                                                         "policy_created",
                                                         "policy_updated",
                                                         "policy_activated",
                                                         "policy_renewal_pending",
                                                         "policy_renewed",
                                                         "renewal_deal_opened",
                                                         "policy_discarded",
                                                         "policy_closed",
                                                         "amendment_created",
                                                         "amendment_updated",
                                                         "payment_moved",
                                                         "task_done",
                                                         "task_cancelled"});
constexpr const char* kFrom = R"sql(
    (SELECT id, created_at AS at, 'journal' AS kind, author_id::text AS actor_id, NULL AS details
       FROM journal_entries
      WHERE deal_id = $1
     UNION ALL
     SELECT id, at, kind, actor_id, details
       FROM deal_events
      WHERE deal_id = $1) t)sql";
constexpr const char* kActor = R"sql(
    LEFT JOIN users u
      ON u.id = CASE WHEN t.actor_id LIKE 'system:%' THEN NULL ELSE t.actor_id::uuid END)sql";

const lists::Spec& spec() {
  static const lists::Spec spec = {
      .resource = "timeline",
      .fields = {{"at", {.column = "t.at", .type = lists::FieldType::instant, .sortable = true}}},
      .default_order = "at desc",
      .id_column = "t.id"};
  return spec;
}

// The whole entries of those items that stand for one.
awaitable<void> add_entries(pg::Transaction& tx, v1::ListTimelineReply& reply) {
  std::vector<std::string> ids;
  for (const auto& item : reply.timeline()) {
    if (item.kind() == "journal") ids.push_back(item.id());
  }
  if (ids.empty()) co_return;
  auto entries = co_await list_entries(tx, ids);
  for (auto& item : *reply.mutable_timeline()) {
    for (auto& entry : entries) {
      if (entry.id() == item.id()) *item.mutable_entry() = entry;
    }
  }
}

}  // namespace

Result<std::vector<std::string>> parse_kinds(const std::string& text) {
  std::vector<std::string> kinds;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto comma = std::min(text.find(',', at), text.size());
    std::string kind = text.substr(at, comma - at);
    if (std::find(kKinds.begin(), kKinds.end(), kind) == kKinds.end()) {
      return invalid_field("kinds", "unknown_kind");
    }
    kinds.push_back(std::move(kind));
    at = comma + 1;
  }
  return kinds;
}

awaitable<Result<v1::ListTimelineReply>> timeline_page(pg::Transaction& tx, Id<Deal> deal,
                                                       const std::vector<std::string>& kinds,
                                                       const lists::Request& request) {
  lists::ListSource source{.columns =
                               "t.id, t.at, t.kind, t.actor_id, u.full_name AS actor_name, "
                               "t.details",
                           .from = kFrom,
                           .joins = kActor,
                           .where = "true",
                           .params = {deal.str()}};
  if (!kinds.empty()) {
    source.where = "t.kind = ANY($2::text[])";
    source.params.push_back(pg::to_param(kinds));
  }
  CO_TRY(auto page, co_await read_page(tx, spec(), request, std::move(source)));
  v1::ListTimelineReply reply;
  for (const auto& row : page.rows) row.fill(*reply.add_timeline());
  co_await add_entries(tx, reply);
  put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::crm
