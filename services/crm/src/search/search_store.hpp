#pragma once

#include <vector>

#include "bordero/crm/v1/search.pb.h"
#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "platform/search/search_query.hpp"

namespace bordero::crm {

// The best of what the caller may see, of each kind at most `limit`.
awaitable<std::vector<v1::Hit>> search_hits(pg::Transaction& tx, const Caller& caller,
                                            const search::SearchQuery& query, int limit);

}  // namespace bordero::crm
