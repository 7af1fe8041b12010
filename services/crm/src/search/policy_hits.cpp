#include "services/crm/src/search/policy_hits.hpp"

#include "platform/search/folding.hpp"
#include "services/crm/src/access/access.hpp"

namespace bordero::crm {
namespace {

// What is shorter begins the numbers of half of all policies.
constexpr std::size_t kShortest = 4;
constexpr std::size_t kFewestDigits = 3;

// Each condition has its index, so they are looked for apart.
std::string hits_sql(Role role) {
  std::string sql = R"sql(
      SELECT p.id, p.number AS title, concat_ws(' · ', c.short_name, d.title) AS subtitle
        FROM (SELECT id FROM policies WHERE number_key LIKE $2 || '%' AND number_key <> ''
              UNION
              SELECT id FROM policies
               WHERE regexp_replace(number_key, '\D', '', 'g') LIKE $3 || '%' AND $3 <> ''
                 AND number_key <> '') AS found
        JOIN policies p ON p.id = found.id
        JOIN deals d ON d.id = p.deal_id
        JOIN clients c ON c.id = p.client_id
        LEFT JOIN policy_access a ON a.policy_id = p.id AND a.user_id = $1::uuid
       WHERE true)sql";
  if (deals_seen(role) != "true") {
    sql += " AND a.user_id IS NOT NULL AND " + related_seen(role, "policies.read");
  }
  return sql + " ORDER BY p.effective_to DESC NULLS LAST, p.id LIMIT $4";
}

}  // namespace

awaitable<std::vector<v1::Hit>> policy_hits(pg::Transaction& tx, const Caller& caller,
                                            const std::string& typed, int limit) {
  std::vector<v1::Hit> hits;
  const std::string code = search::code_of(typed);
  const std::string digits = search::digits_of(typed);
  if (code.size() < kShortest || digits.size() < kFewestDigits) co_return hits;
  // Digits between letters, as of a plate, are no beginning of a number.
  const std::string alone = code == digits ? digits : std::string();
  const std::string sql = hits_sql(caller.role);
  const auto rows = co_await tx.query(sql, user_param(caller), code, alone, limit);
  for (const auto& row : rows) {
    v1::Hit& hit = hits.emplace_back();
    row.fill(hit);
    hit.set_kind("policy");
    hit.set_matched("number");
  }
  co_return hits;
}

}  // namespace bordero::crm
