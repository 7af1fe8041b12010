#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/pg/param.hpp"

namespace bordero::pg {

class ResultSet;

// What PostgreSQL's text form of a value says; each throws Broken for another form.
void read_text(std::string_view text, std::string& value);
void read_text(std::string_view text, int& value);
void read_text(std::string_view text, std::int64_t& value);
void read_text(std::string_view text, bool& value);
void read_text(std::string_view text, double& value);
void read_text(std::string_view text, Date& value);
void read_text(std::string_view text, Instant& value);
void read_text(std::string_view text, Uuid& value);
void read_text(std::string_view text, Bytes& value);
void read_text(std::string_view text, std::vector<std::string>& value);
int read_enum(std::string_view text, const google::protobuf::EnumDescriptor* type);
template <class Kind>
void read_text(std::string_view text, Id<Kind>& value) {
  read_text(text, value.uuid);
}
template <class E>
  requires std::is_enum_v<E>
void read_text(std::string_view text, E& value) {
  value = static_cast<E>(read_enum(text, google::protobuf::GetEnumDescriptor<E>()));
}

// One row of a result. Holds the result alive.
class Row {
 public:
  Row(std::shared_ptr<const ResultSet> result, int index)
      : result_(std::move(result)), index_(index) {}

  // The column of this name as std::string, int, std::int64_t, bool, double, Date, Instant, Uuid,
  // Id<Kind>, a generated enum, Bytes, std::vector<std::string> (from text[]), or std::optional of
  // these. Throws Broken for an unknown column, NULL into a plain type, or text of another form.
  template <class T>
  T get(const char* column) const {
    T value{};
    read(column, value);
    return value;
  }

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
  template <class T>
  void read(const char* column, std::optional<T>& value) const {
    if (!is_null(column)) read_text(text(column), value.emplace());
  }
  template <class T>
  void read(const char* column, T& value) const {
    read_text(present_text(column), value);
  }
  std::string_view present_text(const char* column) const;

  std::shared_ptr<const ResultSet> result_;
  int index_;
};

using Rows = std::vector<Row>;

}  // namespace bordero::pg
