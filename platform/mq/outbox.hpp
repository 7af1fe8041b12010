#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "platform/mq/broker.hpp"

struct pg_conn;
struct pg_result;

namespace bordero::mq {

// The type of an outbox row that goes to a named queue: this, and the queue's name. That of an
// event is the event's own.
inline const std::string kToQueue = "queue:";

// A row of the outbox, ready to be sent.
struct Outgoing {
  std::int64_t seq = 0;
  std::string type;
  std::string subject;
  Message message;
};

class OutboxGone : public Broken {
 public:
  using Broken::Broken;
};

struct Backlog {
  double pending = 0;      // Counted to 100,000.
  double lag_seconds = 0;  // The age of the oldest.
};

// The relay's connection to its service's database. Blocking, every call bounded; throws
// OutboxGone.
class Outbox {
 public:
  Outbox(const std::string& dsn, const std::string& service,
         std::chrono::milliseconds answer_within = std::chrono::seconds(12));

  // Whether this process is the one that may send. Ends with the connection, or by step_down.
  bool lead();
  void step_down();
  // The oldest unpublished rows except those of the subjects held back.
  std::vector<Outgoing> take(int limit, const std::vector<std::string>& held_subjects);
  void remove(const std::vector<std::int64_t>& seqs);
  Backlog backlog();

 private:
  using Result = std::unique_ptr<pg_result, void (*)(pg_result*)>;
  Result run(const char* sql, const std::vector<std::string>& params);
  void wait_for_answer();

  std::string service_;
  std::chrono::milliseconds answer_within_;
  std::unique_ptr<pg_conn, void (*)(pg_conn*)> connection_;
};

}  // namespace bordero::mq
