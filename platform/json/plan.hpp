#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <unordered_map>
#include <vector>

// How a message type is written, worked out once and kept for the life of the process.
namespace bordero::json {

struct EnumNames {
  std::unordered_map<int, std::string> tails;
  std::unordered_map<std::string, int> numbers;
};
const EnumNames& names_of(const google::protobuf::EnumDescriptor* type);

struct MessagePlan;

struct FieldPlan {
  enum class Shape { text, raw, bytes, enumeration, boolean, i32, i64, u32, u64, real, message };

  const google::protobuf::FieldDescriptor* field = nullptr;
  std::string key;  // With quotes and colon.
  Shape shape = Shape::text;
  bool repeated = false;
  bool has_presence = false;
  const EnumNames* names = nullptr;
  const MessagePlan* message = nullptr;
};

struct MessagePlan {
  bool money = false;
  std::vector<FieldPlan> fields;
};
const MessagePlan& plan_of(const google::protobuf::Descriptor* type);

bool is_money(const google::protobuf::Descriptor* type);
bool is_raw_json(const google::protobuf::FieldDescriptor* field);

}  // namespace bordero::json
