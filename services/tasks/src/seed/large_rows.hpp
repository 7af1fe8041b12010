#pragma once

#include <string>
#include <vector>

#include "demo/large_copies.hpp"

namespace bordero::tasks {

// Makes the rows of one deal's tasks, so that access and search say the same as triggers would have
// said.
class LargeRows {
 public:
  explicit LargeRows(Date today) : today_(today) {}

  void add(const large::DealFile& file);
  std::vector<demo::CopyTarget> targets();

 private:
  void add_task(const large::Task& task, const large::Deal& deal);
  void tell(const large::Task& task);

  Date today_;
  demo::LargeDealCopies deals_;
  demo::CopyRows tasks_, task_access_, task_search_, fired_;
};

}  // namespace bordero::tasks
