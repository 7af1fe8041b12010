#include <google/protobuf/descriptor.h>

#include <sstream>
#include <stdexcept>

#include "platform/rpc/dispatcher.hpp"

namespace bordero::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

using Path = std::vector<const FieldDescriptor*>;

// "results.id" of a reply: the fields on the way, the last of them a text.
Path path_in(const Descriptor* type, const std::string& text) {
  Path path;
  std::istringstream names(text);
  for (std::string name; std::getline(names, name, '.');) {
    const Descriptor* within = path.empty() ? type : path.back()->message_type();
    const FieldDescriptor* field = within == nullptr ? nullptr : within->FindFieldByName(name);
    if (field == nullptr) throw std::logic_error(type->full_name() + " has no field " + text);
    path.push_back(field);
  }
  const bool text_last = !path.empty() && !path.back()->is_repeated() &&
                         path.back()->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  if (!text_last) throw std::logic_error(text + " of " + type->full_name() + " holds no id");
  return path;
}

// One of many that was refused shows nothing.
bool was_refused(const Message& result) {
  const FieldDescriptor* ok = result.GetDescriptor()->FindFieldByName("ok");
  return ok != nullptr && ok->cpp_type() == FieldDescriptor::CPPTYPE_BOOL &&
         !result.GetReflection()->GetBool(result, ok);
}

void collect(const Message& message, const Path& path, std::size_t at,
             std::vector<std::string>& ids) {
  const auto* reflection = message.GetReflection();
  const FieldDescriptor* field = path[at];
  if (at + 1 == path.size()) {
    ids.push_back(reflection->GetString(message, field));
  } else if (!field->is_repeated()) {
    collect(reflection->GetMessage(message, field), path, at + 1, ids);
  } else {
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      const Message& one = reflection->GetRepeatedMessage(message, field, i);
      if (!was_refused(one)) collect(one, path, at + 1, ids);
    }
  }
}

awaitable<Result<void>> to_its_caller(Context&, const Message&, const Message&) {
  co_return Result<void>();
}

}  // namespace

const Method& Handlers::method_of(const Descriptor* request, const Descriptor* reply) const {
  const Method* method = find_method(service_, request);
  if (method == nullptr || method->descriptor->output_type() != reply) {
    throw std::logic_error(std::string("no rpc of ") + service_ + " takes " + request->full_name() +
                           " and gives " + reply->full_name());
  }
  return *method;
}

Handlers& Handlers::shown(const Descriptor* reply, const char* path_text, Visible visible) {
  const auto by_ids = [path = path_in(reply, path_text), visible = std::move(visible)](
                          Context& context, const Message&, const Message& kept) {
    std::vector<std::string> ids;
    collect(kept, path, 0, ids);
    return visible(context, std::move(ids));
  };
  dispatcher_.shown_[reply] = by_ids;
  return *this;
}

void Handlers::shown_to_its_caller(const Descriptor* reply) {
  dispatcher_.shown_[reply] = to_its_caller;
}

void Handlers::replayed_to_its_caller(const Descriptor* request) {
  replayed_if(request, to_its_caller);
}

Handlers& Handlers::replayed_if(const Descriptor* request, StillVisible check) {
  const Method* method = find_method(service_, request);
  const auto entry = dispatcher_.entries_.find(method == nullptr ? "" : method->name);
  ensure(entry != dispatcher_.entries_.end(), "a handler is added before its replay check");
  entry->second.still_visible = std::move(check);
  return *this;
}

}  // namespace bordero::rpc
