#pragma once

#include <google/protobuf/message.h>
#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bordero::pg {

// How one column reaches a message of one type.
struct FillStep {
  int column = 0;
  const google::protobuf::FieldDescriptor* field = nullptr;
  int currency_column = -1;  // With a Money field: the column of its currency.
};

// The columns of one statement's results, and how they fill each type of message; kept with the
// prepared statement, since neither changes while it lives.
class Shape {
 public:
  explicit Shape(const PGresult* result);

  int find(std::string_view column) const;  // -1 when there is none.
  Oid type(int column) const { return columns_[static_cast<std::size_t>(column)].type; }
  const std::vector<FillStep>& steps(const google::protobuf::Descriptor* message);

 private:
  struct Column {
    std::string name;
    Oid type;
  };
  std::vector<FillStep> plan(const google::protobuf::Descriptor* message) const;
  int currency_of(std::string_view money) const;

  std::vector<Column> columns_;
  std::vector<std::pair<const google::protobuf::Descriptor*, std::vector<FillStep>>> plans_;
};

// A result and its shape. Used on the thread of its connection.
class ResultSet {
 public:
  ResultSet(PGresult* result, std::shared_ptr<Shape> shape)
      : result_(result), shape_(std::move(shape)) {}
  ~ResultSet() { PQclear(result_); }
  ResultSet(const ResultSet&) = delete;
  ResultSet& operator=(const ResultSet&) = delete;

  int size() const { return PQntuples(result_); }
  int touched() const;
  std::string_view command() const { return PQcmdStatus(result_); }  // "COMMIT", "INSERT 0 1", …
  Shape& shape() const { return *shape_; }
  bool is_null(int row, int column) const { return PQgetisnull(result_, row, column) != 0; }
  std::string_view text(int row, int column) const {
    return {PQgetvalue(result_, row, column),
            static_cast<std::size_t>(PQgetlength(result_, row, column))};
  }

 private:
  PGresult* result_;
  std::shared_ptr<Shape> shape_;
};

}  // namespace bordero::pg
