#include "services/audit/src/offline/export_log.hpp"

#include <algorithm>

#include "services/audit/src/entries/entry_store.hpp"
#include "services/audit/src/heads/head_store.hpp"
#include "services/audit/src/offline/export_lines.hpp"

namespace bordero::audit {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kPage = 500;

Context page_context() { return system_context("export_log", 10s); }

awaitable<Result<std::int64_t>> size_now(pg::Database& db) {
  Context ctx = page_context();
  CO_TRY(auto tx, co_await db.read(ctx));
  const Tree tree = co_await read_tree(tx);
  co_return tree.size();
}

// One page with its heads; returns the position after it.
awaitable<Result<std::int64_t>> export_page(pg::Database& db, std::int64_t from, std::int64_t to,
                                            std::ostream& out) {
  Context ctx = page_context();
  CO_TRY(auto tx, co_await db.read(ctx));
  const auto heads = co_await read_heads(tx, from, to);
  const auto entries = co_await read_entries(tx, from, static_cast<int>(to - from));
  for (const auto& head : heads) out << head_line(head);
  for (const auto& stored : entries) out << entry_line(stored.entry, stored.leaf);
  co_return to;
}

}  // namespace

awaitable<Result<std::int64_t>> export_log(pg::Database& db, std::ostream& out) {
  CO_TRY(const std::int64_t size, co_await size_now(db));
  out << start_line();
  for (std::int64_t from = 0; from < size;) {
    CO_TRY(from, co_await export_page(db, from, std::min(from + kPage, size), out));
  }
  out << end_line(size);
  co_return size;
}

}  // namespace bordero::audit
