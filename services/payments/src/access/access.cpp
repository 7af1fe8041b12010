#include "services/payments/src/access/access.hpp"

#include "platform/projection/deals.hpp"

namespace bordero::payments {

std::optional<std::string> user_param(const Caller& caller) {
  if (caller.user_id.empty()) return std::nullopt;
  return caller.user_id;
}

bool sees_all(Role role) {
  return policy::predicate(role, "payments.read", {.lead = "a", .member = "b", .owner = ""}) ==
         "true";
}

awaitable<std::vector<std::string>> hidden_deals(redis::Client& redis, const Caller& caller) {
  if (sees_all(caller.role)) co_return std::vector<std::string>();
  co_return co_await projection::just_left(redis, caller);
}

awaitable<People> people_of(pg::Transaction& tx, const std::set<std::string>& deal_ids) {
  const std::vector<std::string> ids(deal_ids.begin(), deal_ids.end());
  const auto rows = co_await tx.query(
      "SELECT deal_id, user_id FROM deal_access WHERE deal_id = ANY($1::uuid[]) ORDER BY 1, 2",
      ids);
  People people;
  for (const auto& row : rows) {
    people[std::string(row.text("deal_id"))].emplace_back(row.text("user_id"));
  }
  co_return people;
}

mq::About about_payment(const std::string& id, int version, std::vector<std::string> people) {
  return {.entity_type = "payment",
          .entity_id = id,
          .version = version,
          .audience_users = std::move(people),
          .audience_roles = {"finance", "head", "admin"}};
}

}  // namespace bordero::payments
