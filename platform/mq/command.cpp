#include "platform/mq/command.hpp"

#include <algorithm>

#include "bordero/common/v1/common.pb.h"
#include "platform/base/clock.hpp"
#include "platform/base/uuid.hpp"
#include "platform/json/json.hpp"
#include "platform/mq/outbox.hpp"
#include "platform/mq/wakeup.hpp"
#include "platform/rpc/queues.hpp"
#include "platform/telemetry/trace.hpp"

namespace bordero::mq {

void send(pg::Transaction& tx, const Context& context, const std::string& sender,
          const google::protobuf::Message& command, const std::string& subject) {
  const std::string type(rpc::command_type(command.GetDescriptor()));
  ensure(!type.empty(), "only messages with (bordero.command) are sent");
  const std::string queue = rpc::Queues::queue_of_command(type);
  const auto declared = rpc::queues_in({command.GetDescriptor()->file()}).sent_by(sender);
  ensure(std::find(declared.begin(), declared.end(), queue) != declared.end(),
         "a command is sent by who is declared as a sender of its queue");

  const telemetry::Span span("send " + type, telemetry::Span::Kind::producer, context.trace);
  const Instant now = clock::now();
  common::v1::EventMeta meta;
  meta.set_id(Uuid::v7().str());
  meta.set_type(type);
  meta.set_source(sender);
  meta.set_subject(subject);
  meta.set_time(instant_text(now));
  meta.set_actor(context.caller.actor());
  meta.set_trace_id(context.trace.trace_id);
  tx.execute(R"sql(
      INSERT INTO outbox (event_id, type, subject, time, headers, traceparent, body)
      VALUES ($1, $2, $3, $4, $5, $6, $7))sql",
             meta.id(), kToQueue + queue, subject, now, json::text(meta),
             span.context().traceparent(), json::text(command));
  tx.after_commit([sender] { wake_relay(sender); });
}

}  // namespace bordero::mq
