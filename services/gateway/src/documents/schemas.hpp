#pragma once

#include <google/protobuf/descriptor.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <set>
#include <string>

#include "services/gateway/src/api/shape.hpp"

namespace bordero::gateway {

// The components/schemas of the OpenAPI document, made as operations ask for them.
class Schemas {
 public:
  // A reference to the schema of a message as it is answered.
  boost::json::object reply(const google::protobuf::Descriptor* message);
  // A reference to the schema of what may be sent to a route.
  boost::json::object request(const rpc::Method& method, const RequestShape& shape);
  // The schema of a parameter.
  boost::json::object parameter(const google::protobuf::FieldDescriptor* field);
  boost::json::object all() const;

 private:
  enum class Side { request, reply };

  std::string name_for(const std::string& full_name, const std::string& wanted);
  boost::json::object message_ref(const google::protobuf::Descriptor* message, Side side);
  boost::json::object message_body(const google::protobuf::Descriptor* message, Side side);
  boost::json::object enum_ref(const google::protobuf::EnumDescriptor* type);
  boost::json::object money_ref();
  boost::json::object field_schema(const google::protobuf::FieldDescriptor* field, Side side);
  boost::json::object value_schema(const google::protobuf::FieldDescriptor* field, Side side);

  std::map<std::string, std::string> owners_;  // Schema name → what it describes.
  std::map<std::string, boost::json::object> made_;
};

}  // namespace bordero::gateway
