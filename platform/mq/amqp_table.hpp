#pragma once

#include <amqp.h>

#include <string>
#include <utility>
#include <vector>

#include "platform/mq/broker.hpp"

// Between AMQP's tables and ours.
namespace bordero::mq {

amqp_bytes_t bytes_of(std::string_view text);
std::string text_of(const amqp_bytes_t& bytes);

// A table whose texts live as long as what it was made from.
class Table {
 public:
  void add(std::string_view name, std::string_view value);
  void add(std::string_view name, std::int64_t value);
  void add(std::string_view name, bool value);
  amqp_table_t view();

 private:
  std::vector<amqp_table_entry_t> entries_;
};

// Texts and whole numbers as text; other kinds are passed over, except that of the broker's own
// account of dead letters the first reason is kept as `x-death-reason`.
std::vector<std::pair<std::string, std::string>> headers_of(const amqp_table_t& table);

}  // namespace bordero::mq
