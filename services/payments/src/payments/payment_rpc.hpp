#pragma once

#include <tuple>

#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"
#include "services/payments/src/payments/payment_store.hpp"

namespace bordero::payments {

class PaymentRpc {
 public:
  PaymentRpc(pg::Database& db, redis::Client& redis) : db_(db), redis_(redis) {}

  awaitable<Result<v1::ListPaymentsReply>> list_payments(Context& ctx,
                                                         const v1::ListPaymentsRequest& request);
  awaitable<Result<v1::Payment>> get_payment(Context& ctx, const v1::GetPaymentRequest& request);
  awaitable<Result<v1::Payment>> create_payment(Context& ctx,
                                                const v1::CreatePaymentRequest& request);
  awaitable<Result<v1::Payment>> update_payment(Context& ctx,
                                                const v1::UpdatePaymentRequest& request);
  awaitable<Result<v1::Payment>> transition_payment(Context& ctx,
                                                    const v1::TransitionPaymentRequest& request);
  awaitable<Result<v1::Payment>> void_payment(Context& ctx, const v1::VoidPaymentRequest& request);
  awaitable<Result<v1::ListPaymentVersionsReply>> list_versions(
      Context& ctx, const v1::ListPaymentVersionsRequest& request);
  awaitable<Result<v1::PaymentExplanation>> explain(Context& ctx,
                                                    const v1::ExplainPaymentRequest& request);
  // Whether the payments that a kept answer shows may all still be seen.
  awaitable<Result<void>> still_visible(Context& ctx, std::vector<std::string> ids);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&PaymentRpc::list_payments, &PaymentRpc::get_payment,
                      &PaymentRpc::create_payment, &PaymentRpc::update_payment,
                      &PaymentRpc::transition_payment, &PaymentRpc::void_payment,
                      &PaymentRpc::list_versions, &PaymentRpc::explain);
  }

 private:
  awaitable<Result<v1::Payment>> finish(Context& ctx, pg::Transaction& tx, SeenPayment seen);

  pg::Database& db_;
  redis::Client& redis_;
};

}  // namespace bordero::payments
