#include "services/tasks/src/tasks/deal_desk.hpp"

#include <algorithm>

#include "bordero/crm/v1/policies.pb.h"
#include "bordero/payments/v1/payments.pb.h"
#include "platform/projection/deals.hpp"
#include "platform/projection/users.hpp"
#include "platform/rpc/channel.hpp"
#include "services/tasks/src/access.hpp"

namespace bordero::tasks {
namespace {

Result<std::string> same_deal(const std::string& known, const std::string& found,
                              const char* field) {
  if (!known.empty() && known != found) return invalid_field(field, "of_another_deal");
  return found;
}

awaitable<bool> sees_deal(pg::Transaction& tx, const std::string& deal_id,
                          const std::string& user_id) {
  const auto row = co_await tx.find_one(
      "SELECT EXISTS (SELECT FROM deal_access WHERE deal_id = $1 AND user_id = $2) AS sees",
      deal_id, user_id);
  co_return row->get<bool>("sees");
}

}  // namespace

awaitable<Result<Place>> DealDesk::place_of(Context& ctx, const v1::Task& task) {
  Place place;
  CO_TRY(place.deal_id, co_await deal_of_links(ctx, task));
  if (place.deal_id.empty()) co_return place;
  CO_TRY(const bool enough, co_await copy_is_enough(ctx, place.deal_id, task.assignee_id()));
  if (enough) co_return place;
  crm::v1::GetDealRequest question;
  question.set_deal_id(place.deal_id);
  CO_TRY(place.fresh,
         co_await rpc::ask<crm::v1::Deal>(peers_.to("crm"), "tasks", ctx,
                                          "bordero.crm.v1.DealService/GetDeal", question));
  co_return place;
}

awaitable<Result<std::string>> DealDesk::deal_of_links(Context& ctx, const v1::Task& task) {
  std::string deal_id = task.deal_id();
  if (!task.policy_id().empty()) {
    crm::v1::GetPolicyRequest question;
    question.set_policy_id(task.policy_id());
    CO_TRY(const auto policy,
           co_await rpc::ask<crm::v1::Policy>(peers_.to("crm"), "tasks", ctx,
                                              "bordero.crm.v1.PolicyService/GetPolicy", question));
    CO_TRY(deal_id, same_deal(deal_id, policy.deal_id(), "policy_id"));
  }
  if (!task.payment_id().empty()) {
    payments::v1::GetPaymentRequest question;
    question.set_payment_id(task.payment_id());
    CO_TRY(const auto payment, co_await rpc::ask<payments::v1::Payment>(
                                   peers_.to("payments"), "tasks", ctx,
                                   "bordero.payments.v1.PaymentService/GetPayment", question));
    CO_TRY(deal_id, same_deal(deal_id, payment.deal_id(), "payment_id"));
  }
  co_return deal_id;
}

awaitable<Result<bool>> DealDesk::copy_is_enough(Context& ctx, const std::string& deal_id,
                                                 const std::string& assignee_id) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto row = co_await tx.find_one(R"sql(
      SELECT EXISTS (SELECT FROM deal_access WHERE deal_id = d.id AND user_id = $2) AS caller_sees,
             EXISTS (SELECT FROM deal_access WHERE deal_id = d.id AND user_id = $3) OR
             EXISTS (SELECT FROM users WHERE id = $3 AND role IN ('finance', 'head', 'admin'))
               AS assignee_sees
        FROM deals d
       WHERE d.id = $1)sql",
                                        deal_id, user_param(ctx.caller), assignee_id);
  if (!row) co_return false;
  const bool caller_sees = sees_every_deal(ctx.caller.role) || row->get<bool>("caller_sees");
  co_return caller_sees && row->get<bool>("assignee_sees");
}

awaitable<bool> DealDesk::just_left(const Caller& caller, const std::string& deal_id) {
  if (deal_id.empty() || sees_every_deal(caller.role)) co_return false;
  const auto left = co_await projection::just_left(redis_, caller);
  co_return std::find(left.begin(), left.end(), deal_id) != left.end();
}

awaitable<Result<void>> enter_deal(pg::Transaction& tx, const Caller& caller, const Place& place) {
  if (place.deal_id.empty()) co_return Result<void>();
  if (place.fresh) co_await projection::keep_deal(tx, *place.fresh);
  const auto row =
      co_await tx.find_one("SELECT status FROM deals WHERE id = $1 FOR SHARE", place.deal_id);
  if (!row) co_return not_found("deal_not_found");
  if (!sees_every_deal(caller.role)) {
    const bool sees = co_await sees_deal(tx, place.deal_id, caller.user_id);
    if (!sees) co_return not_found("deal_not_found");
  }
  if (row->text("status") == "closed") co_return refused("deal_is_closed");
  co_return Result<void>();
}

awaitable<Result<void>> check_assignee(pg::Transaction& tx, const std::string& deal_id,
                                       const std::string& assignee_id) {
  CO_TRY(const auto id, parse_id<projection::User>(assignee_id, "assignee_id"));
  const auto user = co_await projection::find_user(tx, id);
  if (!user) co_return invalid_field("assignee_id", "user_not_found");
  if (!user->active) co_return refused("user_not_active");
  if (deal_id.empty() || sees_every_deal(user->role)) co_return Result<void>();
  const bool sees = co_await sees_deal(tx, deal_id, assignee_id);
  if (!sees) co_return refused("assignee_not_in_deal");
  co_return Result<void>();
}

}  // namespace bordero::tasks
