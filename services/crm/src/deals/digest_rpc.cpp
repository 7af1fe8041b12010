#include "services/crm/src/deals/digest_rpc.hpp"

#include "platform/projection/digest.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kMembers =
    "SELECT DISTINCT m.user_id || ' ' || (m.user_id = d.lead_agent_id) "
    "FROM deal_members m WHERE m.deal_id = d.id";

std::string digest_sql() {
  using namespace projection;
  return "SELECT coalesce((array_agg(d.id ORDER BY d.id DESC))[1]::text, '') AS to_id, "
         "count(*)::integer AS count, " +
         digest_of(deal_line("c.short_name", kMembers), "d.id") +
         " AS digest "
         "FROM (SELECT * FROM deals WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2) AS d "
         "JOIN clients c ON c.id = d.client_id";
}

}  // namespace

awaitable<Result<common::v1::DigestReply>> DigestRpc::digest_deals(
    Context& ctx, const common::v1::DigestRequest& request) {
  static const std::string sql = digest_sql();
  std::optional<std::string> after;
  if (!request.after_id().empty()) after = request.after_id();
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto row = co_await tx.find_one(sql, after, projection::kDealsInARange);
  co_return row->to<common::v1::DigestReply>();
}

}  // namespace bordero::crm
