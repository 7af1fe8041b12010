#pragma once

#include <string>
#include <vector>

#include "demo/large_copies.hpp"

namespace bordero::payments {

// Makes the rows of one deal's policies and payments, so that access and the basis of each amount
// say the same as triggers and the planner would have said.
class LargeRows {
 public:
  explicit LargeRows(Date today) : today_(today) {}

  void add(const large::DealFile& file);
  std::vector<demo::CopyTarget> targets();

 private:
  void add_policy(const large::DealFile& file, const large::Policy& policy);
  void add_payment(const large::DealFile& file, const large::Payment& payment);

  Date today_;
  demo::LargeDealCopies deals_;
  demo::CopyRows policies_, payments_, payment_access_, fired_;
};

}  // namespace bordero::payments
