#include "platform/lists/estimate.hpp"

#include <algorithm>
#include <cstdlib>

namespace bordero::lists {

awaitable<int> estimate(pg::Transaction& tx, const std::string& from_where,
                        std::vector<pg::Param> params) {
  const auto plan = co_await tx.query_with("EXPLAIN SELECT 1 " + from_where, std::move(params));
  // Its first line: "… rows=12345 width=…".
  constexpr std::string_view kRows = "rows=";
  const std::string line(plan.at(0).text("QUERY PLAN"));
  const auto at = line.find(kRows);
  if (at == std::string::npos) co_return 0;
  const double rows = std::strtod(line.c_str() + at + kRows.size(), nullptr);
  co_return static_cast<int>(std::min(rows, 2e9));
}

}  // namespace bordero::lists
