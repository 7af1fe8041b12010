#pragma once

#include "bordero/crm/v1/calculations.pb.h"
#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {

// Two insurers, and quotes of theirs.
class CalculationTest : public CrmTest {
 protected:
  CalculationTest() {
    insurer_ = given_insurer("Росполис");
    other_insurer_ = given_insurer("Северная");
  }

  std::string given_insurer(const std::string& name) {
    v1::CreateInsurerRequest request;
    request.set_name(name);
    return must(call<v1::Insurer>(admin_, "InsurerService/CreateInsurer", request)).id();
  }

  static void set_money(common::v1::Money* money, std::int64_t minor) {
    money->set_amount_minor(minor);
    money->set_currency("RUB");
  }
  v1::CreateCalculationRequest kasko(const std::string& deal_id, std::int64_t premium = 8425000) {
    v1::CreateCalculationRequest request;
    request.set_deal_id(deal_id);
    request.set_insurer_id(insurer_);
    request.set_product(v1::PRODUCT_KASKO);
    set_money(request.mutable_premium(), premium);
    set_money(request.mutable_coverage_sum(), 220000000);
    set_money(request.mutable_deductible(), 0);
    request.set_commission_rate("18");
    request.set_valid_until(clock::today().plus_days(9).str());
    request.mutable_terms()->set_repair(v1::REPAIR_DEALER);
    request.mutable_terms()->set_theft(v1::THEFT_INCLUDED);
    request.mutable_terms()->set_instalment_count(4);
    return request;
  }
  v1::Calculation given_calculation(const Person& who, const std::string& deal_id,
                                    std::int64_t premium = 8425000) {
    return must(create(who, kasko(deal_id, premium)));
  }
  Result<v1::Calculation> create(const Person& who, const v1::CreateCalculationRequest& request) {
    return call<v1::Calculation>(who, "CalculationService/CreateCalculation", request);
  }
  Result<v1::Calculation> update(const Person& who, const v1::UpdateCalculationRequest& request) {
    return call<v1::Calculation>(who, "CalculationService/UpdateCalculation", request);
  }
  Result<v1::Calculation> get(const Person& who, const std::string& id) {
    v1::GetCalculationRequest request;
    request.set_calculation_id(id);
    return call<v1::Calculation>(who, "CalculationService/GetCalculation", request);
  }
  static v1::TransitionCalculationRequest transition_of(const v1::Calculation& calculation,
                                                        v1::CalculationStatus to) {
    v1::TransitionCalculationRequest request;
    request.set_calculation_id(calculation.id());
    request.set_version(calculation.version());
    request.set_status(to);
    return request;
  }
  Result<v1::Calculation> move(const Person& who, const v1::Calculation& calculation,
                               v1::CalculationStatus to) {
    return call<v1::Calculation>(who, "CalculationService/TransitionCalculation",
                                 transition_of(calculation, to));
  }
  v1::ListCalculationsReply list(const Person& who, const std::string& filter = "",
                                 const std::string& order = "", const std::string& group = "") {
    v1::ListCalculationsRequest request;
    request.set_filter(filter);
    request.set_order_by(order);
    request.set_group_by(group);
    return must(
        call<v1::ListCalculationsReply>(who, "CalculationService/ListCalculations", request));
  }
  v1::ListCalculationHistoryReply history(const Person& who, const std::string& id) {
    v1::ListCalculationHistoryRequest request;
    request.set_calculation_id(id);
    return must(call<v1::ListCalculationHistoryReply>(
        who, "CalculationService/ListCalculationHistory", request));
  }

  std::string insurer_;
  std::string other_insurer_;
};

}  // namespace bordero::crm
