#include "services/audit/src/entries/entry_rpc.hpp"

#include <algorithm>
#include <array>

#include "bordero/common/v1/common.pb.h"
#include "platform/policy/policy.hpp"
#include "services/audit/src/entries/entry_list.hpp"

namespace bordero::audit {
namespace {

// Who owns a kind of record, and so knows who may see it.
struct Owner {
  std::string_view entity_type;
  const char* service;
  const char* method;
};
constexpr const char* kAskCrm = "bordero.crm.v1.DealService/CheckAccess";
constexpr const char* kAskPayments = "bordero.payments.v1.PaymentService/CheckAccess";
constexpr std::array kOwners = {
    Owner{"client", "crm", kAskCrm},
    Owner{"deal", "crm", kAskCrm},
    Owner{"journal", "crm", kAskCrm},
    Owner{"insurer", "crm", kAskCrm},
    Owner{"amendment", "crm", kAskCrm},
    Owner{"policy", "crm", kAskCrm},
    Owner{"offer", "crm", kAskCrm},
    Owner{"calculation", "crm", kAskCrm},
    Owner{"task", "tasks", "bordero.tasks.v1.TaskService/CheckAccess"},
    Owner{"payment", "payments", kAskPayments},
    Owner{"commission_rule", "payments", kAskPayments},
};

const Owner* owner_of(const std::string& entity_type) {
  const auto* const found = std::find_if(kOwners.begin(), kOwners.end(), [&](const Owner& owner) {
    return owner.entity_type == entity_type;
  });
  return found == kOwners.end() ? nullptr : found;
}

template <class Reply>
void take_page(lists::ListPage& page, Reply& reply) {
  for (const auto& row : page.rows) row.fill(*reply.add_entries());
  put_page(page, reply);
}

// Both values are of known form: a word from the list of kinds, and a UUID.
lists::Request history_of(const v1::GetHistoryRequest& request) {
  return {.filter = "entity_id = \"" + request.entity_id() + "\" AND entity_type = \"" +
                    request.entity_type() + "\"",
          .page_size = request.page_size(),
          .page_token = request.page_token()};
}

}  // namespace

awaitable<Result<v1::ListEntriesReply>> EntryRpc::list_entries(
    Context& ctx, const v1::ListEntriesRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(auto page, co_await list_page(tx, lists::request_of(request), true));

  v1::ListEntriesReply reply;
  take_page(page, reply);
  co_return reply;
}

awaitable<Result<v1::GetHistoryReply>> EntryRpc::get_history(Context& ctx,
                                                             const v1::GetHistoryRequest& request) {
  v1::GetHistoryRequest asked = request;
  const auto id = Uuid::parse(request.entity_id());
  if (!id) co_return invalid_field("entity_id", "not_a_uuid");
  asked.set_entity_id(id->str());
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY_VOID(co_await require_visible(ctx, tx, asked));
  CO_TRY(auto page, co_await list_page(tx, history_of(asked), false));

  v1::GetHistoryReply reply;
  take_page(page, reply);
  co_return reply;
}

awaitable<Result<void>> EntryRpc::require_visible(const Context& ctx, pg::Transaction& tx,
                                                  const v1::GetHistoryRequest& request) {
  const auto& type = request.entity_type();
  const Owner* owner = owner_of(type);
  const bool known = owner != nullptr || type == "user" || type == "session";
  if (!known) co_return not_found("record_not_found");
  if (policy::may(ctx.caller, "audit.read")) co_return Result<void>();

  bool visible = false;
  if (type == "user") {
    visible = request.entity_id() == ctx.caller.user_id;
  } else if (type == "session") {
    visible = co_await opened_session(tx, request.entity_id(), ctx.caller.user_id);
  } else {
    common::v1::CheckAccessRequest question;
    question.set_entity_type(type);
    question.set_entity_id(request.entity_id());
    CO_TRY(const auto answer,
           co_await rpc::ask<common::v1::CheckAccessReply>(peers_.to(owner->service), "audit", ctx,
                                                           owner->method, question));
    visible = answer.visible();
  }
  if (!visible) co_return not_found("record_not_found");
  co_return Result<void>();
}

}  // namespace bordero::audit
