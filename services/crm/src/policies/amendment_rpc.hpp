#pragma once

#include <tuple>

#include "bordero/crm/v1/amendments.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::crm {

class AmendmentRpc {
 public:
  explicit AmendmentRpc(pg::Database& db) : db_(db) {}

  awaitable<Result<v1::ListAmendmentsReply>> list_amendments(
      Context& ctx, const v1::ListAmendmentsRequest& request);
  awaitable<Result<v1::Amendment>> create_amendment(Context& ctx,
                                                    const v1::CreateAmendmentRequest& request);
  awaitable<Result<v1::Amendment>> update_amendment(Context& ctx,
                                                    const v1::UpdateAmendmentRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&AmendmentRpc::list_amendments, &AmendmentRpc::create_amendment,
                      &AmendmentRpc::update_amendment);
  }

 private:
  pg::Database& db_;
};

}  // namespace bordero::crm
