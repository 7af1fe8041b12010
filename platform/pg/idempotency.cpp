#include "platform/pg/idempotency.hpp"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cstring>

#include "platform/base/bytes.hpp"

namespace bordero::pg::idempotency {

std::int64_t lock_of(const Context& context) {
  // A digest that nobody can aim: a guessed collision would make others wait.
  const std::string name =
      context.caller.actor() + '\n' + context.method + '\n' + context.idempotency_key;
  const std::string digest = sha256(name);
  std::int64_t lock = 0;
  std::memcpy(&lock, digest.data(), sizeof lock);
  return lock;
}

Result<void> decide(const Context& context, const Rows& lock, const Rows& kept) {
  if (!kept.empty()) {
    const bool same = kept[0].get<std::string>("digest") == context.request_digest;
    if (!same) return Error{.kind = ErrorKind::mismatch, .reason = "idempotency_key_reused"};
    Error replayed{.kind = ErrorKind::replayed, .reason = "replayed"};
    replayed.kept_answer = kept[0].get<Bytes>("reply").value;
    return replayed;
  }
  if (lock.at(0).get<bool>("free")) return {};
  Error busy = refused("idempotency_in_progress");
  busy.retry_after_s = 1;
  return busy;
}

void check_reply_type(const Context& context, const std::string& type) {
  std::string name = context.method;
  std::replace(name.begin(), name.end(), '/', '.');
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
  ensure(!method || method->output_type()->full_name() == type,
         "the reply kept under an idempotency key is the method's own");
}

}  // namespace bordero::pg::idempotency
