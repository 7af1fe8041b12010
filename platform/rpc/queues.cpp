#include "platform/rpc/queues.hpp"

#include <algorithm>
#include <stdexcept>

namespace bordero::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;

constexpr int kMostBytes = 1024 * 1024;

[[noreturn]] void broken(const std::string& where, const std::string& what) {
  throw std::logic_error("contract: " + where + " " + what);
}

std::string first_word(std::string_view dotted) {
  return std::string(dotted.substr(0, dotted.find('.')));
}

// "bordero.crm.v1" is owned by "crm".
std::string owner_of(const std::string& package) {
  return first_word(std::string_view(package).substr(package.find('.') + 1));
}

void read_queues(const FileDescriptor& file, Queues& all) {
  const std::string owner = owner_of(file.package());
  const auto& options = file.options();
  for (int i = 0; i < options.ExtensionSize(bordero::queue); ++i) {
    const Queue& queue = options.GetExtension(bordero::queue, i);
    if (!queue.name().starts_with(owner + ".")) broken(queue.name(), "is no queue of " + owner);
    for (const char* taken : {".events", ".dead", ".replay"}) {
      if (queue.name() == owner + taken) broken(queue.name(), "is a name of the platform's");
    }
    if (queue.senders().empty()) broken(queue.name(), "has no sender");
    if (!all.by_name.emplace(queue.name(), queue).second) {
      broken(queue.name(), "is declared twice");
    }
  }
  for (int i = 0; i < options.ExtensionSize(bordero::webhook); ++i) {
    all.webhooks.push_back(options.GetExtension(bordero::webhook, i));
  }
}

void read_commands(const FileDescriptor& file, Queues& all) {
  for (int i = 0; i < file.message_type_count(); ++i) {
    const Descriptor* message = file.message_type(i);
    const std::string type(command_type(message));
    if (type.empty()) continue;
    if (first_word(type) != owner_of(file.package())) broken(type, "is handled by another service");
    if (!all.commands.emplace(type, message).second) broken(type, "is declared twice");
  }
}

bool has_sender(const Queue& queue, std::string_view service) {
  return std::find(queue.senders().begin(), queue.senders().end(), service) !=
         queue.senders().end();
}

void check_webhook(const Queues& all, Webhook& webhook) {
  const std::string& path = webhook.path();
  if (!path.starts_with('/') || path == "/" || path == "/api" || path.starts_with("/api/")) {
    broken(path, "is no path of a door");
  }
  const auto queue = all.by_name.find(webhook.queue());
  if (queue == all.by_name.end() || !has_sender(queue->second, "gateway")) {
    broken(path, "leads to no queue of the gateway's");
  }
  if (webhook.secret_case() == Webhook::SECRET_NOT_SET || webhook.secret_file().empty()) {
    broken(path, "is open to anybody");
  }
  if (webhook.max_bytes() == 0) webhook.set_max_bytes(kMostBytes);
  if (webhook.max_bytes() < 0 || webhook.max_bytes() > kMostBytes) {
    broken(path, "takes more than the edge does");
  }
}

std::vector<const FileDescriptor*> linked_files() {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  std::vector<const FileDescriptor*> found;
  static constexpr const char* kFiles[] = {
#include "contract_files.inc"
  };
  for (const char* name : kFiles) {
    const FileDescriptor* file = pool->FindFileByName(name);
    if (file == nullptr) broken(name, "is not linked");
    found.push_back(file);
  }
  return found;
}

}  // namespace

std::vector<std::string> Queues::sent_by(std::string_view service) const {
  std::vector<std::string> names;
  for (const auto& [name, queue] : by_name) {
    if (has_sender(queue, service)) names.push_back(name);
  }
  return names;
}

std::string Queues::queue_of_command(std::string_view type) {
  return first_word(type) + ".commands";
}

Queues queues_in(const std::vector<const FileDescriptor*>& files) {
  Queues all;
  for (const FileDescriptor* file : files) {
    read_queues(*file, all);
    read_commands(*file, all);
  }
  for (Webhook& webhook : all.webhooks) check_webhook(all, webhook);
  for (const auto& [type, message] : all.commands) {
    if (!all.by_name.contains(Queues::queue_of_command(type))) {
      broken(type, "has no queue that it travels by");
    }
  }
  return all;
}

const Queues& queues() {
  static const Queues all = queues_in(linked_files());
  return all;
}

std::string_view command_type(const Descriptor* message) {
  return message->options().GetExtension(bordero::command);
}

}  // namespace bordero::rpc
