#include "services/auth/src/agency/agency_rpc.hpp"

#include "platform/rpc/patch.hpp"
#include "services/auth/src/agency/agency_store.hpp"
#include "services/auth/src/events.hpp"

namespace bordero::auth {
namespace {

// Of the record itself; a picture among them is changed by itself.
google::protobuf::FieldMask without_logo(const google::protobuf::FieldMask& mask) {
  google::protobuf::FieldMask rest;
  for (const std::string& path : mask.paths()) {
    if (path != "logo") rest.add_paths(path);
  }
  return rest;
}

}  // namespace

awaitable<Result<v1::Agency>> AgencyRpc::get_agency(Context& ctx, const v1::GetAgencyRequest&) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  auto agency = co_await view_agency(tx);
  show_agency(agency, ctx.caller);
  co_return agency;
}

awaitable<Result<v1::Agency>> AgencyRpc::update_agency(Context& ctx,
                                                       const v1::UpdateAgencyRequest& request) {
  const auto plain = without_logo(request.update_mask());
  const bool names_logo = plain.paths_size() < request.update_mask().paths_size();
  CO_TRY(const Logo logo, checked_logo(request.logo()));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  const auto before = co_await lock_agency(tx);
  CO_TRY_VOID(rpc::check_version(before.version(), request.version(), "settings_changed"));
  v1::Agency after = before;
  CO_TRY_VOID(rpc::patch(after, request, plain));
  CO_TRY(after, checked(std::move(after)));
  if (names_logo) after.set_logo_digest(logo.digest);
  if (after.SerializeAsString() != before.SerializeAsString()) {
    save_agency(tx, after);
    if (names_logo) save_logo(tx, logo);
    after = co_await view_agency(tx);
    publish_agency_updated(tx, ctx, before, after);
  }
  show_agency(after, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

awaitable<Result<common::v1::File>> AgencyRpc::get_logo(Context& ctx,
                                                        const v1::GetLogoRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_return co_await find_logo(tx, request.digest());
}

awaitable<Result<v1::Agency>> AgencyRpc::export_agency(Context& ctx,
                                                       const v1::ExportAgencyRequest&) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_return co_await view_agency(tx);
}

awaitable<Result<common::v1::File>> AgencyRpc::export_logo(Context& ctx,
                                                           const v1::ExportLogoRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_return co_await find_logo(tx, request.digest());
}

}  // namespace bordero::auth
