#include "services/crm/src/clients/client_rpc.hpp"

#include <algorithm>

#include "bordero/crm/v1/events.pb.h"
#include "platform/rpc/patch.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/clients/client_events.hpp"
#include "services/crm/src/clients/client_list.hpp"
#include "services/crm/src/clients/client_store.hpp"
#include "services/crm/src/clients/duplicates.hpp"
#include "services/crm/src/clients/phone.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {
namespace {

Result<void> may_write(const Context& ctx, const SeenClient& seen) {
  return may(ctx.caller, "clients.write", "clients.read", seen.relation, "client_not_found");
}

v1::Client client_from(const v1::CreateClientRequest& request, const std::string& owner_id) {
  v1::Client client;
  client.set_id(Id<Client>::make().str());
  client.set_type(request.type());
  client.set_full_name(request.full_name());
  client.set_short_name(request.short_name());
  client.set_tax_number(request.tax_number());
  client.set_registration_number(request.registration_number());
  client.set_birth_date(request.birth_date());
  client.set_segment(request.segment());
  *client.mutable_contacts() = request.contacts();
  client.set_address(request.address());
  client.set_notes(request.notes());
  if (request.has_consent()) *client.mutable_consent() = request.consent();
  client.set_owner_id(owner_id);
  return client;
}

// Phones in E.164 are derived; nobody sends them.
template <class Request>
Result<void> refuse_derived(const Request& request) {
  for (int i = 0; i < request.contacts_size(); ++i) {
    if (request.contacts(i).phone_e164().empty()) continue;
    return invalid_field("contacts[" + std::to_string(i) + "].phone_e164", "read_only");
  }
  return {};
}

void show_duplicates(v1::Client& client, const Duplicates& found) {
  for (const auto& duplicate : found.shown) *client.add_duplicates() = duplicate;
  if (!found.hidden) return;
  auto* warning = client.add_warnings();
  warning->set_code("duplicate_hidden");
}

bool has(const std::vector<std::string>& fields, const char* field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

Result<void> check_update(const Context& ctx, const v1::Client& before, const v1::Client& wanted,
                          const std::vector<std::string>& fields) {
  if (has(fields, "owner_id")) {
    if (ctx.caller.role != Role::admin) return invalid_field("owner_id", "admins_only");
    if (wanted.owner_id().empty()) return invalid_field("owner_id", "required");
  }
  return may_set_status(rule_view(before), wanted.status());
}

}  // namespace

awaitable<Result<v1::ListClientsReply>> ClientRpc::list_clients(
    Context& ctx, const v1::ListClientsRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_return co_await list_page_of_clients(tx, ctx.caller, request);
}

awaitable<Result<v1::Client>> ClientRpc::get_client(Context& ctx,
                                                    const v1::GetClientRequest& request) {
  CO_TRY(const auto id, parse_id<Client>(request.client_id(), "client_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(SeenClient seen, co_await find_client(tx, id, ctx.caller));
  co_await add_figures(tx, ctx.caller, seen.view);
  show_client(seen.view, ctx.caller, seen.relation);
  co_return std::move(seen.view);
}

awaitable<Result<v1::Client>> ClientRpc::create_client(Context& ctx,
                                                       const v1::CreateClientRequest& request) {
  CO_TRY_VOID(refuse_derived(request));
  CO_TRY(const auto owner_id, owner_of_new(ctx.caller, request.owner_id()));
  v1::Client client = client_from(request, owner_id);
  CO_TRY_VOID(complete_client(client));
  CO_TRY(const auto id, parse_id<Client>(client.id(), "id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  if (owner_id != ctx.caller.user_id) {
    CO_TRY(const auto owner, parse_id<User>(owner_id, "owner_id"));
    CO_TRY(const User user, co_await find_user(tx, owner, "owner_id"));
    CO_TRY_VOID(may_own(user));
  }
  const auto duplicates = co_await crm::find_duplicates(tx, ctx.caller, probe_of(client));
  insert_client(tx, client);
  auto view = co_await view_client(tx, id);
  v1::ClientCreated event;
  *event.mutable_client() = view;
  mq::publish(tx, ctx, event, about("client", view.id(), view.version(), {owner_id}));

  policy::Relation relation;
  relation.owner = owner_id == ctx.caller.user_id;
  show_client(view, ctx.caller, relation);
  show_duplicates(view, duplicates);
  CO_TRY_VOID(co_await tx.commit(view));
  co_return view;
}

awaitable<Result<v1::Client>> ClientRpc::update_client(Context& ctx,
                                                       const v1::UpdateClientRequest& request) {
  CO_TRY(const auto id, parse_id<Client>(request.client_id(), "client_id"));
  CO_TRY_VOID(refuse_derived(request));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenClient seen, co_await lock_client(tx, id, ctx.caller));
  CO_TRY_VOID(may_write(ctx, seen));
  CO_TRY_VOID(rpc::check_version(seen.view.version(), request.version(), "client_changed"));
  CO_TRY_VOID(may_change(rule_view(seen.view)));
  v1::Client wanted = seen.view;
  CO_TRY(const auto fields, rpc::patch(wanted, request, request.update_mask()));
  CO_TRY_VOID(check_update(ctx, seen.view, wanted, fields));
  if (has(fields, "full_name") && !has(fields, "short_name") &&
      seen.view.short_name() == seen.view.full_name()) {
    wanted.clear_short_name();
  }
  CO_TRY_VOID(complete_client(wanted));
  std::vector<std::string> touched;
  if (has(fields, "owner_id")) {
    CO_TRY(const auto owner, parse_id<User>(wanted.owner_id(), "owner_id"));
    CO_TRY(const User user, co_await find_user(tx, owner, "owner_id"));
    CO_TRY_VOID(may_own(user));
    touched = {seen.view.owner_id()};
  }

  v1::Client after = seen.view;
  if (!fields.empty()) {
    save_client(tx, wanted);
    after = co_await view_client(tx, id);
    const auto audience = co_await audience_of_client(tx, id);
    announce_updated(tx, ctx, seen.view, after, audience);
  }
  if (after.short_name() != seen.view.short_name()) {
    const auto deals = co_await list_deals_of_client(tx, after.id());
    for (const auto& deal : deals) save_deal_words(tx, deal);
  }
  show_client(after, ctx.caller, seen.relation);
  CO_TRY_VOID(co_await tx.commit(after));
  co_await raise_acl(redis_, touched);
  co_return after;
}

awaitable<Result<v1::Client>> ClientRpc::set_archived(Context& ctx, const std::string& client_id,
                                                      int version, bool archived) {
  CO_TRY(const auto id, parse_id<Client>(client_id, "client_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenClient seen, co_await lock_client(tx, id, ctx.caller));
  CO_TRY_VOID(may_write(ctx, seen));
  CO_TRY_VOID(rpc::check_version(seen.view.version(), version, "client_changed"));
  const Client client = rule_view(seen.view);
  CO_TRY_VOID(archived ? may_archive(client) : may_restore(client));
  v1::Client wanted = seen.view;
  wanted.set_archived(archived);
  save_client(tx, wanted);
  auto after = co_await view_client(tx, id);
  const auto audience = co_await audience_of_client(tx, id);
  announce_updated(tx, ctx, seen.view, after, audience);
  show_client(after, ctx.caller, seen.relation);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

awaitable<Result<v1::Client>> ClientRpc::archive_client(Context& ctx,
                                                        const v1::ArchiveClientRequest& request) {
  co_return co_await set_archived(ctx, request.client_id(), request.version(), true);
}

awaitable<Result<v1::Client>> ClientRpc::restore_client(Context& ctx,
                                                        const v1::RestoreClientRequest& request) {
  co_return co_await set_archived(ctx, request.client_id(), request.version(), false);
}

awaitable<Result<v1::FindDuplicatesReply>> ClientRpc::find_duplicates(
    Context& ctx, const v1::FindDuplicatesRequest& request) {
  Probe probe{.full_name = request.full_name(),
              .tax_number = request.tax_number(),
              .exclude_id = request.exclude_id()};
  const auto phone = phone_e164(request.phone());
  if (!phone.empty()) probe.phones.push_back(phone);
  if (!request.email().empty()) probe.emails.push_back(request.email());
  CO_TRY(auto tx, co_await db_.begin(ctx));

  const auto found = co_await crm::find_duplicates(tx, ctx.caller, std::move(probe));
  v1::FindDuplicatesReply reply;
  for (const auto& duplicate : found.shown) *reply.add_duplicates() = duplicate;
  reply.set_hidden(found.hidden);
  CO_TRY_VOID(co_await tx.commit());  // Keeps the count of hints.
  co_return reply;
}

awaitable<Result<common::v1::Empty>> ClientRpc::mark_distinct(
    Context& ctx, const v1::MarkDistinctRequest& request) {
  CO_TRY(const auto id, parse_id<Client>(request.client_id(), "client_id"));
  CO_TRY(const auto other_id, parse_id<Client>(request.other_id(), "other_id"));
  if (id == other_id) co_return invalid_field("other_id", "same_client");
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenClient seen, co_await share_client(tx, id, ctx.caller));
  CO_TRY_VOID(may_write(ctx, seen));
  CO_TRY_VOID(co_await share_client(tx, other_id, ctx.caller));
  save_distinction(tx, id, other_id, ctx.caller);
  const common::v1::Empty reply;
  CO_TRY_VOID(co_await tx.commit(reply));
  co_return reply;
}

awaitable<Result<void>> ClientRpc::still_visible(Context& ctx, const std::string& client_id) {
  CO_TRY(const auto id, parse_id<Client>(client_id, "client_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY_VOID(co_await find_client(tx, id, ctx.caller));
  co_return Result<void>();
}

}  // namespace bordero::crm
