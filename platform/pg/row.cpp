#include "platform/pg/row.hpp"

#include "platform/pg/fill.hpp"
#include "platform/pg/result_set.hpp"

namespace bordero::pg {
namespace {

int column_of(const ResultSet& result, const char* column) {
  const int index = result.shape().find(column);
  if (index < 0) throw Broken(std::string("the result has no column ") + column);
  return index;
}

}  // namespace

bool Row::is_null(const char* column) const {
  return result_->is_null(index_, column_of(*result_, column));
}

std::string_view Row::text(const char* column) const {
  return result_->text(index_, column_of(*result_, column));
}

std::string_view Row::present_text(const char* column) const {
  const int at = column_of(*result_, column);
  if (result_->is_null(index_, at)) throw Broken(std::string("NULL in column ") + column);
  return result_->text(index_, at);
}

void Row::fill(google::protobuf::Message& message) const {
  for (const FillStep& step : result_->shape().steps(message.GetDescriptor())) {
    if (!result_->is_null(index_, step.column)) fill_field(message, *result_, index_, step);
  }
}

}  // namespace bordero::pg
