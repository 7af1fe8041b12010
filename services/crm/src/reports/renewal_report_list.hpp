#pragma once

#include "bordero/crm/v1/reports.pb.h"
#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/reports/renewal_report.hpp"

namespace bordero::crm {

// A page of the policies that the report of the same period and filter counts.
awaitable<Result<v1::ListRenewalReportPoliciesReply>> renewal_report_page(
    pg::Transaction& tx, const Caller& caller, const v1::ListRenewalReportPoliciesRequest& request,
    const ReportPeriod& period);

}  // namespace bordero::crm
