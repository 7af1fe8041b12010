#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/audit/src/entries/entry.hpp"
#include "services/audit/src/heads/head.hpp"

namespace bordero::audit {

// What is wrong with a log, and where.
struct Problem {
  std::string code;
  std::int64_t position = 0;
};

// Goes over a log in order and stops at the first problem. Heads are told before the entries that
// they cover; all of them are heads of one growing log when nothing is found.
class LogCheck {
 public:
  explicit LogCheck(std::vector<std::string> public_keys) : public_keys_(std::move(public_keys)) {}

  void expect(const Head& head);
  void add(const Entry& entry, const Hash& stored_leaf);
  // The log ends here: no head may promise more.
  void finish();

  const std::optional<Problem>& problem() const { return problem_; }
  const Tree& tree() const { return tree_; }
  std::int64_t head_count() const { return head_count_; }
  std::int64_t vouched_size() const { return vouched_size_; }  // Under the last head that held.

 private:
  void find(std::string code, std::int64_t position);
  void compare(const Head& head);

  std::vector<std::string> public_keys_;
  std::multimap<std::int64_t, Head> ahead_;
  Tree tree_;
  std::int64_t head_count_ = 0;
  std::int64_t vouched_size_ = 0;
  std::optional<Problem> problem_;
};

}  // namespace bordero::audit
