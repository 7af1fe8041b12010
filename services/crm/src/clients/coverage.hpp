#pragma once

#include <string>
#include <vector>

#include "bordero/crm/v1/clients.pb.h"
#include "bordero/crm/v1/deals.pb.h"

namespace bordero::crm {

// A policy in force of a client.
struct Cover {
  std::string policy_id;
  std::string deal_id;
  v1::Product product = v1::PRODUCT_UNSPECIFIED;
  std::vector<v1::InsuredObject> objects = {};  // None: it may be about any.
  bool visible = true;                          // To who asks.
};

// What the visible policies want beside them and the client does not have, also not where the
// caller cannot see it: motor damage wants motor liability for each vehicle; a mortgage, life; a
// property and cargo, liability.
std::vector<v1::CoverageGap> coverage_gaps(const std::vector<Cover>& covers);

}  // namespace bordero::crm
