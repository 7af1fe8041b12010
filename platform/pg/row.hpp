#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/pg/param.hpp"

struct pg_result;

namespace bordero::pg {

// One row of a result. Holds the result alive.
class Row {
 public:
  Row(std::shared_ptr<pg_result> result, int index) : result_(std::move(result)), index_(index) {}

  // The column of this name as std::string, int, std::int64_t, bool, double, Date, Instant, Uuid,
  // Id<Kind>, a generated enum, Bytes, std::vector<std::string> (from text[]), or std::optional of
  // these. Throws Broken for an unknown column, NULL into a plain type, or text of another form.
  template <class T>
  T get(const char* column) const;

  bool is_null(const char* column) const;
  std::string_view text(const char* column) const;  // Empty for NULL.

  // Columns fill the message's fields of the same name; columns without a field and fields without
  // a column are passed over. NULL leaves a field unset. timestamptz fills RFC 3339 text, enums are
  // read by tail, json and jsonb fill messages, repeated messages and raw_json strings, text[] and
  // uuid[] fill repeated strings; `<name>_minor` with `currency` fills a Money field `<name>`.
  void fill(google::protobuf::Message& message) const;
  template <class Message>
  Message to() const {
    Message message;
    fill(message);
    return message;
  }

 private:
  std::shared_ptr<pg_result> result_;
  int index_;
};

using Rows = std::vector<Row>;

}  // namespace bordero::pg
