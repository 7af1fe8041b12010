#include "services/crm/src/policies/renewal.hpp"

#include <algorithm>
#include <charconv>

#include "services/crm/src/policies/policy_events.hpp"
#include "services/crm/src/policies/policy_store.hpp"

namespace bordero::crm {
namespace {

Id<Policy> id_of(const std::string& text) {
  const auto id = Uuid::parse(text);
  ensure(id.has_value(), "a stored policy has an id");
  return Id<Policy>{*id};
}

// Whether anything speaks of the draft since it was made.
awaitable<bool> is_untouched(pg::Transaction& tx, const v1::Policy& draft) {
  const bool as_made = draft.status() == v1::POLICY_STATUS_DRAFT && draft.version() == 1;
  if (!as_made) co_return false;
  const auto row = co_await tx.find_one(R"sql(
      SELECT EXISTS (SELECT FROM amendments WHERE policy_id = $1)
          OR EXISTS (SELECT FROM policy_payments WHERE policy_id = $1) AS spoken_of)sql",
                                        draft.id());
  co_return !row->get<bool>("spoken_of");
}

}  // namespace

void refresh_renewals(pg::Transaction& tx, const std::vector<std::string>& deal_ids) {
  if (!deal_ids.empty()) tx.execute("SELECT renewals_follow($1::uuid[])", deal_ids);
}

bool is_risky(std::string_view premium_change, int risk_percent) {
  const std::size_t point = premium_change.find('.');
  std::int64_t whole = 0;
  std::from_chars(premium_change.data(),
                  premium_change.data() + std::min(point, premium_change.size()), whole);
  const bool more = point != std::string_view::npos && !premium_change.starts_with('-');
  return whole > risk_percent || (whole == risk_percent && more);
}

awaitable<Result<SeenPolicy>> discard_renewal(pg::Transaction& tx, const Context& ctx,
                                              SeenPolicy seen) {
  if (seen.view.successor_id().empty()) co_return refused("policy_not_renewed");
  tx.execute("SELECT FROM policies WHERE id = $1 FOR UPDATE", seen.view.successor_id());
  const SeenPolicy draft = co_await view_policy(tx, id_of(seen.view.successor_id()));
  // What was issued in another deal was made there by hand.
  if (draft.view.deal_id() != seen.view.deal_id()) co_return refused("renewal_in_work");
  const bool untouched = co_await is_untouched(tx, draft.view);
  if (!untouched) co_return refused("renewal_in_work");

  v1::Policy wanted = seen.view;
  wanted.clear_successor_id();
  save_policy(tx, wanted);
  remove_policy(tx, draft.view.id());
  refresh_renewals(tx, {wanted.deal_id()});
  SeenPolicy after = co_await view_policy(tx, id_of(wanted.id()));
  after.relation = seen.relation;
  announce_discarded(tx, ctx, draft, seen.view, after);
  co_return after;
}

}  // namespace bordero::crm
