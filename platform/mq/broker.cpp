#include "platform/mq/broker.hpp"

#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>

#include <algorithm>
#include <limits>

#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"
#include "platform/mq/amqp_table.hpp"
#include "platform/tls/tls.hpp"

namespace bordero::mq {
namespace {

using namespace std::chrono_literals;

constexpr amqp_channel_t kChannel = 1;
constexpr int kHeartbeatSeconds = 10;
constexpr timeval kConnectLimit{3, 0};
constexpr timeval kCallLimit{10, 0};
constexpr auto kConfirmLimit = 30s;

// The library parses in place, so the text lives beside what points into it.
struct Address {
  std::string text;
  amqp_connection_info info{};

  explicit Address(const std::string& url) : text(read_secret(url)) {
    amqp_default_connection_info(&info);
    if (amqp_parse_url(text.data(), &info) != AMQP_STATUS_OK) {
      throw env::BadSetting("a broker's address is amqps://user:password@host:port/vhost");
    }
    if (info.ssl == 0) tls::refuse_plain("amqp://");
  }
};

// What the library checks of a certificate knows no addresses, so OpenSSL does all of it.
amqp_socket_t* socket_of(amqp_connection_state_t connection, const Address& address) {
  if (address.info.ssl == 0) return amqp_tcp_socket_new(connection);
  amqp_socket_t* const socket = amqp_ssl_socket_new(connection);
  if (socket == nullptr) return nullptr;
  amqp_ssl_socket_set_verify_peer(socket, 0);
  amqp_ssl_socket_set_verify_hostname(socket, 0);
  tls::set_up_client(static_cast<SSL_CTX*>(amqp_ssl_socket_get_context(socket)), address.info.host);
  return socket;
}

std::string reason_of(const amqp_rpc_reply_t& reply) {
  if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION) {
    return amqp_error_string2(reply.library_error);
  }
  if (reply.reply_type != AMQP_RESPONSE_SERVER_EXCEPTION) return "no answer";
  // Both kinds of close begin with code and text.
  if (reply.reply.id == AMQP_CONNECTION_CLOSE_METHOD) {
    return text_of(static_cast<amqp_connection_close_t*>(reply.reply.decoded)->reply_text);
  }
  if (reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD) {
    return text_of(static_cast<amqp_channel_close_t*>(reply.reply.decoded)->reply_text);
  }
  return "unexpected method";
}

}  // namespace

std::string_view Message::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const auto& header) { return header.first == name; });
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

Broker::Broker(const std::string& url, const std::string& name)
    : owned_(amqp_new_connection(), &amqp_destroy_connection) {
  const Address address(url);
  amqp_socket_t* const socket = socket_of(connection_, address);
  if (socket == nullptr) throw Broken("no memory for a connection to the broker");
  amqp_set_handshake_timeout(connection_, &kCallLimit);
  amqp_set_rpc_timeout(connection_, &kCallLimit);
  const int opened =
      amqp_socket_open_noblock(socket, address.info.host, address.info.port, &kConnectLimit);
  if (opened != AMQP_STATUS_OK) {
    throw Broken(std::string("the broker cannot be reached: ") + amqp_error_string2(opened));
  }
  Table properties;
  properties.add("connection_name", name);
  const auto client = properties.view();
  check("sign in",
        amqp_login_with_properties(connection_, address.info.vhost, 0, AMQP_DEFAULT_FRAME_SIZE,
                                   kHeartbeatSeconds, &client, AMQP_SASL_METHOD_PLAIN,
                                   address.info.user, address.info.password));
  amqp_channel_open(connection_, kChannel);
  check("open a channel", amqp_get_rpc_reply(connection_));
}

void Broker::check(const char* what, amqp_rpc_reply_t reply) {
  if (reply.reply_type == AMQP_RESPONSE_NORMAL) return;
  const bool closed = reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION &&
                      reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD;
  if (closed && static_cast<amqp_channel_close_t*>(reply.reply.decoded)->reply_code ==
                    AMQP_PRECONDITION_FAILED) {
    throw OtherArguments(reason_of(reply));
  }
  throw Broken(std::string("the broker did not ") + what + ": " + reason_of(reply));
}

void Broker::declare_exchange(const std::string& name, const char* type) {
  amqp_exchange_declare(connection_, kChannel, bytes_of(name), bytes_of(type), 0, 1, 0, 0,
                        amqp_empty_table);
  check("declare an exchange", amqp_get_rpc_reply(connection_));
}

void Broker::declare_queue(const std::string& name, const QueueArguments& arguments) {
  Table table;
  for (const auto& [key, value] : arguments.texts) table.add(key, value);
  for (const auto& [key, value] : arguments.numbers) table.add(key, value);
  if (arguments.single_active_consumer) table.add("x-single-active-consumer", true);
  amqp_queue_declare(connection_, kChannel, bytes_of(name), 0, arguments.durable ? 1 : 0,
                     arguments.exclusive ? 1 : 0, arguments.exclusive ? 1 : 0, table.view());
  check("declare a queue", amqp_get_rpc_reply(connection_));
}

void Broker::bind(const std::string& queue, const std::string& exchange, const std::string& key) {
  amqp_queue_bind(connection_, kChannel, bytes_of(queue), bytes_of(exchange), bytes_of(key),
                  amqp_empty_table);
  check("bind a queue", amqp_get_rpc_reply(connection_));
}

std::uint32_t Broker::messages_in(const std::string& queue) {
  const auto* const declared =
      amqp_queue_declare(connection_, kChannel, bytes_of(queue), 1, 0, 0, 0, amqp_empty_table);
  check("count a queue", amqp_get_rpc_reply(connection_));
  return declared->message_count;
}

void Broker::delete_queue(const std::string& queue) {
  amqp_queue_delete(connection_, kChannel, bytes_of(queue), 0, 0);
  check("delete a queue", amqp_get_rpc_reply(connection_));
}

void Broker::expect_confirms() {
  amqp_confirm_select(connection_, kChannel);
  check("confirm", amqp_get_rpc_reply(connection_));
}

std::uint64_t Broker::publish(const std::string& exchange, const std::string& key,
                              const Message& message) {
  Table headers;
  for (const auto& [name, value] : message.headers) headers.add(name, value);
  amqp_basic_properties_t properties{};
  properties._flags = AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG |
                      AMQP_BASIC_MESSAGE_ID_FLAG | AMQP_BASIC_HEADERS_FLAG;
  properties.content_type = bytes_of("application/json");
  properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
  properties.message_id = bytes_of(message.id);
  properties.headers = headers.view();
  const int sent = amqp_basic_publish(connection_, kChannel, bytes_of(exchange), bytes_of(key), 1,
                                      0, &properties, bytes_of(message.body));
  if (sent != AMQP_STATUS_OK) {
    throw Broken(std::string("the broker took no message: ") + amqp_error_string2(sent));
  }
  waiting_.emplace(++published_, message.id);
  return published_;
}

Fate Broker::publish_and_wait(const std::string& exchange, const std::string& key,
                              const Message& message) {
  const auto number = publish(exchange, key, message);
  const auto limit = std::chrono::steady_clock::now() + kConfirmLimit;
  while (!fates_.contains(number)) {
    if (std::chrono::steady_clock::now() > limit) throw Broken("the broker confirms nothing");
    read_frame(1s);
  }
  return fates_.extract(number).mapped();
}

void Broker::consume(const std::string& queue, int prefetch, bool acknowledges) {
  amqp_basic_qos(connection_, kChannel, 0, static_cast<std::uint16_t>(prefetch), 0);
  check("limit deliveries", amqp_get_rpc_reply(connection_));
  amqp_basic_consume(connection_, kChannel, bytes_of(queue), amqp_empty_bytes, 0,
                     acknowledges ? 0 : 1, 0, amqp_empty_table);
  check("deliver", amqp_get_rpc_reply(connection_));
}

std::optional<Delivery> Broker::get(const std::string& queue) {
  const auto reply = amqp_basic_get(connection_, kChannel, bytes_of(queue), 0);
  check("give a message", reply);
  if (reply.reply.id != AMQP_BASIC_GET_OK_METHOD) return std::nullopt;
  const auto& got = *static_cast<amqp_basic_get_ok_t*>(reply.reply.decoded);
  Delivery delivery;
  delivery.tag = got.delivery_tag;
  delivery.routing_key = text_of(got.routing_key);
  delivery.left_in_queue = got.message_count;
  delivery.message = read_message();
  return delivery;
}

void Broker::acknowledge(std::uint64_t tag, bool all_before) {
  const int sent = amqp_basic_ack(connection_, kChannel, tag, all_before ? 1 : 0);
  if (sent != AMQP_STATUS_OK) {
    throw Broken(std::string("the broker took no acknowledgement: ") + amqp_error_string2(sent));
  }
}

}  // namespace bordero::mq
