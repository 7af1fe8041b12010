#pragma once

#include <tuple>

#include "bordero/crm/v1/reports.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::crm {

class RenewalReportRpc {
 public:
  explicit RenewalReportRpc(pg::Database& db) : db_(db) {}

  awaitable<Result<v1::RenewalReport>> get_renewal_report(
      Context& ctx, const v1::GetRenewalReportRequest& request);
  awaitable<Result<v1::ListRenewalReportPoliciesReply>> list_policies(
      Context& ctx, const v1::ListRenewalReportPoliciesRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&RenewalReportRpc::get_renewal_report, &RenewalReportRpc::list_policies);
  }

 private:
  pg::Database& db_;
};

}  // namespace bordero::crm
