#pragma once

#include <string>
#include <vector>

#include "bordero/common/v1/common.pb.h"
#include "platform/lists/list_query.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

// One list's SQL for one caller: the rows that they may see, joined as the list needs them.
struct ListSource {
  std::string columns;            // Of a page's rows.
  std::string from;               // FROM … with what filters and orders speak of.
  std::string joins;              // What only the shown rows need.
  std::string where;              // The caller's rights and fixed conditions.
  std::vector<pg::Param> params;  // Of `where`, from $1.
  std::string group;              // The column to count by, or nothing.
};

struct ListPage {
  pg::Rows rows;
  std::string next_page_token;
  lists::Total total;
  std::vector<common::v1::Group> groups;
};
// Compiles the request, reads one page, and on the first page counts all.
awaitable<Result<ListPage>> read_page(pg::Transaction& tx, const lists::Spec& spec,
                                      const lists::Request& request, ListSource source);

}  // namespace bordero::crm
