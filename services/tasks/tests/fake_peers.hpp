#pragma once

#include <memory>
#include <string>
#include <utility>

#include "bordero/payments/v1/payments.pb.h"
#include "platform/rpc/channel.hpp"

namespace bordero::tasks {

// CRM as this service asks it: it knows no more than the copy does.
class SilentCrm : public rpc::Channel {
 public:
  awaitable<rpc::AnyReply> call(rpc::Envelope, const rpc::Message&, const rpc::Message&) override {
    co_return not_found("deal_not_found");
  }
  bool connected() const override { return true; }
};

// Payments that all belong to one deal, seen by everybody.
class OneDealsPayments : public rpc::Channel {
 public:
  explicit OneDealsPayments(const std::string& deal_id) : deal_id_(deal_id) {}
  awaitable<rpc::AnyReply> call(rpc::Envelope, const rpc::Message& request,
                                const rpc::Message&) override {
    auto payment = std::make_unique<payments::v1::Payment>();
    payment->set_id(static_cast<const payments::v1::GetPaymentRequest&>(request).payment_id());
    payment->set_deal_id(deal_id_);
    rpc::Answer answer;
    answer.message = std::move(payment);
    co_return std::move(answer);
  }
  bool connected() const override { return true; }

 private:
  const std::string& deal_id_;
};

}  // namespace bordero::tasks
