#include "services/crm/src/access/access_rpc.hpp"

#include "services/crm/src/calculations/calculation_store.hpp"
#include "services/crm/src/clients/client_store.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/insurers/insurer_store.hpp"
#include "services/crm/src/journal/journal_store.hpp"
#include "services/crm/src/offers/offer_store.hpp"
#include "services/crm/src/policies/amendment_store.hpp"
#include "services/crm/src/policies/policy_store.hpp"

namespace bordero::crm {
namespace {

awaitable<Result<void>> see(pg::Transaction& tx, const Caller& caller, const std::string& type,
                            const Uuid& id) {
  if (type == "client") {
    CO_TRY_VOID(co_await find_client(tx, Id<Client>{id}, caller));
  } else if (type == "deal") {
    CO_TRY_VOID(co_await find_deal(tx, Id<Deal>{id}, caller));
  } else if (type == "journal") {
    CO_TRY(const auto deal, co_await deal_of_entry(tx, Id<JournalEntry>{id}));
    CO_TRY_VOID(co_await find_deal(tx, deal, caller));
  } else if (type == "calculation") {
    CO_TRY_VOID(co_await find_calculation(tx, Id<Calculation>{id}, caller));
  } else if (type == "offer") {
    CO_TRY(const auto offer, co_await find_offer(tx, Id<Offer>{id}));
    CO_TRY(const auto deal, parse_id<Deal>(offer.deal_id(), "deal_id"));
    CO_TRY_VOID(co_await find_deal(tx, deal, caller));
  } else if (type == "insurer") {
    CO_TRY_VOID(co_await find_insurer(tx, Id<Insurer>{id}));
  } else if (type == "policy") {
    CO_TRY_VOID(co_await find_policy(tx, Id<Policy>{id}, caller));
  } else if (type == "amendment") {
    const auto amended = co_await policy_of_amendment(tx, id);
    if (!amended) co_return not_found("amendment_not_found");
    CO_TRY_VOID(co_await find_policy(tx, Id<Policy>{*amended}, caller));
  } else {
    co_return not_found("unknown_entity_type");
  }
  co_return Result<void>();
}

}  // namespace

awaitable<Result<common::v1::CheckAccessReply>> AccessRpc::check_access(
    Context& ctx, const common::v1::CheckAccessRequest& request) {
  const auto id = Uuid::parse(request.entity_id());
  if (!id) co_return invalid_field("entity_id", "not_a_uuid");
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto seen = co_await see(tx, ctx.caller, request.entity_type(), *id);
  common::v1::CheckAccessReply reply;
  reply.set_visible(seen.ok());
  co_return reply;
}

}  // namespace bordero::crm
