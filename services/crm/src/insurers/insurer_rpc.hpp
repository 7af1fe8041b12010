#pragma once

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

 private:
  pg::Database& db_;
};

}  // namespace bordero::crm
