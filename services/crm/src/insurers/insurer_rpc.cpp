#include "services/crm/src/insurers/insurer_rpc.hpp"

#include <set>

#include "bordero/crm/v1/events.pb.h"
#include "platform/rpc/patch.hpp"
#include "platform/search/folding.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/insurers/insurer_store.hpp"

namespace bordero::crm {
namespace {

// Names are told apart by their letters and digits; each product stands once.
Result<void> check_insurer(const v1::Insurer& insurer) {
  if (search::folded_name(insurer.name()).empty()) return invalid_field("name", "required");
  std::set<int> seen;
  for (int i = 0; i < insurer.products_size(); ++i) {
    const std::string field = "products[" + std::to_string(i) + "]";
    const int product = insurer.products(i);
    if (product == v1::PRODUCT_UNSPECIFIED || !v1::Product_IsValid(product)) {
      return invalid_field(field, "unknown_product");
    }
    if (!seen.insert(product).second) return invalid_field(field, "repeated");
  }
  return {};
}

void complete_insurer(v1::Insurer& insurer) {
  if (insurer.short_name().empty()) insurer.set_short_name(insurer.name());
}

void show_insurer(v1::Insurer& insurer, const Caller& caller) {
  Result<void> write;
  if (!policy::may(caller, "insurers.write")) write = forbidden("role_not_allowed");
  add_capability(*insurer.mutable_can(), "update", write);
}

// Everybody who is signed in reads insurers.
mq::About about_insurer(const v1::Insurer& insurer) {
  auto about = crm::about("insurer", insurer.id(), insurer.version(), {});
  about.audience_roles = {"agent", "executor", "finance", "head", "admin"};
  return about;
}

}  // namespace

awaitable<Result<v1::ListInsurersReply>> InsurerRpc::list_insurers(
    Context& ctx, const v1::ListInsurersRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await insurer_page(tx, asked));
  v1::ListInsurersReply reply;
  for (const auto& row : page.rows) {
    auto& insurer = *reply.add_insurers();
    row.fill(insurer);
    show_insurer(insurer, ctx.caller);
  }
  put_page(page, reply);
  co_return reply;
}

awaitable<Result<v1::Insurer>> InsurerRpc::get_insurer(Context& ctx,
                                                       const v1::GetInsurerRequest& request) {
  CO_TRY(const auto id, parse_id<Insurer>(request.insurer_id(), "insurer_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(auto insurer, co_await find_insurer(tx, id));
  show_insurer(insurer, ctx.caller);
  co_return insurer;
}

awaitable<Result<v1::Insurer>> InsurerRpc::create_insurer(Context& ctx,
                                                          const v1::CreateInsurerRequest& request) {
  const auto id = Id<Insurer>::make();
  v1::Insurer insurer;
  insurer.set_id(id.str());
  insurer.set_name(request.name());
  insurer.set_short_name(request.short_name());
  *insurer.mutable_products() = request.products();
  complete_insurer(insurer);
  CO_TRY_VOID(check_insurer(insurer));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  insert_insurer(tx, insurer);
  CO_TRY(auto view, co_await find_insurer(tx, id));
  v1::InsurerCreated event;
  *event.mutable_insurer() = view;
  mq::publish(tx, ctx, event, about_insurer(view));
  show_insurer(view, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(view));
  co_return view;
}

awaitable<Result<v1::Insurer>> InsurerRpc::update_insurer(Context& ctx,
                                                          const v1::UpdateInsurerRequest& request) {
  CO_TRY(const auto id, parse_id<Insurer>(request.insurer_id(), "insurer_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const auto before, co_await lock_insurer(tx, id));
  CO_TRY_VOID(rpc::check_version(before.version(), request.version(), "insurer_changed"));
  v1::Insurer wanted = before;
  CO_TRY(const auto fields, rpc::patch(wanted, request, request.update_mask()));
  complete_insurer(wanted);
  CO_TRY_VOID(check_insurer(wanted));
  v1::Insurer after = before;
  if (!fields.empty()) {
    save_insurer(tx, wanted);
    CO_TRY(after, co_await find_insurer(tx, id));
    v1::InsurerUpdated event;
    *event.mutable_before() = before;
    *event.mutable_after() = after;
    mq::publish(tx, ctx, event, about_insurer(after));
  }
  show_insurer(after, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

}  // namespace bordero::crm
