#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"

namespace bordero::mq {

// Writes a command to the outbox in this transaction: a wish, which the relay of `sender` brings to
// the queue of the one service that handles it, and never to bordero.events. The type is the
// message's (bordero.command) option. It carries who wishes, and is believed because the broker
// lets only the declared senders of the queue put something in. Commands of one subject keep their
// order.
void send(pg::Transaction& tx, const Context& context, const std::string& sender,
          const google::protobuf::Message& command, const std::string& subject);

}  // namespace bordero::mq
