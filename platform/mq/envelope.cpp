#include "platform/mq/envelope.hpp"

#include <charconv>

#include "platform/json/json.hpp"

namespace bordero::mq {
namespace {

constexpr std::string_view kTypePrefix = "bordero.";

std::string joined(const google::protobuf::RepeatedPtrField<std::string>& words) {
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text.push_back(',');
    text += word;
  }
  return text;
}

void split_into(google::protobuf::RepeatedPtrField<std::string>& words, std::string_view text) {
  while (!text.empty()) {
    const auto comma = text.find(',');
    words.Add(std::string(text.substr(0, comma)));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
}

int number_in(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Cuts the first word off a dotted name.
std::string_view pop_word(std::string_view& rest) {
  const auto dot = rest.find('.');
  const auto word = rest.substr(0, dot);
  rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
  return word;
}

}  // namespace

Message message_of(const common::v1::EventMeta& meta, const std::string& traceparent,
                   std::string body) {
  Message message;
  message.id = meta.id();
  message.body = std::move(body);
  message.headers = {
      {"cloudEvents:specversion", "1.0"},
      {"cloudEvents:id", meta.id()},
      {"cloudEvents:source", meta.source()},
      {"cloudEvents:type", std::string(kTypePrefix) + meta.type()},
      {"cloudEvents:subject", meta.subject()},
      {"cloudEvents:time", meta.time()},
      {"traceparent", traceparent},
      {"version", std::to_string(meta.version())},
      {"actor", meta.actor()},
      {"entity_type", meta.entity_type()},
      {"audience_users", joined(meta.audience_users())},
      {"audience_roles", joined(meta.audience_roles())},
  };
  return message;
}

Event event_of(Message message) {
  Event event;
  auto& meta = event.meta;
  auto type = message.header("cloudEvents:type");
  if (type.starts_with(kTypePrefix)) type.remove_prefix(kTypePrefix.size());
  meta.set_id(std::string(message.header("cloudEvents:id")));
  meta.set_type(std::string(type));
  meta.set_source(std::string(message.header("cloudEvents:source")));
  meta.set_subject(std::string(message.header("cloudEvents:subject")));
  meta.set_time(std::string(message.header("cloudEvents:time")));
  meta.set_version(number_in(message.header("version")));
  meta.set_actor(std::string(message.header("actor")));
  meta.set_entity_type(std::string(message.header("entity_type")));
  split_into(*meta.mutable_audience_users(), message.header("audience_users"));
  split_into(*meta.mutable_audience_roles(), message.header("audience_roles"));
  event.traceparent = message.header("traceparent");
  meta.set_trace_id(TraceContext::parse(event.traceparent).trace_id);
  event.deliveries = number_in(message.header("x-delivery-count")) + 1;
  event.body = std::move(message.body);
  return event;
}

bool Event::parse(google::protobuf::Message& message) const {
  return json::parse_stored(body, message).ok();
}

bool matches(std::string_view pattern, std::string_view type) {
  while (!pattern.empty()) {
    const auto word = pop_word(pattern);
    if (word == "#") {
      // The rest of the pattern may begin after any number of words.
      for (;;) {
        if (matches(pattern, type)) return true;
        if (type.empty()) return false;
        pop_word(type);
      }
    }
    if (type.empty() || (pop_word(type) != word && word != "*")) return false;
  }
  return type.empty();
}

}  // namespace bordero::mq
