#pragma once

#include <string>
#include <string_view>

struct pg_conn;

namespace bordero::crm {

// A blocking connection that streams rows into tables by COPY.
class CopyConnection {
 public:
  explicit CopyConnection(const std::string& dsn);  // Throws Broken.
  ~CopyConnection();
  CopyConnection(const CopyConnection&) = delete;
  CopyConnection& operator=(const CopyConnection&) = delete;

  void execute(const std::string& sql);
  void begin_copy(const std::string& table_and_columns);
  void send(const std::string& rows);
  void end_copy();

 private:
  pg_conn* connection_;
};

// Rows in COPY's text form, gathered and sent in large pieces by the caller.
class CopyRows {
 public:
  CopyRows& text(std::string_view value);   // Escaped.
  CopyRows& plain(std::string_view value);  // Known to need no escaping.
  CopyRows& null();
  void end_row();
  std::string& buffer() { return buffer_; }

 private:
  void part();

  std::string buffer_;
  bool first_ = true;
};

}  // namespace bordero::crm
