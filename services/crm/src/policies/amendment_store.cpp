#include "services/crm/src/policies/amendment_store.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kView = R"sql(
    SELECT a.id, a.policy_id, p.deal_id, p.number AS policy_number, a.description, a.due_on,
           a.handler_id, u.full_name AS handler_name, a.status, a.created_at, a.updated_at,
           a.version
      FROM amendments a
      JOIN policies p ON p.id = a.policy_id
      LEFT JOIN users u ON u.id = a.handler_id
     WHERE a.policy_id = $1)sql";

}  // namespace

awaitable<Result<v1::Amendment>> find_amendment(pg::Transaction& tx, Id<Amendment> id,
                                                const std::string& policy_id) {
  static const std::string sql = std::string(kView) + " AND a.id = $2";
  const auto row = co_await tx.find_one(sql, policy_id, id);
  if (!row) co_return not_found("amendment_not_found");
  co_return row->to<v1::Amendment>();
}

awaitable<std::vector<v1::Amendment>> list_amendments(pg::Transaction& tx,
                                                      const std::string& policy_id) {
  static const std::string sql = std::string(kView) + " ORDER BY a.due_on, a.id LIMIT 200";
  const auto rows = co_await tx.query(sql, policy_id);
  std::vector<v1::Amendment> amendments;
  for (const auto& row : rows) amendments.push_back(row.to<v1::Amendment>());
  co_return amendments;
}

awaitable<std::optional<Uuid>> policy_of_amendment(pg::Transaction& tx, const Uuid& id) {
  const auto row = co_await tx.find_one("SELECT policy_id FROM amendments WHERE id = $1", id);
  if (!row) co_return std::nullopt;
  co_return row->get<Uuid>("policy_id");
}

void insert_amendment(pg::Transaction& tx, const v1::Amendment& amendment) {
  tx.execute(R"sql(
      INSERT INTO amendments (id, policy_id, description, due_on, handler_id, created_at)
      VALUES ($1, $2, $3, $4, $5, $6))sql",
             amendment.id(), amendment.policy_id(), amendment.description(),
             Date::parse(amendment.due_on()), amendment.handler_id(), clock::now());
}

void save_amendment(pg::Transaction& tx, const v1::Amendment& amendment) {
  tx.execute(R"sql(
      UPDATE amendments
         SET description = $2, due_on = $3, handler_id = $4, status = $5, updated_at = now(),
             version = version + 1
       WHERE id = $1)sql",
             amendment.id(), amendment.description(), Date::parse(amendment.due_on()),
             amendment.handler_id(), amendment.status());
}

}  // namespace bordero::crm
