#include "services/audit/src/verify/log_check.hpp"

#include <algorithm>

namespace bordero::audit {

void LogCheck::find(std::string code, std::int64_t position) {
  if (!problem_) problem_ = Problem{.code = std::move(code), .position = position};
}

void LogCheck::expect(const Head& head) {
  if (problem_) return;
  const bool signed_by_us =
      std::any_of(public_keys_.begin(), public_keys_.end(),
                  [&](const std::string& key) { return signature_holds(head, key); });
  if (!signed_by_us) return find("head_signature_wrong", head.size);
  if (head.size < tree_.size()) return find("head_out_of_order", head.size);
  if (head.size == tree_.size()) return compare(head);
  ahead_.emplace(head.size, head);
}

void LogCheck::compare(const Head& head) {
  // The entries agree with their own hashes, so somebody rewrote both after the last good head.
  if (head.root != tree_.root()) return find("head_root_differs", vouched_size_);
  vouched_size_ = head.size;
  ++head_count_;
}

void LogCheck::add(const Entry& entry, const Hash& stored_leaf) {
  if (problem_) return;
  if (entry.position > tree_.size()) return find("entry_missing", tree_.size());
  if (entry.position < tree_.size()) return find("entry_repeated", entry.position);
  const Hash leaf = leaf_of(entry);
  if (leaf != stored_leaf) return find("entry_changed", entry.position);
  tree_.append(leaf);
  while (!problem_ && !ahead_.empty() && ahead_.begin()->first == tree_.size()) {
    compare(ahead_.begin()->second);
    ahead_.erase(ahead_.begin());
  }
}

void LogCheck::finish() {
  if (!ahead_.empty()) find("log_cut", tree_.size());
}

}  // namespace bordero::audit
