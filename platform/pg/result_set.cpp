#include "platform/pg/result_set.hpp"

#include <charconv>

#include "bordero/common/v1/common.pb.h"

namespace bordero::pg {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr std::string_view kMinor = "_minor";

const FieldDescriptor* money_field(const Descriptor* message, std::string_view column) {
  if (!column.ends_with(kMinor)) return nullptr;
  const auto name = column.substr(0, column.size() - kMinor.size());
  const FieldDescriptor* field = message->FindFieldByName(std::string(name));
  if (!field || field->is_repeated()) return nullptr;
  return field->message_type() == common::v1::Money::descriptor() ? field : nullptr;
}

}  // namespace

Shape::Shape(const PGresult* result) {
  const int count = PQnfields(result);
  columns_.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) columns_.push_back({PQfname(result, i), PQftype(result, i)});
}

int Shape::find(std::string_view column) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].name == column) return static_cast<int>(i);
  }
  return -1;
}

int Shape::currency_of(std::string_view money) const {
  const int own = find(std::string(money) + "_currency");
  return own >= 0 ? own : find("currency");
}

std::vector<FillStep> Shape::plan(const Descriptor* message) const {
  std::vector<FillStep> steps;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    FillStep step{.column = static_cast<int>(i)};
    step.field = message->FindFieldByName(columns_[i].name);
    if (!step.field) {
      step.field = money_field(message, columns_[i].name);
      if (step.field) step.currency_column = currency_of(step.field->name());
    }
    if (step.field) steps.push_back(step);
  }
  return steps;
}

const std::vector<FillStep>& Shape::steps(const Descriptor* message) {
  for (const auto& [type, steps] : plans_) {
    if (type == message) return steps;
  }
  return plans_.emplace_back(message, plan(message)).second;
}

int ResultSet::touched() const {
  const std::string_view text = PQcmdTuples(result_);
  int count = 0;
  std::from_chars(text.begin(), text.end(), count);
  return count;
}

}  // namespace bordero::pg
