#pragma once

#include <string>
#include <vector>

#include "demo/bulk_load.hpp"
#include "demo/large_book.hpp"
#include "services/crm/src/seed/large_dates.hpp"

namespace bordero::crm {

// Makes the rows of one client, its deals and their policies for all tables at once, so that
// access, search and deadlines say the same as triggers and events would have said.
class LargeRows {
 public:
  explicit LargeRows(const large::Book& book) : book_(book) {}

  void add_client(unsigned number);
  std::vector<demo::CopyTarget> targets();

 private:
  void add_deal(const large::DealFile& file);
  void add_policy(const large::DealFile& file, const large::Policy& policy,
                  const std::string& objects);
  void tell(const large::DealFile& file);

  const large::Book& book_;
  demo::CopyRows clients_, client_access_, client_search_;
  demo::CopyRows deals_, deal_members_, deal_access_, deal_search_;
  demo::CopyRows policies_, policy_access_, policy_payments_;
  demo::CopyRows deal_dates_, task_versions_, fired_;
};

}  // namespace bordero::crm
