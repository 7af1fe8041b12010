#pragma once

#include <tuple>

#include "platform/rpc/dispatcher.hpp"
#include "services/auth/src/agency/agency.hpp"

namespace bordero::auth {

class AgencyRpc {
 public:
  explicit AgencyRpc(pg::Database& db) : db_(db) {}
  awaitable<Result<v1::Agency>> get_agency(Context& ctx, const v1::GetAgencyRequest& request);
  awaitable<Result<v1::Agency>> update_agency(Context& ctx, const v1::UpdateAgencyRequest& request);
  awaitable<Result<common::v1::File>> get_logo(Context& ctx, const v1::GetLogoRequest& request);
  awaitable<Result<v1::Agency>> export_agency(Context& ctx, const v1::ExportAgencyRequest& request);
  awaitable<Result<common::v1::File>> export_logo(Context& ctx,
                                                  const v1::ExportLogoRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&AgencyRpc::get_agency, &AgencyRpc::update_agency, &AgencyRpc::get_logo,
                      &AgencyRpc::export_agency, &AgencyRpc::export_logo);
  }

 private:
  pg::Database& db_;
};

}  // namespace bordero::auth
