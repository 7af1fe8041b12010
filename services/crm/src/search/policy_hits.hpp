#pragma once

#include <string>
#include <vector>

#include "bordero/crm/v1/search.pb.h"
#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

// Policies whose number, or whose number's digits, begin with what was typed, those that end last
// first. None when it is too little to be a number.
awaitable<std::vector<v1::Hit>> policy_hits(pg::Transaction& tx, const Caller& caller,
                                            const std::string& typed, int limit);

}  // namespace bordero::crm
