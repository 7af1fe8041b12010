#include "services/crm/src/agency/logo_job.hpp"

#include "bordero/auth/v1/agency.pb.h"
#include "bordero/common/v1/common.pb.h"
#include "services/crm/src/agency/logo_store.hpp"

namespace bordero::crm {
namespace {

constexpr std::chrono::seconds kLimit{10};

awaitable<Result<std::string>> wanted(pg::Database& db) {
  Context ctx = system_context(kTakeLogo, kLimit);
  CO_TRY(auto tx, co_await db.read(ctx));
  co_return co_await missing_logo(tx);
}

}  // namespace

awaitable<Result<bool>> take_logo(pg::Database& db, rpc::Peers& peers) {
  CO_TRY(const std::string digest, co_await wanted(db));
  if (digest.empty()) co_return false;
  Context ctx = system_context(kTakeLogo, kLimit);
  auth::v1::ExportLogoRequest request;
  request.set_digest(digest);
  auto file = co_await rpc::ask<common::v1::File>(
      peers.to("auth"), "crm", ctx, "bordero.auth.v1.AgencyService/ExportLogo", request);
  // Another came since: its event is on the way.
  if (!file && file.error().kind == ErrorKind::not_found) co_return false;
  if (!file) co_return file.error();
  CO_TRY(auto tx, co_await db.begin(ctx));
  keep_logo(tx, digest, std::move(*file->mutable_data()));
  CO_TRY_VOID(co_await tx.commit());
  co_return false;
}

}  // namespace bordero::crm
