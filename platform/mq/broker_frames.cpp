#include <amqp.h>
#include <amqp_framing.h>

#include <algorithm>

#include "platform/mq/amqp_table.hpp"
#include "platform/mq/broker.hpp"

// Reading from the broker. Confirms, returns and deliveries come in any order between the answers
// to our calls, so frames are taken one by one.
namespace bordero::mq {
namespace {

using namespace std::chrono_literals;

bool buffered(amqp_connection_state_t connection) {
  return amqp_frames_enqueued(connection) != 0 || amqp_data_in_buffer(connection) != 0;
}

}  // namespace

void Broker::pump(std::chrono::milliseconds wait, Wakeup& wakeup) {
  if (!buffered(connection_)) wakeup.wait(wait, amqp_get_sockfd(connection_));
  // A flood of deliveries is bounded by the prefetch; the bound here keeps the caller's turn.
  for (int frames = 0; frames < 1024 && read_frame(0ms); ++frames) {
  }
}

bool Broker::read_frame(std::chrono::milliseconds wait) {
  timeval limit{wait.count() / 1000, (wait.count() % 1000) * 1000};
  amqp_frame_t frame;
  const int status = amqp_simple_wait_frame_noblock(connection_, &frame, &limit);
  if (status == AMQP_STATUS_TIMEOUT) return false;
  if (status != AMQP_STATUS_OK) {
    throw Broken(std::string("the broker is gone: ") + amqp_error_string2(status));
  }
  if (frame.frame_type == AMQP_FRAME_METHOD) on_method(frame.payload.method);
  amqp_maybe_release_buffers(connection_);
  return true;
}

void Broker::on_method(const amqp_method_t& method) {
  switch (method.id) {
    case AMQP_BASIC_ACK_METHOD: {
      const auto& ack = *static_cast<amqp_basic_ack_t*>(method.decoded);
      return settle(ack.delivery_tag, ack.multiple != 0, Fate::confirmed);
    }
    case AMQP_BASIC_NACK_METHOD: {
      const auto& nack = *static_cast<amqp_basic_nack_t*>(method.decoded);
      return settle(nack.delivery_tag, nack.multiple != 0, Fate::refused);
    }
    case AMQP_BASIC_RETURN_METHOD:
      return on_return();
    case AMQP_BASIC_DELIVER_METHOD:
      return on_deliver(*static_cast<amqp_basic_deliver_t*>(method.decoded));
    case AMQP_BASIC_CANCEL_METHOD:
      throw Broken("the broker cancelled the consumer");
    case AMQP_CHANNEL_CLOSE_METHOD: {
      const auto& close = *static_cast<amqp_channel_close_t*>(method.decoded);
      throw Broken("the broker closed the channel: " + text_of(close.reply_text));
    }
    case AMQP_CONNECTION_CLOSE_METHOD: {
      const auto& close = *static_cast<amqp_connection_close_t*>(method.decoded);
      throw Broken("the broker closed the connection: " + text_of(close.reply_text));
    }
    default:
      return;
  }
}

// A returned message is confirmed too, right after; its fate is known by then.
void Broker::on_return() {
  const Message returned = read_message();
  const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const auto& entry) { return entry.second == returned.id; });
  if (found == waiting_.end()) return;
  fates_[found->first] = Fate::unroutable;
  waiting_.erase(found);
}

void Broker::settle(std::uint64_t number, bool and_before, Fate fate) {
  auto first = and_before ? waiting_.begin() : waiting_.find(number);
  while (first != waiting_.end() && first->first <= number) {
    fates_[first->first] = fate;
    first = waiting_.erase(first);
  }
}

void Broker::on_deliver(const amqp_basic_deliver_t& deliver) {
  Delivery delivery;
  delivery.tag = deliver.delivery_tag;
  delivery.routing_key = text_of(deliver.routing_key);
  delivery.message = read_message();
  deliveries_.push_back(std::move(delivery));
}

Message Broker::read_message() {
  amqp_message_t raw;
  check("send a whole message", amqp_read_message(connection_, 1, &raw, 0));
  Message message;
  if ((raw.properties._flags & AMQP_BASIC_MESSAGE_ID_FLAG) != 0) {
    message.id = text_of(raw.properties.message_id);
  }
  if ((raw.properties._flags & AMQP_BASIC_HEADERS_FLAG) != 0) {
    message.headers = headers_of(raw.properties.headers);
  }
  message.body = text_of(raw.body);
  amqp_destroy_message(&raw);
  return message;
}

}  // namespace bordero::mq
