#include "platform/pg/blocking.hpp"

#include <algorithm>
#include <memory>

#include "platform/base/error.hpp"
#include "platform/base/secret.hpp"
#include "platform/pg/database.hpp"
#include "platform/pg/patience.hpp"

namespace bordero::pg {
namespace {

using ResultHolder = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::string field_of(const PGresult* result, int field) {
  const char* text = PQresultErrorField(result, field);
  return text ? text : "";
}

std::string where(const PGresult* result, const std::string& sql) {
  const std::string position = field_of(result, PG_DIAG_STATEMENT_POSITION);
  if (position.empty()) return "";
  const auto end = std::min<std::size_t>(sql.size(), std::stoul(position));
  const auto lines = std::count(sql.begin(), sql.begin() + static_cast<std::ptrdiff_t>(end), '\n');
  return " (line " + std::to_string(lines + 1) + ")";
}

// Its statements may take as long as they need, but not when their server is gone.
PGconn* connect(const std::string& dsn) {
  const std::string secret = read_secret(dsn);
  // The DSN is expanded last, so that its own words win.
  std::vector<const char*> keys = {"connect_timeout"};
  std::vector<const char*> values = {"10"};
  for (const auto& [key, value] : kPatience) {
    keys.push_back(key);
    values.push_back(value);
  }
  keys.insert(keys.end(), {"dbname", nullptr});
  values.insert(values.end(), {secret.c_str(), nullptr});
  return PQconnectdbParams(keys.data(), values.data(), 1);
}

void check(const PGresult* result, const std::string& sql) {
  const auto status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
  throw SqlError(field_of(result, PG_DIAG_SQLSTATE), field_of(result, PG_DIAG_CONSTRAINT_NAME),
                 field_of(result, PG_DIAG_MESSAGE_PRIMARY) + where(result, sql));
}

}  // namespace

BlockingConnection::BlockingConnection(const std::string& dsn) : connection_(connect(dsn)) {
  PQsetNoticeProcessor(connection_, [](void*, const char*) {}, nullptr);
  if (PQstatus(connection_) == CONNECTION_OK) return;
  const std::string said = PQerrorMessage(connection_);
  PQfinish(connection_);
  throw Broken("no connection to the database: " + said);
}

BlockingConnection::~BlockingConnection() { PQfinish(connection_); }

void BlockingConnection::execute(const std::string& sql) {
  const ResultHolder result(PQexec(connection_, sql.c_str()), &PQclear);
  check(result.get(), sql);
}

std::vector<std::string> BlockingConnection::column(const std::string& sql,
                                                    const std::vector<Param>& params) {
  std::vector<const char*> values;
  for (const Param& param : params) values.push_back(param ? param->c_str() : nullptr);
  const ResultHolder result(PQexecParams(connection_, sql.c_str(), static_cast<int>(values.size()),
                                         nullptr, values.data(), nullptr, nullptr, 0),
                            &PQclear);
  check(result.get(), sql);
  std::vector<std::string> texts;
  for (int row = 0; row < PQntuples(result.get()); ++row) {
    texts.emplace_back(PQgetvalue(result.get(), row, 0));
  }
  return texts;
}

std::string quoted_name(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

}  // namespace bordero::pg
