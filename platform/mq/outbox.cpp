#include "platform/mq/outbox.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <cstdlib>

#include "platform/base/secret.hpp"
#include "platform/json/json.hpp"
#include "platform/mq/envelope.hpp"
#include "platform/pg/param.hpp"
#include "platform/pg/patience.hpp"

namespace bordero::mq {
namespace {

std::string text_of(const PGresult* result, int row, int column) {
  return {PQgetvalue(result, row, column),
          static_cast<std::size_t>(PQgetlength(result, row, column))};
}

std::string array_of(const std::vector<std::int64_t>& numbers) {
  std::string text = "{";
  for (const auto number : numbers) {
    if (text.size() > 1) text.push_back(',');
    text += std::to_string(number);
  }
  return text + "}";
}

// The library's messages end in advice for people at a terminal.
std::string trouble_of(pg_conn* connection) {
  const std::string message = PQerrorMessage(connection);
  return message.substr(0, message.find('\n'));
}

pg_conn* connect(const std::string& dsn, const std::string& name) {
  // The first dbname is expanded; what follows overrides what the DSN says.
  std::vector<const char*> keys = {"dbname"};
  const std::string secret = read_secret(dsn);
  std::vector<const char*> values = {secret.c_str()};
  const auto add = [&](const char* key, const char* value) {
    keys.push_back(key);
    values.push_back(value);
  };
  add("connect_timeout", "3");
  add("application_name", name.c_str());
  for (const auto& [key, value] : pg::kPatience) add(key, value);
  add(nullptr, nullptr);
  return PQconnectdbParams(keys.data(), values.data(), 1);
}

}  // namespace

Outbox::Outbox(const std::string& dsn, const std::string& service,
               std::chrono::milliseconds answer_within)
    : service_(service),
      answer_within_(answer_within),
      connection_(connect(dsn, service + "-relay"), &PQfinish) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    throw OutboxGone(std::string("the database cannot be reached: ") +
                     trouble_of(connection_.get()));
  }
  run("SET statement_timeout = '10s'", {});
}

Outbox::Result Outbox::run(const char* sql, const std::vector<std::string>& params) {
  std::vector<const char*> values;
  values.reserve(params.size());
  for (const auto& param : params) values.push_back(param.c_str());
  if (PQsendQueryParams(connection_.get(), sql, static_cast<int>(values.size()), nullptr,
                        values.data(), nullptr, nullptr, 0) == 0) {
    throw OutboxGone(std::string("the outbox cannot be asked: ") + trouble_of(connection_.get()));
  }
  wait_for_answer();
  Result result(PQgetResult(connection_.get()), &PQclear);
  while (PGresult* rest = PQgetResult(connection_.get())) PQclear(rest);
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    throw OutboxGone(std::string("the outbox cannot be read: ") + trouble_of(connection_.get()));
  }
  return result;
}

// The server ends a statement in time, but only a server that lives does.
void Outbox::wait_for_answer() {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + answer_within_;
  while (PQisBusy(connection_.get()) == 1) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) throw OutboxGone("the database does not answer");
    pollfd watched{PQsocket(connection_.get()), POLLIN, 0};
    poll(&watched, 1, static_cast<int>(left));
    if (watched.revents != 0 && PQconsumeInput(connection_.get()) == 0) {
      throw OutboxGone(std::string("the database is gone: ") + trouble_of(connection_.get()));
    }
  }
}

bool Outbox::lead() {
  const auto result =
      run("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", {"bordero.relay." + service_});
  return text_of(result.get(), 0, 0) == "t";
}

void Outbox::step_down() {
  run("SELECT pg_advisory_unlock(hashtextextended($1, 0))", {"bordero.relay." + service_});
}

std::vector<Outgoing> Outbox::take(int limit, const std::vector<std::string>& held_subjects) {
  const auto result = run(R"sql(
      SELECT seq, type, subject, headers, traceparent, body
        FROM outbox
       WHERE subject <> ALL ($2::text[])
       ORDER BY seq
       LIMIT $1::int)sql",
                          {std::to_string(limit), *pg::to_param(held_subjects)});
  std::vector<Outgoing> rows;
  for (int row = 0; row < PQntuples(result.get()); ++row) {
    common::v1::EventMeta meta;
    const auto parsed = json::parse_stored(text_of(result.get(), row, 3), meta);
    ensure(parsed.ok(), "the outbox holds headers that publish() wrote");
    rows.push_back({.seq = std::atoll(PQgetvalue(result.get(), row, 0)),
                    .type = text_of(result.get(), row, 1),
                    .subject = text_of(result.get(), row, 2),
                    .message = message_of(meta, text_of(result.get(), row, 4),
                                          text_of(result.get(), row, 5))});
  }
  return rows;
}

void Outbox::remove(const std::vector<std::int64_t>& seqs) {
  if (!seqs.empty()) run("DELETE FROM outbox WHERE seq = ANY ($1::bigint[])", {array_of(seqs)});
}

Backlog Outbox::backlog() {
  const auto result = run(R"sql(
      SELECT (SELECT count(*) FROM (SELECT FROM outbox LIMIT 100000) AS counted),
             coalesce((SELECT extract(epoch FROM now() - time) FROM outbox ORDER BY seq LIMIT 1),
                      0))sql",
                          {});
  return {std::atof(PQgetvalue(result.get(), 0, 0)), std::atof(PQgetvalue(result.get(), 0, 1))};
}

}  // namespace bordero::mq
