#include "services/crm/src/access/access.hpp"

#include "platform/base/log.hpp"
#include "services/crm/src/users/user.hpp"

namespace bordero::crm {

std::optional<std::string> user_param(const Caller& caller) {
  if (caller.user_id.empty()) return std::nullopt;
  return caller.user_id;
}

std::string deals_seen(Role role) {
  return policy::predicate(role, "deals.read",
                           {.lead = "a.is_lead", .member = "a.user_id IS NOT NULL", .owner = ""});
}

std::string clients_seen(Role role) {
  return policy::predicate(role, "clients.read",
                           {.lead = "", .member = "a.deal_count > 0", .owner = "a.is_owner"});
}

std::string related_seen(Role role, std::string_view action) {
  return policy::predicate(role, action, {.lead = "", .member = "true", .owner = ""});
}

namespace {

using Commands = std::vector<std::vector<std::string>>;

constexpr const char* kLeftForSeconds = "604800";

awaitable<void> send(redis::Client& redis, Commands commands) {
  if (commands.empty()) co_return;
  const auto replies = co_await redis.commands(std::move(commands));
  if (!replies) {
    log::warning("acl not raised", {{"reason", replies.error().reason}});
    co_return;
  }
  for (const auto& reply : *replies) {
    const bool refused = reply.type == redis::Reply::Type::error;
    if (refused) log::error("acl not raised", {{"reason", reply.text}});
  }
}

}  // namespace

awaitable<void> raise_acl(redis::Client& redis, std::vector<std::string> user_ids) {
  Commands commands;
  for (const auto& user_id : user_ids) commands.push_back({"INCR", "acl:" + user_id});
  co_await send(redis, std::move(commands));
}

awaitable<void> tell_team_changes(redis::Client& redis, std::vector<TeamChange> changes) {
  Commands commands;
  for (const auto& change : changes) {
    for (const auto& user_id : change.left) {
      commands.push_back({"INCR", "acl:" + user_id});
      commands.push_back({"SADD", "left:" + user_id, change.deal_id});
      commands.push_back({"EXPIRE", "left:" + user_id, kLeftForSeconds});
    }
    for (const auto& user_id : change.joined) {
      commands.push_back({"INCR", "acl:" + user_id});
      commands.push_back({"SREM", "left:" + user_id, change.deal_id});
    }
  }
  co_await send(redis, std::move(commands));
}

Result<void> may(const Caller& caller, const char* action, const char* read_action,
                 const policy::Relation& relation, const char* missing) {
  return policy::require(caller, action, read_action, relation, missing);
}

mq::About about(const char* entity_type, const std::string& id, int version,
                std::vector<std::string> audience_users) {
  return {.entity_type = entity_type,
          .entity_id = id,
          .version = version,
          .audience_users = std::move(audience_users),
          .audience_roles = roles_that_see_all()};
}

}  // namespace bordero::crm
