#include "services/notifications/src/inbox/notification_view.hpp"

namespace bordero::notifications {

const char* const kNotificationColumns = R"sql(
    n.id, n.kind, n.mention, n.subject_type, n.subject_id, n.deal_id, d.number AS deal_number,
    d.title AS deal_title, d.client_name, n.actor_id, a.full_name AS actor_name, n.details,
    n.created_at, n.shown_at, n.read_at, n.later_until,
    (SELECT json_agg(json_build_object(
              'channel', s.channel, 'state', s.state, 'attempts', s.attempts, 'error', coalesce(s.error, ''),
              'at', to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            ORDER BY s.channel)
       FROM deliveries s
      WHERE s.notification_id = n.id) AS deliveries)sql";

const char* const kNotificationJoins = R"sql(
    LEFT JOIN deals d ON d.id = n.deal_id
    LEFT JOIN users a ON a.id = n.actor_id)sql";

namespace {

void add(v1::Notification& notification, const char* action, const char* refused) {
  auto* capability = notification.add_can();
  capability->set_action(action);
  capability->set_allowed(*refused == '\0');
  capability->set_reason(refused);
}

}  // namespace

v1::Notification notification_of(const pg::Row& row) { return row.to<v1::Notification>(); }

void show(v1::Notification& notification) {
  const bool read = !notification.read_at().empty();
  add(notification, "mark_read", read ? "already_read" : "");
  add(notification, "unread", read ? "" : "already_unread");
  add(notification, "later", "");
}

mq::About about_notification(const std::string& user_id, const std::string& notification_id) {
  return {.entity_type = "notification", .entity_id = notification_id, .audience_users = {user_id}};
}

mq::About about_inbox(const std::string& user_id) {
  return {.entity_type = "inbox", .entity_id = user_id, .audience_users = {user_id}};
}

}  // namespace bordero::notifications
