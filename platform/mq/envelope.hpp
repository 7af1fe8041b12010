#pragma once

#include <string>

#include "platform/mq/broker.hpp"
#include "platform/mq/mq.hpp"

// How an event lies in a message: CloudEvents 1.0 in binary mode, its attributes in headers.
namespace bordero::mq {

inline constexpr const char* kExchange = "bordero.events";

Message message_of(const common::v1::EventMeta& meta, const std::string& traceparent,
                   std::string body);
// Nothing is checked here: an event without a handler, or with a body that does not parse, is the
// consumer's to park.
Event event_of(Message message);

// "crm.deal.closed" against "crm.deal.closed", "crm.#" or "*.deal.*", as the broker matches.
bool matches(std::string_view pattern, std::string_view type);

}  // namespace bordero::mq
