#pragma once

#include <string>
#include <vector>

#include "platform/pg/database.hpp"

namespace bordero::lists {

// The planner's guess of the rows of `from_where` ("FROM deals d WHERE …"), from its statistics
// alone: of what is common it is good, of what is rare it only says that it is no more than that.
awaitable<int> estimate(pg::Transaction& tx, const std::string& from_where,
                        std::vector<pg::Param> params);

}  // namespace bordero::lists
