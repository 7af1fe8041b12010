#include <algorithm>

#include "platform/projection/copies.hpp"
#include "platform/projection/deals.hpp"
#include "platform/projection/digest.hpp"

namespace bordero::projection {
namespace {

constexpr std::chrono::seconds kRangeLimit{20};
constexpr const char* kMembers =
    "SELECT x.user_id || ' ' || x.is_lead FROM deal_access x WHERE x.deal_id = d.id";

std::string ours_sql() {
  return "SELECT count(*)::integer AS count, " +
         digest_of(deal_line("d.client_name", kMembers), "d.id") +
         " AS digest FROM deals d WHERE ($1::uuid IS NULL OR d.id > $1) AND ($2::uuid IS NULL OR "
         "d.id <= $2)";
}

std::optional<std::string> optional_text(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

awaitable<Result<Digest>> ours(pg::Database& db, std::string after, std::string to) {
  static const std::string sql = ours_sql();
  Context ctx = system_context("compare_copies", kRangeLimit);
  CO_TRY(auto tx, co_await db.read(ctx));
  const auto row = co_await tx.find_one(sql, optional_text(after), optional_text(to));
  co_return Digest{row->get<int>("count"), row->get<std::string>("digest")};
}

std::vector<std::string> members_of(const crm::v1::Deal& deal) {
  std::vector<std::string> members;
  for (const auto& member : deal.members()) {
    const bool leads = member.user_id() == deal.lead_agent_id();
    members.push_back(member.user_id() + (leads ? " true" : " false"));
  }
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return members;
}

// The same deal as the copy has it, unless it has a newer one; nothing when they agree.
awaitable<bool> differs(pg::Transaction& tx, const crm::v1::Deal& deal) {
  const std::string held_deal =
      std::string("SELECT ARRAY(") + kMembers +
      " ORDER BY 1) = $2::text[] AND "
      "ROW(title, client_id, client_name, status, lead_agent_id, executor_id, "
      "finance_controller_id, version) IS NOT DISTINCT FROM ROW($3::text, $4::uuid, $5::text, "
      "$6::text, $7::uuid, $8::uuid, $9::uuid, $10::integer) AS same, version > $10 AS newer "
      "FROM deals d WHERE id = $1 FOR UPDATE";
  const auto held = co_await tx.find_one(
      held_deal, deal.id(), members_of(deal), deal.title(), deal.client_id(), deal.client_name(),
      deal.status(), deal.lead_agent_id(), optional_text(deal.executor_id()),
      optional_text(deal.finance_controller_id()), deal.version());
  co_return !held || !(held->get<bool>("same") || held->get<bool>("newer"));
}

awaitable<Result<Mended>> mend(pg::Database& db, rpc::Peers& peers, const char* service,
                               std::string after, std::string to) {
  Context ctx = system_context("compare_copies", kRangeLimit);
  crm::v1::ExportDealsRequest request;
  request.set_after_id(after);
  CO_TRY(const auto page,
         co_await rpc::ask<crm::v1::ExportDealsReply>(
             peers.to("crm"), service, ctx, "bordero.crm.v1.DealService/ExportDeals", request));
  CO_TRY(auto tx, co_await db.begin(ctx));
  Mended mended;
  std::vector<std::string> known;
  for (const auto& deal : page.deals()) {
    known.push_back(deal.id());
    const bool wrong = co_await differs(tx, deal);
    if (!wrong) continue;
    co_await take_deal(tx, deal);
    ++mended.repaired;
  }
  const auto row = co_await tx.find_one(
      "SELECT count(*)::integer AS unknown FROM deals WHERE ($1::uuid IS NULL OR id > $1) AND "
      "id <= $2 AND id <> ALL($3::uuid[])",
      optional_text(after), to, known);
  mended.unknown = row->get<int>("unknown");
  CO_TRY_VOID(co_await tx.commit());
  co_return mended;
}

}  // namespace

Comparable comparable_deals(pg::Database& db, rpc::Peers& peers, const char* service) {
  return {.copy_of = "deals",
          .owners =
              [&peers, service](std::string after) {
                return ask_digest(peers, service, "crm", "bordero.crm.v1.CopyService/Digest",
                                  std::move(after));
              },
          .ours = [&db](std::string after, std::string to) { return ours(db, after, to); },
          .mend = [&db, &peers, service](
                      std::string after,
                      std::string to) { return mend(db, peers, service, after, to); }};
}

background::Copy copy_of_deals(pg::Database& db, rpc::Peers& peers, const char* service) {
  const Comparable sides = comparable_deals(db, peers, service);
  return {.fill = [&db, &peers, service] { return import_deals(db, peers, service); },
          .compare = [sides] { return compare(sides); }};
}

}  // namespace bordero::projection
