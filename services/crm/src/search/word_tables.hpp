#pragma once

#include "platform/lists/words.hpp"

namespace bordero::crm {

inline constexpr lists::WordTable kClientWords = {"client_search", "client_id", "clients_found",
                                                  "clients_met"};
inline constexpr lists::WordTable kDealWords = {"deal_search", "deal_id", "deals_found",
                                                "deals_met"};

}  // namespace bordero::crm
