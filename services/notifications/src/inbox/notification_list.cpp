#include "services/notifications/src/inbox/notification_list.hpp"

#include "platform/base/clock.hpp"
#include "services/notifications/src/inbox/notification_view.hpp"
#include "services/notifications/src/inbox/tell.hpp"

namespace bordero::notifications {
namespace {

using lists::FieldType;

const lists::Spec& spec() {
  static const lists::Spec all = {
      .resource = "notifications",
      .fields =
          {{"kind",
            {.column = "n.kind",
             .type = FieldType::keyword,
             .groupable = true,
             .keywords = {"reminder", "mention", "task_assigned", "task_done", "task_returned",
                          "team_joined", "deal_moved", "payment_received", "digest", "export_ready",
                          "export_failed"}}},
           {"mention", {.column = "n.mention", .type = FieldType::boolean}},
           {"deal_id",
            {.column = "n.deal_id", .type = FieldType::uuid, .nullable = true, .groupable = true}},
           {"created_at", {.column = "n.created_at", .type = FieldType::instant}},
           {"shown_at",
            {.column = "n.shown_at",
             .type = FieldType::instant,
             .filterable = false,
             .sortable = true}}},
      .default_order = "shown_at desc",
      .id_column = "n.id"};
  return all;
}

// Each is the condition of an index.
Result<std::string> view_condition(const std::string& view) {
  if (view.empty() || view == "all") return std::string("n.later_until IS NULL");
  if (view == "unread") return std::string("n.later_until IS NULL AND n.read_at IS NULL");
  if (view == "mentions") return std::string("n.later_until IS NULL AND n.mention");
  if (view == "later") return std::string("n.later_until IS NOT NULL");
  return invalid_field("view", "unknown_value");
}

}  // namespace

Visible visible_to(const Reader& reader) {
  Visible visible{.where = "n.user_id = $1", .params = {reader.caller.user_id}};
  const auto& all = roles_that_see_all_deals();
  if (std::find(all.begin(), all.end(), role_name(reader.caller.role)) != all.end()) {
    return visible;
  }
  visible.where += R"sql( AND (n.deal_id IS NULL OR
      (n.deal_id <> ALL ($2::uuid[]) AND
       EXISTS (SELECT FROM deal_access v WHERE v.deal_id = n.deal_id AND v.user_id = $1))))sql";
  visible.params.push_back(pg::to_param(reader.left));
  return visible;
}

awaitable<Result<v1::ListNotificationsReply>> list_notifications(
    pg::Transaction& tx, const Reader& reader, const v1::ListNotificationsRequest& request) {
  CO_TRY(const std::string view, view_condition(request.view()));
  Visible visible = visible_to(reader);
  lists::ListSource source{.columns = kNotificationColumns,
                           .from = "notifications n",
                           .joins = kNotificationJoins,
                           .where = visible.where + " AND " + view,
                           .params = std::move(visible.params)};
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await read_page(tx, spec(), asked, std::move(source)));

  v1::ListNotificationsReply reply;
  for (const pg::Row& row : page.rows) {
    auto& notification = *reply.add_notifications();
    notification = notification_of(row);
    show(notification);
  }
  put_page(page, reply);
  co_return reply;
}

awaitable<v1::NotificationCounts> count_notifications(pg::Transaction& tx, const Reader& reader) {
  Visible visible = visible_to(reader);
  const std::string sql =
      "SELECT (SELECT count(*) FROM notifications n WHERE n.later_until IS NULL AND n.read_at IS "
      "NULL AND " +
      visible.where +
      ")::integer AS unread, (SELECT count(*) FROM notifications n WHERE n.later_until IS NULL AND "
      "n.read_at IS NULL AND n.mention AND " +
      visible.where +
      ")::integer AS mentions, (SELECT count(*) FROM notifications n WHERE n.later_until IS NOT "
      "NULL AND " +
      visible.where + ")::integer AS later";
  const auto rows = co_await tx.query_with(sql, std::move(visible.params));
  co_return rows.at(0).to<v1::NotificationCounts>();
}

awaitable<Result<std::vector<std::string>>> mark_found(pg::Transaction& tx, const Caller& caller,
                                                       const std::string& filter, int limit) {
  const lists::Request request{.filter = filter};
  CO_TRY(const auto query, lists::compile(spec(), request, 3));
  std::vector<pg::Param> params = {caller.user_id, pg::to_param(clock::now())};
  params.insert(params.end(), query.filter_params.begin(), query.filter_params.end());
  const std::string sql =
      "UPDATE notifications SET read_at = $2 WHERE id IN (SELECT n.id FROM notifications n WHERE "
      "n.user_id = $1 AND n.later_until IS NULL AND n.read_at IS NULL AND " +
      query.where + " ORDER BY n.id LIMIT " + std::to_string(limit) + " FOR UPDATE) RETURNING id";
  const auto rows = co_await tx.query_with(sql, std::move(params));
  std::vector<std::string> ids;
  for (const pg::Row& row : rows) ids.emplace_back(row.text("id"));
  co_return ids;
}

}  // namespace bordero::notifications
