#pragma once

#include <tuple>

#include "platform/pg/database.hpp"
#include "services/crm/src/calculations/calculation_view.hpp"

namespace bordero::crm {

class CalculationRpc {
 public:
  explicit CalculationRpc(pg::Database& db) : db_(db) {}

  awaitable<Result<v1::ListCalculationsReply>> list_calculations(
      Context& ctx, const v1::ListCalculationsRequest& request);
  awaitable<Result<v1::Calculation>> get_calculation(Context& ctx,
                                                     const v1::GetCalculationRequest& request);
  awaitable<Result<v1::Calculation>> create_calculation(
      Context& ctx, const v1::CreateCalculationRequest& request);
  awaitable<Result<v1::Calculation>> update_calculation(
      Context& ctx, const v1::UpdateCalculationRequest& request);
  awaitable<Result<v1::Calculation>> transition_calculation(
      Context& ctx, const v1::TransitionCalculationRequest& request);
  awaitable<Result<v1::Calculation>> copy_calculation(Context& ctx,
                                                      const v1::CopyCalculationRequest& request);
  awaitable<Result<v1::ListCalculationHistoryReply>> list_history(
      Context& ctx, const v1::ListCalculationHistoryRequest& request);
  awaitable<Result<v1::Comparison>> compare_calculations(
      Context& ctx, const v1::CompareCalculationsRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&CalculationRpc::list_calculations, &CalculationRpc::get_calculation,
                      &CalculationRpc::create_calculation, &CalculationRpc::update_calculation,
                      &CalculationRpc::transition_calculation, &CalculationRpc::copy_calculation,
                      &CalculationRpc::list_history, &CalculationRpc::compare_calculations);
  }

 private:
  awaitable<Result<v1::Calculation>> add(Context& ctx, pg::Transaction& tx, const SeenDeal& deal,
                                         v1::Calculation wanted);

  pg::Database& db_;
};

}  // namespace bordero::crm
