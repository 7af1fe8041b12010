#include "services/crm/src/clients/coverage_rpc.hpp"

#include "bordero/crm/v1/policies.pb.h"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/clients/client_store.hpp"
#include "services/crm/src/clients/coverage.hpp"

namespace bordero::crm {
namespace {

constexpr int kMaxPolicies = 2000;  // A client with more is not read by eye.

// $2 is the caller, $3 whether they see every policy.
constexpr std::string_view kInForce = R"sql(
    SELECT p.id, p.deal_id, p.product, p.objects, $3 OR a.user_id IS NOT NULL AS visible
      FROM policies p
      LEFT JOIN policy_access a ON a.policy_id = p.id AND a.user_id = $2::uuid
     WHERE p.client_id = $1 AND p.status IN ('active', 'renewal_pending')
     ORDER BY p.effective_to, p.id
     LIMIT $4)sql";

Cover cover_of(const pg::Row& row) {
  const auto policy = row.to<v1::Policy>();
  return {.policy_id = policy.id(),
          .deal_id = policy.deal_id(),
          .product = policy.product(),
          .objects = {policy.objects().begin(), policy.objects().end()},
          .visible = row.get<bool>("visible")};
}

}  // namespace

awaitable<Result<v1::ListCoverageGapsReply>> CoverageRpc::list_coverage_gaps(
    Context& ctx, const v1::ListCoverageGapsRequest& request) {
  CO_TRY(const auto id, parse_id<Client>(request.client_id(), "client_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY_VOID(co_await find_client(tx, id, ctx.caller));
  const bool all = deals_seen(ctx.caller.role) == "true";
  const auto rows = co_await tx.query(kInForce, id, user_param(ctx.caller), all, kMaxPolicies);
  std::vector<Cover> covers;
  for (const auto& row : rows) covers.push_back(cover_of(row));

  v1::ListCoverageGapsReply reply;
  for (auto& gap : coverage_gaps(covers)) *reply.add_gaps() = std::move(gap);
  co_return reply;
}

}  // namespace bordero::crm
