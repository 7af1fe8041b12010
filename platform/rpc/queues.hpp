#pragma once

#include <google/protobuf/descriptor.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bordero/queues.pb.h"

namespace bordero::rpc {

// What the contract says of queues, doors and commands; see bordero/queues.proto.
struct Queues {
  std::map<std::string, Queue> by_name;
  std::vector<Webhook> webhooks;
  // Command messages by type.
  std::map<std::string, const google::protobuf::Descriptor*> commands;

  // The names of the queues that this service may put something into.
  std::vector<std::string> sent_by(std::string_view service) const;
  // The queue of the service that handles commands of this type.
  static std::string queue_of_command(std::string_view type);
};

// Of every linked package. Throws where a declaration contradicts itself or another.
const Queues& queues();
Queues queues_in(const std::vector<const google::protobuf::FileDescriptor*>& files);

// Empty when the message is no command.
std::string_view command_type(const google::protobuf::Descriptor* message);

}  // namespace bordero::rpc
