#include "services/payments/src/search/search_rpc.hpp"

#include "platform/base/clock.hpp"
#include "services/payments/src/access/access.hpp"
#include "services/payments/src/search/sought_number.hpp"

namespace bordero::payments {
namespace {

constexpr int kDefaultLimit = 10;

// A payment by its own number stands before those that a policy still waits for. Each condition has
// its index, so they are looked for apart.
std::string search_sql(Role role) {
  std::string sql = R"sql(
      SELECT p.id, o.client_name AS title, concat_ws(' · ', p.number, o.number) AS subtitle
        FROM (SELECT id, 0 AS place FROM payments WHERE number = ANY($2::text[])
              UNION ALL
              SELECT x.id, 1
                FROM policies y
                JOIN payments x ON x.policy_id = y.id
               WHERE $3 <> '' AND regexp_replace(y.number, '\D', '', 'g') LIKE $3 || '%'
                 AND x.status IN ('planned', 'expected') AND NOT x.voided) AS found
        JOIN payments p ON p.id = found.id
        JOIN policies o ON o.id = p.policy_id
        LEFT JOIN payment_access a ON a.payment_id = p.id AND a.user_id = $1::uuid
       WHERE p.deal_id <> ALL($4::uuid[]))sql";
  if (!sees_all(role)) {
    sql += " AND a.user_id IS NOT NULL AND " +
           policy::predicate(role, "payments.read", {.lead = "", .member = "true", .owner = ""});
  }
  return sql + " ORDER BY found.place, p.planned_date, p.id LIMIT $5";
}

}  // namespace

awaitable<Result<crm::v1::SearchReply>> SearchRpc::search(Context& ctx,
                                                          const crm::v1::SearchRequest& request) {
  crm::v1::SearchReply reply;
  const auto numbers = sought_numbers(request.q(), clock::today().year());
  const auto policy_digits = sought_policy_digits(request.q());
  if (numbers.empty() && policy_digits.empty()) co_return reply;
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  const std::string sql = search_sql(ctx.caller.role);
  const int limit = request.limit() > 0 ? request.limit() : kDefaultLimit;
  const auto rows =
      co_await tx.query(sql, user_param(ctx.caller), numbers, policy_digits, hidden, limit);
  for (const auto& row : rows) {
    auto& hit = *reply.add_results();
    row.fill(hit);
    hit.set_kind("payment");
    hit.set_matched("number");
  }
  co_return reply;
}

}  // namespace bordero::payments
