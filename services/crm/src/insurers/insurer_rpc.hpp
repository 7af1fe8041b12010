#pragma once

#include <tuple>

#include "bordero/crm/v1/insurers.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::crm {

class InsurerRpc {
 public:
  explicit InsurerRpc(pg::Database& db) : db_(db) {}

  awaitable<Result<v1::ListInsurersReply>> list_insurers(Context& ctx,
                                                         const v1::ListInsurersRequest& request);
  awaitable<Result<v1::Insurer>> get_insurer(Context& ctx, const v1::GetInsurerRequest& request);
  awaitable<Result<v1::Insurer>> create_insurer(Context& ctx,
                                                const v1::CreateInsurerRequest& request);
  awaitable<Result<v1::Insurer>> update_insurer(Context& ctx,
                                                const v1::UpdateInsurerRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&InsurerRpc::list_insurers, &InsurerRpc::get_insurer,
                      &InsurerRpc::create_insurer, &InsurerRpc::update_insurer);
  }

 private:
  pg::Database& db_;
};

}  // namespace bordero::crm
