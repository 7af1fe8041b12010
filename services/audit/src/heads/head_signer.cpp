#include "services/audit/src/heads/head_signer.hpp"

#include "platform/base/log.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/audit/src/entries/entry_store.hpp"

namespace bordero::audit {
namespace {

using namespace std::chrono_literals;

constexpr int kPage = 500;

Context step_context() { return system_context("sign_head", 10s); }

}  // namespace

bool HeadSigner::due(const std::optional<StoredHead>& last, const Tree& tree) const {
  if (!last) return tree.size() > 0;
  // A log that shrank is looked at as well, so that the refusal is told.
  if (tree.size() < last->head.size) return true;
  const std::int64_t grown = tree.size() - last->head.size;
  return grown >= pace_.records ||
         (grown > 0 && clock::now() - last->head.signed_at >= pace_.period);
}

Result<Tree> HeadSigner::trusted(const std::optional<StoredHead>& last) const {
  if (!last) {
    if (signed_size_ > 0) return refused("heads_were_removed");
    return Tree();
  }
  if (last->head.size < signed_size_) return refused("heads_were_removed");
  if (!signature_holds(last->head, key_.public_key())) return refused("last_head_is_not_ours");
  Tree tree = TRY(Tree::unpack(last->head.size, last->peaks));
  if (tree.root() != last->head.root) return refused("last_head_was_changed");
  return tree;
}

awaitable<Result<Tree>> HeadSigner::extended(Tree tree, std::int64_t size) {
  if (tree.size() > size) co_return refused("log_is_shorter_than_last_head");
  while (tree.size() < size) {
    Context ctx = step_context();
    CO_TRY(auto tx, co_await db_.read(ctx));
    const auto page = co_await read_entries(tx, tree.size(), kPage);
    if (page.empty()) co_return refused("log_has_a_gap");
    for (const auto& stored : page) {
      if (tree.size() == size) break;
      if (stored.entry.position != tree.size()) co_return refused("log_has_a_gap");
      tree.append(leaf_of(stored.entry));
    }
  }
  co_return tree;
}

awaitable<Result<std::optional<Head>>> HeadSigner::sign_when_due() {
  std::optional<StoredHead> last;
  Tree now;
  {
    Context ctx = step_context();
    CO_TRY(auto tx, co_await db_.read(ctx));
    last = co_await find_newest_head(tx);
    now = co_await read_tree(tx);
  }
  if (!due(last, now)) co_return std::optional<Head>();

  CO_TRY(Tree start, trusted(last));
  CO_TRY(const Tree tree, co_await extended(std::move(start), now.size()));
  if (tree.root() != now.root()) co_return refused("log_does_not_extend_last_head");

  Context saving = step_context();
  CO_TRY(auto tx, co_await db_.begin(saving));
  const Head head = key_.sign(tree, clock::now());
  save_head(tx, head, tree);
  CO_TRY_VOID(co_await tx.commit());
  signed_size_ = head.size;
  co_return std::optional<Head>(head);
}

awaitable<void> HeadSigner::run() {
  const auto result = co_await sign_when_due();
  if (!result) {
    telemetry::gauge("bordero_audit_head_refused", "1 while the signer refuses the log").set(1);
    if (!refusing_) log::error("audit head refused", {{"reason", result.error().reason}});
    refusing_ = true;
    co_return;
  }
  telemetry::gauge("bordero_audit_head_refused", "1 while the signer refuses the log").set(0);
  refusing_ = false;
  if (!*result) co_return;

  const Head& head = **result;
  telemetry::gauge("bordero_audit_head_size", "Records under the newest signed head")
      .set(static_cast<double>(head.size));
  telemetry::gauge("bordero_audit_head_signed_timestamp_seconds", "When the newest head was signed")
      .set(std::chrono::duration<double>(head.signed_at.time_since_epoch()).count());
  // Logs leave the machine: whoever keeps them holds earlier heads.
  log::info("audit head signed", {{"size", head.size},
                                  {"root", hex(head.root)},
                                  {"signed_at", instant_text(head.signed_at)},
                                  {"signature", hex(head.signature)}});
}

}  // namespace bordero::audit
