#include "platform/reminders/due_rpc.hpp"

namespace bordero::reminders {

awaitable<Result<common::v1::CountDueReply>> DueRpc::count(
    Context& ctx, const common::v1::CountDueRequest& request) {
  const auto day = Date::parse(request.on());
  if (!day) co_return invalid_field("on", "not_a_date");
  const std::vector<std::string> people(request.user_ids().begin(), request.user_ids().end());
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto rows = co_await count_(tx, people, *day);
  common::v1::CountDueReply reply;
  for (const pg::Row& row : rows) row.fill(*reply.add_counts());
  co_return reply;
}

}  // namespace bordero::reminders
