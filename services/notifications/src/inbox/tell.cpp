#include "services/notifications/src/inbox/tell.hpp"

#include "bordero/notifications/v1/events.pb.h"
#include "platform/json/json.hpp"
#include "platform/mq/publish_many.hpp"
#include "platform/policy/policy.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/notifications/src/inbox/notification_view.hpp"

namespace bordero::notifications {
namespace {

constexpr const char* kTell = R"sql(
    WITH told AS (
      INSERT INTO notifications (id, user_id, event_id, kind, mention, subject_type, subject_id,
                                 deal_id, actor_id, details, created_at, shown_at)
      SELECT n.id, n.user_id, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $11
        FROM unnest($1::uuid[], $2::uuid[]) AS n (id, user_id)
        JOIN users u ON u.id = n.user_id AND u.status = 'active'
       WHERE n.user_id IS DISTINCT FROM $9::uuid AND
             ($8::uuid IS NULL OR u.role = ANY ($12::text[]) OR
              EXISTS (SELECT FROM deal_access a WHERE a.deal_id = $8 AND a.user_id = n.user_id))
          ON CONFLICT (event_id, user_id) DO NOTHING
   RETURNING *),
    sent AS (
      INSERT INTO deliveries (notification_id, channel, state, at, next_attempt_at)
      SELECT id, channel, CASE WHEN channel = 'inbox' THEN 'delivered' ELSE 'pending' END, $11,
             CASE WHEN channel <> 'inbox' THEN $11::timestamptz END
        FROM told, unnest($13::text[]) AS channel)
    SELECT n.user_id, )sql";

std::optional<std::string> optional_text(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

std::vector<std::string> new_ids(std::size_t count) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < count; ++i) ids.push_back(Uuid::v7().str());
  return ids;
}

void publish_told(pg::Transaction& tx, const Context& ctx, const pg::Rows& told) {
  std::vector<mq::Publication> publications;
  for (const pg::Row& row : told) {
    auto event = std::make_unique<v1::NotificationCreated>();
    *event->mutable_notification() = notification_of(row);
    publications.push_back({std::move(event), about_notification(row.get<std::string>("user_id"),
                                                                 row.get<std::string>("id"))});
  }
  mq::publish_many(tx, ctx, publications);
}

void count_told(v1::NotificationKind kind, std::size_t told) {
  telemetry::counter("bordero_notifications_created_total", "Notifications made.",
                     {{"kind", pg::enum_tail(v1::NotificationKind_descriptor(), kind)}})
      .add(static_cast<double>(told));
}

}  // namespace

Cause cause_of(const mq::Event& event) {
  const auto& actor = event.meta.actor();
  return {event.meta.id(), Uuid::parse(actor) ? actor : std::string()};
}

awaitable<int> tell(pg::Transaction& tx, Context& ctx, const News& news, const Cause& cause,
                    const std::vector<std::string>& channels) {
  if (news.recipients.empty()) co_return 0;
  std::vector<std::string> all_channels = channels;
  all_channels.emplace_back(kInbox);
  const std::string sql =
      std::string(kTell) + kNotificationColumns + " FROM told n " + kNotificationJoins;
  std::vector<pg::Param> params = {pg::to_param(new_ids(news.recipients.size())),
                                   pg::to_param(news.recipients),
                                   cause.event_id,
                                   pg::to_param(news.kind),
                                   pg::to_param(news.kind == v1::NOTIFICATION_KIND_MENTION),
                                   pg::to_param(optional_text(news.subject_type)),
                                   pg::to_param(optional_text(news.subject_id)),
                                   pg::to_param(optional_text(news.deal_id)),
                                   pg::to_param(optional_text(cause.actor_id)),
                                   json::text(news.details),
                                   pg::to_param(clock::now()),
                                   pg::to_param(roles_that_see_all_deals()),
                                   pg::to_param(all_channels)};
  const auto told = co_await tx.query_with(sql, std::move(params));
  publish_told(tx, ctx, told);
  if (!told.empty()) count_told(news.kind, told.size());
  co_return static_cast<int>(told.size());
}

const std::vector<std::string>& roles_that_see_all_deals() {
  static const std::vector<std::string> roles = [] {
    std::vector<std::string> found;
    for (const Role role : {Role::agent, Role::executor, Role::finance, Role::head, Role::admin}) {
      const std::string seen = policy::predicate(
          role, "deals.read", {.lead = "lead", .member = "member", .owner = "owner"});
      if (seen == "true") found.emplace_back(role_name(role));
    }
    return found;
  }();
  return roles;
}

}  // namespace bordero::notifications
