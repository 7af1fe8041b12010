#include "services/gateway/src/documents/comments.hpp"

#include <google/protobuf/descriptor.pb.h>

#include "platform/base/error.hpp"

namespace bordero::gateway {

extern const unsigned char kContract[];
extern const std::size_t kContractSize;

namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::SourceLocation;

// The linked descriptors carry no comments; this pool is made of the same files with them.
const DescriptorPool& commented() {
  static const DescriptorPool& pool = []() -> const DescriptorPool& {
    google::protobuf::FileDescriptorSet files;
    ensure(files.ParseFromArray(kContract, static_cast<int>(kContractSize)),
           "the embedded contract can be read");
    auto* made = new DescriptorPool;  // Lives as long as the process.
    for (const auto& file : files.file()) {
      ensure(made->BuildFile(file) != nullptr, "the embedded contract is whole");
    }
    return *made;
  }();
  return pool;
}

std::string one_line(const std::string& comment) {
  std::string line;
  for (const char c : comment) {
    const bool space = c == ' ' || c == '\n';
    if (!space) line += c;
    if (space && !line.empty() && line.back() != ' ') line += ' ';
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

template <class Declared>
std::string words_at(const Declared* declared) {
  SourceLocation location;
  if (declared == nullptr || !declared->GetSourceLocation(&location)) return {};
  return one_line(location.leading_comments + " " + location.trailing_comments);
}

}  // namespace

std::string comment_of(const google::protobuf::MethodDescriptor* method) {
  return words_at(commented().FindMethodByName(method->full_name()));
}
std::string comment_of(const google::protobuf::Descriptor* message) {
  return words_at(commented().FindMessageTypeByName(message->full_name()));
}
std::string comment_of(const google::protobuf::FieldDescriptor* field) {
  return words_at(commented().FindFieldByName(field->full_name()));
}
std::string comment_of(const google::protobuf::ServiceDescriptor* service) {
  return words_at(commented().FindServiceByName(service->full_name()));
}

}  // namespace bordero::gateway
