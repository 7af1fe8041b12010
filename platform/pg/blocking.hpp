#pragma once

#include <libpq-fe.h>

#include <optional>
#include <string>
#include <vector>

#include "platform/pg/param.hpp"

namespace bordero::pg {

// A plain blocking connection, for commands and tests; never for a worker thread.
class BlockingConnection {
 public:
  explicit BlockingConnection(const std::string& dsn);  // Throws Broken.
  ~BlockingConnection();
  BlockingConnection(const BlockingConnection&) = delete;
  BlockingConnection& operator=(const BlockingConnection&) = delete;

  // One or more statements. Throws SqlError; the message has the line of the mistake.
  void execute(const std::string& sql);
  // The first column of every row; NULL is the empty string.
  std::vector<std::string> column(const std::string& sql, const std::vector<Param>& params = {});

 private:
  PGconn* connection_;
};

std::string quoted_name(const std::string& name);

}  // namespace bordero::pg
