#pragma once

#include "bordero/crm/v1/reports.pb.h"
#include "services/crm/src/clients/inactivity_job.hpp"
#include "services/crm/tests/policy_fixture.hpp"

namespace bordero::crm {

// Policies that end on a day, and quotes that may continue them.
class RenewalOutlookTest : public PolicyTest {
 protected:
  void TearDown() override { clock::shift(std::chrono::hours(0)); }

  // In force for the year that ends in so many days.
  v1::Policy given_ending(const Person& who, const v1::Deal& deal, int in_days,
                          const std::string& number) {
    const Date to = clock::today().plus_days(in_days);
    auto request = policy_request();
    request.set_deal_id(deal.id());
    request.set_number(number);
    request.set_effective_from(to.plus_days(-364).str());
    request.set_effective_to(to.str());
    request.clear_instalments();
    add_instalment(request, to.plus_days(-364).str(), 10'000'000);
    request.mutable_premium()->set_amount_minor(10'000'000);
    return must(activate(who, must(create(who, request))));
  }
  v1::Calculation given_quote(const std::string& deal_id, std::int64_t premium) {
    v1::CreateCalculationRequest request;
    request.set_deal_id(deal_id);
    request.set_insurer_id(insurer_.id());
    request.set_product(v1::PRODUCT_KASKO);
    request.mutable_premium()->set_amount_minor(premium);
    request.mutable_premium()->set_currency("RUB");
    request.mutable_coverage_sum()->set_amount_minor(220'000'000);
    request.mutable_coverage_sum()->set_currency("RUB");
    request.mutable_deductible()->set_currency("RUB");
    request.set_valid_until(clock::today().plus_days(20).str());
    return must(call<v1::Calculation>(agent_, "CalculationService/CreateCalculation", request));
  }
  v1::Calculation move(const v1::Calculation& quote, v1::CalculationStatus to) {
    v1::TransitionCalculationRequest request;
    request.set_calculation_id(quote.id());
    request.set_version(quote.version());
    request.set_status(to);
    return must(call<v1::Calculation>(agent_, "CalculationService/TransitionCalculation", request));
  }
  v1::Policy now(const v1::Policy& policy) { return must(get(agent_, policy.id())); }
  void renew_and_activate(const v1::Policy& policy, const std::string& number_of_new) {
    const auto draft = must(renew(agent_, policy.id()));
    number(draft, number_of_new);
    must(activate(agent_, must(get(agent_, draft.id()))));
  }
  Result<v1::BatchPoliciesReply> batch(const Person& who, const std::string& action,
                                       const std::vector<std::string>& ids) {
    v1::BatchPoliciesRequest request;
    request.set_action(action);
    for (const auto& id : ids) request.add_items()->set_id(id);
    return call<v1::BatchPoliciesReply>(who, "PolicyService/BatchPolicies", request);
  }
  Result<v1::RenewalReport> report(const Person& who, const std::string& group_by = "") {
    v1::GetRenewalReportRequest request;
    request.set_group_by(group_by);
    request.set_from(clock::today().plus_days(-60).str());
    request.set_to(clock::today().plus_days(60).str());
    return call<v1::RenewalReport>(who, "ReportService/GetRenewalReport", request);
  }
  v1::ListRenewalReportPoliciesRequest behind_report(const std::string& filter = "") {
    v1::ListRenewalReportPoliciesRequest request;
    request.set_from(clock::today().plus_days(-60).str());
    request.set_to(clock::today().plus_days(60).str());
    request.set_filter(filter);
    return request;
  }
  Result<v1::ListRenewalReportPoliciesReply> behind(
      const Person& who, const v1::ListRenewalReportPoliciesRequest& request) {
    return call<v1::ListRenewalReportPoliciesReply>(who, "ReportService/ListRenewalReportPolicies",
                                                    request);
  }
  Result<v1::ListCoverageGapsReply> gaps(const Person& who, const std::string& client_id) {
    v1::ListCoverageGapsRequest request;
    request.set_client_id(client_id);
    return call<v1::ListCoverageGapsReply>(who, "ClientService/ListCoverageGaps", request);
  }
  void retire() {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    while (must(run(retire_clients(db)))) {
    }
  }
};

}  // namespace bordero::crm
