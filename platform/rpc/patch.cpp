#include "platform/rpc/patch.hpp"

#include <google/protobuf/util/message_differencer.h>

#include <memory>

namespace bordero::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Both have a field of this name and type, and it is not one that says which record is meant.
bool is_settable(const FieldDescriptor* to, const FieldDescriptor* from) {
  return to != nullptr && from != nullptr && to->type() == from->type() &&
         to->is_repeated() == from->is_repeated() && to->name() != "version" &&
         !(to->name().ends_with("_id") && from->number() == 1);
}

void copy_one(Message& record, const FieldDescriptor* to, const Message& request,
              const FieldDescriptor* from) {
  const auto* reader = request.GetReflection();
  const auto* writer = record.GetReflection();
  switch (to->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return writer->SetString(&record, to, reader->GetString(request, from));
    case FieldDescriptor::CPPTYPE_BOOL:
      return writer->SetBool(&record, to, reader->GetBool(request, from));
    case FieldDescriptor::CPPTYPE_INT32:
      return writer->SetInt32(&record, to, reader->GetInt32(request, from));
    case FieldDescriptor::CPPTYPE_ENUM:
      return writer->SetEnumValue(&record, to, reader->GetEnumValue(request, from));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return writer->MutableMessage(&record, to)->CopyFrom(reader->GetMessage(request, from));
    default:
      ensure(false, "an update has texts, flags, numbers, enums and messages only");
  }
}

void copy_all(Message& record, const FieldDescriptor* to, const Message& request,
              const FieldDescriptor* from) {
  const auto* reader = request.GetReflection();
  const auto* writer = record.GetReflection();
  for (int i = 0; i < reader->FieldSize(request, from); ++i) {
    if (to->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      writer->AddMessage(&record, to)->CopyFrom(reader->GetRepeatedMessage(request, from, i));
    } else if (to->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      writer->AddEnumValue(&record, to, reader->GetRepeatedEnumValue(request, from, i));
    } else {
      writer->AddString(&record, to, reader->GetRepeatedString(request, from, i));
    }
  }
}

}  // namespace

Result<std::vector<std::string>> patch(Message& record, const Message& request,
                                       const google::protobuf::FieldMask& mask) {
  std::vector<std::string> changed;
  const std::unique_ptr<Message> before(record.New());
  before->CopyFrom(record);
  for (const std::string& path : mask.paths()) {
    const auto* from = request.GetDescriptor()->FindFieldByName(path);
    const auto* to = record.GetDescriptor()->FindFieldByName(path);
    if (!is_settable(to, from)) return invalid_field(path, "not_settable");
    record.GetReflection()->ClearField(&record, to);
    const bool cleared = from->has_presence() && !request.GetReflection()->HasField(request, from);
    if (to->is_repeated()) {
      copy_all(record, to, request, from);
    } else if (!cleared) {
      copy_one(record, to, request, from);
    }
    google::protobuf::util::MessageDifferencer differencer;
    if (!differencer.CompareWithFields(*before, record, {to}, {to})) changed.push_back(path);
  }
  return changed;
}

Result<void> check_version(int current, int expected, const char* reason) {
  if (expected == 0) {
    return Error{.kind = ErrorKind::version_required, .reason = "version_required"};
  }
  if (current != expected) return stale(reason, current);
  return {};
}

}  // namespace bordero::rpc
