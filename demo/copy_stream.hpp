#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;

namespace bordero::demo {

// A blocking connection that streams rows into tables by COPY.
class CopyConnection {
 public:
  explicit CopyConnection(const std::string& dsn);  // Throws Broken.
  ~CopyConnection();
  CopyConnection(const CopyConnection&) = delete;
  CopyConnection& operator=(const CopyConnection&) = delete;

  void execute(const std::string& sql);
  // Into a table that was emptied in this transaction.
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
  CopyRows& optional(std::string_view value);  // NULL when empty.
  CopyRows& flag(bool value) { return plain(value ? "t" : "f"); }
  CopyRows& number(std::int64_t value) { return plain(std::to_string(value)); }
  CopyRows& ids(const std::vector<std::string>& values);          // uuid[]
  CopyRows& words(const std::vector<std::string>& marked_words);  // tsvector
  void end_row();
  std::string& buffer() { return buffer_; }

 private:
  void part();

  std::string buffer_;
  bool first_ = true;
};

}  // namespace bordero::demo
