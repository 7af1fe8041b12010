#include "demo/copy_stream.hpp"

#include <libpq-fe.h>

#include "platform/base/error.hpp"
#include "platform/base/secret.hpp"

namespace bordero::demo {
namespace {

void check(PGconn* connection, PGresult* result, ExecStatusType due) {
  const bool right = PQresultStatus(result) == due;
  PQclear(result);
  if (!right) throw Broken(std::string("seeding failed: ") + PQerrorMessage(connection));
}

}  // namespace

CopyConnection::CopyConnection(const std::string& dsn)
    : connection_(PQconnectdb(read_secret(dsn).c_str())) {
  if (PQstatus(connection_) == CONNECTION_OK) return;
  const std::string why = PQerrorMessage(connection_);
  PQfinish(connection_);
  throw Broken("no connection: " + why);
}
CopyConnection::~CopyConnection() { PQfinish(connection_); }

void CopyConnection::execute(const std::string& sql) {
  PGresult* result = PQexec(connection_, sql.c_str());
  const bool rows = PQresultStatus(result) == PGRES_TUPLES_OK;
  check(connection_, result, rows ? PGRES_TUPLES_OK : PGRES_COMMAND_OK);
}

void CopyConnection::begin_copy(const std::string& table_and_columns) {
  const std::string sql = "COPY " + table_and_columns + " FROM STDIN (FREEZE)";
  check(connection_, PQexec(connection_, sql.c_str()), PGRES_COPY_IN);
}

void CopyConnection::send(const std::string& rows) {
  if (rows.empty()) return;
  if (PQputCopyData(connection_, rows.data(), static_cast<int>(rows.size())) == 1) return;
  throw Broken(std::string("seeding failed: ") + PQerrorMessage(connection_));
}

void CopyConnection::end_copy() {
  if (PQputCopyEnd(connection_, nullptr) != 1) {
    throw Broken(std::string("seeding failed: ") + PQerrorMessage(connection_));
  }
  check(connection_, PQgetResult(connection_), PGRES_COMMAND_OK);
  while (PGresult* rest = PQgetResult(connection_)) PQclear(rest);
}

void CopyRows::part() {
  if (!first_) buffer_.push_back('\t');
  first_ = false;
}

CopyRows& CopyRows::text(std::string_view value) {
  part();
  for (const char c : value) {
    switch (c) {
      case '\\':
        buffer_ += "\\\\";
        break;
      case '\t':
        buffer_ += "\\t";
        break;
      case '\n':
        buffer_ += "\\n";
        break;
      case '\r':
        buffer_ += "\\r";
        break;
      default:
        buffer_.push_back(c);
    }
  }
  return *this;
}

CopyRows& CopyRows::plain(std::string_view value) {
  part();
  buffer_ += value;
  return *this;
}

CopyRows& CopyRows::null() {
  part();
  buffer_ += "\\N";
  return *this;
}

CopyRows& CopyRows::optional(std::string_view value) {
  return value.empty() ? null() : plain(value);
}

CopyRows& CopyRows::ids(const std::vector<std::string>& values) {
  std::string array = "{";
  for (const auto& id : values) array += (array.size() > 1 ? "," : "") + id;
  return plain(array + "}");
}

CopyRows& CopyRows::words(const std::vector<std::string>& marked_words) {
  std::string vector;
  for (const auto& word : marked_words) {
    vector += vector.empty() ? "'" : " '";
    for (const char c : word) {
      if (c == '\'' || c == '\\') vector.push_back(c);
      vector.push_back(c);
    }
    vector.push_back('\'');
  }
  return text(vector);
}

void CopyRows::end_row() {
  buffer_.push_back('\n');
  first_ = true;
}

}  // namespace bordero::demo
