#include "services/crm/src/policies/amendment_rpc.hpp"

#include <algorithm>

#include "bordero/crm/v1/events.pb.h"
#include "platform/rpc/patch.hpp"
#include "platform/search/folding.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/journal/happened.hpp"
#include "services/crm/src/policies/amendment_store.hpp"
#include "services/crm/src/policies/policy_store.hpp"
#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kMissing = "policy_not_found";

Result<void> may_amend(const Caller& caller, const SeenPolicy& seen) {
  TRY(may(caller, "policies.write", "policies.read", seen.relation, kMissing));
  return may_change(rule_view(seen));
}

// What is done or cancelled stays so.
Result<void> may_edit(const v1::Amendment& amendment) {
  if (amendment.status() == v1::AMENDMENT_STATUS_PLANNED) return {};
  return refused("amendment_is_finished");
}

void show(v1::Amendment& amendment, const Caller& caller, const SeenPolicy& seen) {
  const auto amend = may_amend(caller, seen);
  add_capability(*amendment.mutable_can(), "update", amend ? may_edit(amendment) : amend);
}

awaitable<Result<SeenPolicy>> hold(pg::Transaction& tx, const Context& ctx,
                                   const std::string& policy_id) {
  CO_TRY(const auto id, parse_id<Policy>(policy_id, "policy_id"));
  CO_TRY(SeenPolicy seen, co_await lock_policy(tx, id, ctx.caller));
  CO_TRY_VOID(may_amend(ctx.caller, seen));
  co_return seen;
}

// An amendment is handled by somebody who sees the policy.
awaitable<Result<void>> check_handler(pg::Transaction& tx, const SeenPolicy& seen,
                                      const std::string& handler_id) {
  const std::vector<std::string> ids = {handler_id};
  const auto users = co_await projection::list_active_users(tx, ids);
  const bool member =
      std::find(seen.audience.begin(), seen.audience.end(), handler_id) != seen.audience.end();
  if (users.empty() || !(member || sees_all(users[0].role))) {
    co_return invalid_field("handler_id", "does_not_see_the_deal");
  }
  co_return Result<void>();
}

template <class Event>
void tell(pg::Transaction& tx, const Context& ctx, const SeenPolicy& seen, const Event& event,
          const v1::Amendment& after, const char* kind) {
  const auto target = about("amendment", after.id(), after.version(), seen.audience);
  mq::publish(tx, ctx, event, target);
  write_happened(tx, ctx, after.deal_id(),
                 {.kind = kind,
                  .to = pg::enum_tail(v1::AmendmentStatus_descriptor(), after.status()),
                  .reason = after.description(),
                  .subject = title_of(seen.view),
                  .subject_id = after.policy_id()});
}

Result<void> check_words(const v1::Amendment& amendment) {
  if (search::is_blank(amendment.description())) {
    return invalid_field("description", "required");
  }
  if (amendment.due_on().empty()) return invalid_field("due_on", "required");
  if (amendment.handler_id().empty()) return invalid_field("handler_id", "required");
  if (amendment.status() == v1::AMENDMENT_STATUS_UNSPECIFIED) {
    return invalid_field("status", "required");
  }
  return {};
}

}  // namespace

awaitable<Result<v1::ListAmendmentsReply>> AmendmentRpc::list_amendments(
    Context& ctx, const v1::ListAmendmentsRequest& request) {
  CO_TRY(const auto id, parse_id<Policy>(request.policy_id(), "policy_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(const SeenPolicy seen, co_await find_policy(tx, id, ctx.caller));
  v1::ListAmendmentsReply reply;
  for (auto& amendment : co_await crm::list_amendments(tx, request.policy_id())) {
    show(amendment, ctx.caller, seen);
    *reply.add_amendments() = std::move(amendment);
  }
  co_return reply;
}

awaitable<Result<v1::Amendment>> AmendmentRpc::create_amendment(
    Context& ctx, const v1::CreateAmendmentRequest& request) {
  CO_TRY(auto tx, co_await db_.begin(ctx));
  CO_TRY(const SeenPolicy seen, co_await hold(tx, ctx, request.policy_id()));
  const auto id = Id<Amendment>::make();
  v1::Amendment wanted;
  wanted.set_id(id.str());
  wanted.set_policy_id(request.policy_id());
  wanted.set_description(request.description());
  wanted.set_due_on(request.due_on());
  const bool named = !request.handler_id().empty();
  wanted.set_handler_id(named ? request.handler_id() : seen.view.lead_agent_id());
  wanted.set_status(v1::AMENDMENT_STATUS_PLANNED);
  CO_TRY_VOID(check_words(wanted));
  CO_TRY_VOID(co_await check_handler(tx, seen, wanted.handler_id()));

  insert_amendment(tx, wanted);
  CO_TRY(auto made, co_await find_amendment(tx, id, request.policy_id()));
  v1::AmendmentCreated event;
  *event.mutable_amendment() = made;
  tell(tx, ctx, seen, event, made, "amendment_created");
  show(made, ctx.caller, seen);
  CO_TRY_VOID(co_await tx.commit(made));
  co_return made;
}

awaitable<Result<v1::Amendment>> AmendmentRpc::update_amendment(
    Context& ctx, const v1::UpdateAmendmentRequest& request) {
  CO_TRY(const auto id, parse_id<Amendment>(request.amendment_id(), "amendment_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));
  CO_TRY(const SeenPolicy seen, co_await hold(tx, ctx, request.policy_id()));
  CO_TRY(const auto before, co_await find_amendment(tx, id, request.policy_id()));
  CO_TRY_VOID(rpc::check_version(before.version(), request.version(), "amendment_changed"));
  CO_TRY_VOID(may_edit(before));
  v1::Amendment after = before;
  CO_TRY(const auto fields, rpc::patch(after, request, request.update_mask()));
  CO_TRY_VOID(check_words(after));
  if (after.handler_id() != before.handler_id()) {
    CO_TRY_VOID(co_await check_handler(tx, seen, after.handler_id()));
  }

  if (!fields.empty()) {
    save_amendment(tx, after);
    CO_TRY(after, co_await find_amendment(tx, id, request.policy_id()));
    v1::AmendmentUpdated event;
    *event.mutable_before() = before;
    *event.mutable_after() = after;
    tell(tx, ctx, seen, event, after, "amendment_updated");
  }
  show(after, ctx.caller, seen);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

}  // namespace bordero::crm
