#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bordero/common/v1/common.pb.h"
#include "platform/lists/list_query.hpp"
#include "platform/pg/database.hpp"

namespace bordero::lists {

// The people that my_team() stands for: SQL of their `user_id`s.
struct Team {
  std::string sql;
  std::vector<pg::Param> params;
};

// One list's SQL for one caller: the rows that they may see, joined as the list needs them.
struct ListSource {
  std::string columns;         // Of a page's rows.
  std::string from;            // FROM … with what filters, orders, groups and sums speak of.
  std::string joins = {};      // What only the shown rows need.
  std::string where = "true";  // The caller's rights and fixed conditions.
  std::vector<pg::Param> params = {};  // Of `where`, from $1.
  bool counted = true;                 // Some logs are read in pages without a total.
  std::optional<Team> team = {};       // Where filters may speak of it.
};
// Tells the request who is meant by me(), and by my_team() where the filter speaks of it.
awaitable<void> name_people(pg::Transaction& tx, const std::optional<Team>& team, Request& request);

struct ListPage {
  pg::Rows rows;
  std::string next_page_token;
  Total total;
  std::vector<common::v1::Group> groups;  // With `group_by`, over the whole filter…
  std::vector<common::v1::Sum> sums;      // …and what all of them add up to.
};
// Compiles the request, reads one page, and on the first page counts all.
awaitable<Result<ListPage>> read_page(pg::Transaction& tx, const Spec& spec, const Request& request,
                                      ListSource source);

// Puts all but the rows into a list's reply; a reply without one of the fields goes without it.
template <class Reply>
void put_page(ListPage& page, Reply& reply) {
  reply.set_next_page_token(page.next_page_token);
  if constexpr (requires { reply.set_total_size(0); }) reply.set_total_size(page.total.size);
  if constexpr (requires { reply.set_total_estimated(true); }) {
    reply.set_total_estimated(page.total.estimated);
  }
  if constexpr (requires { reply.add_groups(); }) {
    for (auto& group : page.groups) *reply.add_groups() = std::move(group);
  }
  if constexpr (requires { reply.add_sums(); }) {
    for (auto& sum : page.sums) *reply.add_sums() = std::move(sum);
  }
}

}  // namespace bordero::lists
