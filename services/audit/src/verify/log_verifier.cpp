#include "services/audit/src/verify/log_verifier.hpp"

#include <algorithm>

#include "services/audit/src/entries/entry_store.hpp"
#include "services/audit/src/heads/head_store.hpp"

namespace bordero::audit {
namespace {

using namespace std::chrono_literals;

constexpr int kPage = 500;

// Each page is a read of its own: a pass over a long log holds no transaction open.
Context page_context() { return system_context("verify_log", 10s); }

// Where the log stood when the pass began.
struct Extent {
  Tree tree;
  std::int64_t row_end = 0;  // One more than the last entry's position.
};

awaitable<Result<Extent>> start(pg::Database& db, LogCheck& check) {
  Context ctx = page_context();
  CO_TRY(auto tx, co_await db.read(ctx));
  // The newest head first: the tree, read after it, may only be larger.
  const auto newest = co_await find_newest_head(tx);
  const auto row = co_await tx.find_one(R"sql(
      SELECT size, peaks, coalesce((SELECT max(position) FROM entries), -1) + 1 AS row_end
        FROM tree)sql");
  if (!row) throw Broken("the tree has lost its row");
  CO_TRY(Tree tree,
         Tree::unpack(row->get<std::int64_t>("size"), row->get<pg::Bytes>("peaks").value));
  if (newest && newest->head.size > tree.size()) check.expect(newest->head);
  co_return Extent{.tree = std::move(tree), .row_end = row->get<std::int64_t>("row_end")};
}

// Checks one page; false when the log has no more rows.
awaitable<Result<bool>> check_page(pg::Database& db, LogCheck& check, std::int64_t end) {
  Context ctx = page_context();
  CO_TRY(auto tx, co_await db.read(ctx));
  const std::int64_t from = check.tree().size();
  const std::int64_t to = std::min(from + kPage, end);
  const auto heads = co_await read_heads(tx, from, to);
  const auto entries = co_await read_entries(tx, from, static_cast<int>(to - from));
  for (const auto& head : heads) check.expect(head);
  for (const auto& stored : entries) {
    Hash leaf{};
    if (stored.leaf.size() == leaf.size()) {
      std::copy(stored.leaf.begin(), stored.leaf.end(), leaf.begin());
    }
    check.add(stored.entry, leaf);
  }
  co_return !entries.empty();
}

v1::VerifyReply verdict_of(const LogCheck& check, const std::optional<Problem>& problem) {
  v1::VerifyReply verdict;
  verdict.set_ok(!problem);
  verdict.set_size(check.tree().size());
  verdict.set_root(hex(check.tree().root()));
  verdict.set_verified_at(instant_text(clock::now()));
  if (problem) {
    verdict.set_problem(problem->code);
    verdict.set_position(problem->position);
  }
  return verdict;
}

}  // namespace

awaitable<Result<v1::VerifyReply>> verify_log(pg::Database& db, const std::string& public_key) {
  LogCheck check({public_key});
  CO_TRY(const Extent extent, co_await start(db, check));
  const std::int64_t end = extent.tree.size();
  while (!check.problem() && check.tree().size() < end) {
    CO_TRY(const bool more, co_await check_page(db, check, end));
    if (!more) break;
  }

  check.finish();
  auto problem = check.problem();
  if (!problem && check.tree().size() < end) {
    problem = Problem{.code = "entry_missing", .position = check.tree().size()};
  }
  if (!problem && extent.row_end > end) {
    problem = Problem{.code = "entry_unexpected", .position = end};
  }
  if (!problem && end > 0 && check.head_count() == 0) {
    problem = Problem{.code = "no_signed_head", .position = 0};
  }
  if (!problem && check.tree().root() != extent.tree.root()) {
    problem = Problem{.code = "tree_differs", .position = check.vouched_size()};
  }
  co_return verdict_of(check, problem);
}

awaitable<Result<void>> save_verdict(pg::Database& db, const v1::VerifyReply& verdict) {
  Context ctx = page_context();
  CO_TRY(auto tx, co_await db.begin(ctx));
  tx.execute(R"sql(
      INSERT INTO verifications (verified_at, ok, size, root, problem, position)
      VALUES ($1::timestamptz, $2, $3, $4, $5, $6))sql",
             verdict.verified_at(), verdict.ok(), verdict.size(), verdict.root(), verdict.problem(),
             verdict.position());
  co_return co_await tx.commit();
}

awaitable<std::optional<v1::VerifyReply>> find_newest_verdict(pg::Transaction& tx) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT verified_at, ok, size, root, problem, position
        FROM verifications
       ORDER BY id DESC
       LIMIT 1)sql");
  if (!row) co_return std::nullopt;
  co_return row->to<v1::VerifyReply>();
}

}  // namespace bordero::audit
