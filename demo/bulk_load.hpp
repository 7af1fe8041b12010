#pragma once

#include <memory>
#include <string>
#include <vector>

#include "demo/copy_stream.hpp"
#include "platform/pg/blocking.hpp"

namespace bordero::demo {

// Rows on their way into a table: "deals (id, number)".
struct CopyTarget {
  std::string table_and_columns;
  CopyRows* rows;
};

// Adds to tables by COPY, each over a connection of its own, in pieces as rows are made. A table is
// written anew with the rows that it had, so they should be few, and nothing may refer to it.
class CopyLoad {
 public:
  CopyLoad(const std::string& dsn, std::vector<CopyTarget> targets);
  void send();    // What has grown to a piece.
  void finish();  // The rest; commits.

 private:
  void send(std::size_t least);

  std::vector<CopyTarget> targets_;
  std::vector<std::unique_ptr<CopyConnection>> connections_;
};

// Takes keys, indexes and triggers of the tables away, with the foreign keys from and to them, to
// load them fast. What is to be put back is written down, so that an interrupted load can be
// repeated.
void take_away_indexes(pg::BlockingConnection& owner, const std::vector<std::string>& tables);
// Puts back what was taken away, and vacuums. Nothing when nothing was.
void bring_back_indexes(pg::BlockingConnection& owner);

}  // namespace bordero::demo
