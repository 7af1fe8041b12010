#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "platform/pg/database.hpp"

// Rules that work on rows, many in a transaction. A row that fails is set aside with its reason and
// tried again later, ever more rarely; it takes no other back with it, and stands in no other's
// way.
namespace bordero::background {

// The rows that one transaction works on. The work chooses and holds at most `limit` of them, in
// an order that stays, without those for which `kNotSetAside` is false, and names them in `ids`
// before it changes anything.
struct Portion {
  int limit = 0;
  std::vector<std::string> ids = {};
  // What is to be done once it is committed.
  std::function<awaitable<void>()> afterwards = nullptr;
};
using WorkOnRows =
    std::function<awaitable<Result<void>>(pg::Transaction&, Context&, Portion& portion)>;

// The condition of the rule's query: `subject` is the row's id in SQL.
std::string not_set_aside(const std::string& rule, const std::string& subject);

struct RowRule {
  std::string name;  // Of its job.
  int at_once = 200;
  std::chrono::seconds limit{30};  // Of one transaction.
  std::string actor = {};          // In events; the name when empty.
};

// One step of the rule; true when there may be more.
awaitable<Result<bool>> take_some(pg::Database& db, RowRule rule, WorkOnRows work);

// Why a turn failed, as a code: what a store says may hold people's data.
std::string reason_of(const std::exception& failure);

}  // namespace bordero::background
