#include "services/crm/src/search/search_rpc.hpp"

#include "services/crm/src/search/policy_hits.hpp"
#include "services/crm/src/search/search_store.hpp"

namespace bordero::crm {

awaitable<Result<v1::SearchReply>> SearchRpc::search(Context& ctx,
                                                     const v1::SearchRequest& request) {
  constexpr int kDefaultLimit = 10;
  v1::SearchReply reply;
  const search::SearchQuery query = search::parse_search(request.q());
  if (query.beginnings.empty()) co_return reply;
  const int limit = request.limit() > 0 ? request.limit() : kDefaultLimit;
  CO_TRY(auto tx, co_await db_.read(ctx));
  auto hits = co_await search_hits(tx, ctx.caller, query, limit);
  const auto policies = co_await policy_hits(tx, ctx.caller, request.q(), limit);
  hits.insert(hits.end(), policies.begin(), policies.end());
  for (const auto& hit : hits) *reply.add_results() = hit;
  co_return reply;
}

}  // namespace bordero::crm
