#include "platform/pg/statement_cache.hpp"

#include <algorithm>

namespace bordero::pg {

std::shared_ptr<Statement> StatementCache::find_or_add(std::string_view sql) {
  auto at = by_sql_.find(sql);
  if (at == by_sql_.end()) {
    auto added = std::make_shared<Statement>();
    added->name = "s" + std::to_string(++names_);
    at = by_sql_.emplace(std::string(sql), std::move(added)).first;
  }
  at->second->last_use = ++uses_;
  return at->second;
}

std::vector<std::string> StatementCache::trim() {
  std::vector<std::string> names;
  if (by_sql_.size() <= kMax) return names;

  std::vector<std::uint64_t> uses;
  uses.reserve(by_sql_.size());
  for (const auto& [sql, statement] : by_sql_) uses.push_back(statement->last_use);
  // A tenth more than needed, so that a full cache is not searched at every unit of work.
  const auto last = uses.begin() + static_cast<std::ptrdiff_t>(uses.size() - kMax + kMax / 10);
  std::nth_element(uses.begin(), last, uses.end());
  const std::uint64_t oldest_kept = *last;

  std::erase_if(by_sql_, [&](const auto& entry) {
    const Statement& statement = *entry.second;
    if (statement.last_use >= oldest_kept) return false;
    if (statement.state == Statement::State::kReady) names.push_back(statement.name);
    return true;
  });
  return names;
}

}  // namespace bordero::pg
