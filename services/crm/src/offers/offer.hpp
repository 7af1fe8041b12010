#pragma once

#include <string>
#include <vector>

#include "bordero/crm/v1/offers.pb.h"
#include "platform/base/result.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::crm {

struct Offer;

// Whether the quote may be shown to a client: nobody finished a draft, and an ended one is no
// offer.
Result<void> may_offer(const v1::Calculation& calculation, int position);

// The rows of a comparison that go into an offer: those of the keys, or all. Never an internal one.
Result<std::vector<v1::ComparisonRow>> rows_to_offer(std::vector<v1::ComparisonRow> rows,
                                                     const std::vector<std::string>& keys);

v1::OfferColumn column_of(const v1::Calculation& calculation);

}  // namespace bordero::crm
