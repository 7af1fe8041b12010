#pragma once

#include <string>
#include <vector>

#include "platform/base/clock.hpp"
#include "services/crm/src/seed/copy_stream.hpp"
#include "services/crm/src/seed/dice.hpp"
#include "services/crm/src/seed/invented.hpp"

namespace bordero::crm {

// Makes the rows of one client and its deals for all tables at once, so that access and search say
// the same as the triggers would have said.
class LargeRows {
 public:
  LargeRows();

  void add_client(unsigned number, int deal_count);

  CopyRows clients, client_access, client_search;
  CopyRows deals, deal_members, deal_access, deal_search;

 private:
  struct MadeDeal;
  MadeDeal make_deal(Dice& dice, const v1::Client& client);
  void add_deal(const MadeDeal& deal);

  std::vector<std::string> agents_;
  std::vector<std::string> executors_;
  std::vector<std::string> controllers_;
  unsigned deal_number_ = 0;
  Date today_ = clock::today();
};

constexpr unsigned kLargeClientFamily = 0xc2;
constexpr unsigned kLargeDealFamily = 0xd2;
// Deals are numbered through these years, evenly.
constexpr int kFirstYear = 2016;
constexpr unsigned kDealsAYear = 375'000;

}  // namespace bordero::crm
