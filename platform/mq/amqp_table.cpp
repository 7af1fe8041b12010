#include "platform/mq/amqp_table.hpp"

#include <optional>

namespace bordero::mq {
namespace {

std::optional<std::string> scalar_of(const amqp_field_value_t& value) {
  switch (value.kind) {
    case AMQP_FIELD_KIND_UTF8:
    case AMQP_FIELD_KIND_BYTES:
      return text_of(value.value.bytes);
    case AMQP_FIELD_KIND_I8:
      return std::to_string(value.value.i8);
    case AMQP_FIELD_KIND_U8:
      return std::to_string(value.value.u8);
    case AMQP_FIELD_KIND_I16:
      return std::to_string(value.value.i16);
    case AMQP_FIELD_KIND_U16:
      return std::to_string(value.value.u16);
    case AMQP_FIELD_KIND_I32:
      return std::to_string(value.value.i32);
    case AMQP_FIELD_KIND_U32:
      return std::to_string(value.value.u32);
    case AMQP_FIELD_KIND_I64:
      return std::to_string(value.value.i64);
    case AMQP_FIELD_KIND_U64:
      return std::to_string(value.value.u64);
    default:
      return std::nullopt;
  }
}

// x-death is an array of tables, the latest death first.
std::optional<std::string> death_reason(const amqp_field_value_t& deaths) {
  if (deaths.kind != AMQP_FIELD_KIND_ARRAY || deaths.value.array.num_entries < 1) return {};
  const auto& latest = deaths.value.array.entries[0];
  if (latest.kind != AMQP_FIELD_KIND_TABLE) return {};
  for (int i = 0; i < latest.value.table.num_entries; ++i) {
    const auto& entry = latest.value.table.entries[i];
    if (text_of(entry.key) == "reason") return scalar_of(entry.value);
  }
  return {};
}

amqp_table_entry_t entry_of(std::string_view name, std::uint8_t kind) {
  amqp_table_entry_t entry{};
  entry.key = bytes_of(name);
  entry.value.kind = kind;
  return entry;
}

}  // namespace

amqp_bytes_t bytes_of(std::string_view text) {
  return {text.size(), const_cast<char*>(text.data())};  // The library reads it only.
}

std::string text_of(const amqp_bytes_t& bytes) {
  return {static_cast<const char*>(bytes.bytes), bytes.len};
}

void Table::add(std::string_view name, std::string_view value) {
  auto entry = entry_of(name, AMQP_FIELD_KIND_UTF8);
  entry.value.value.bytes = bytes_of(value);
  entries_.push_back(entry);
}

void Table::add(std::string_view name, std::int64_t value) {
  auto entry = entry_of(name, AMQP_FIELD_KIND_I64);
  entry.value.value.i64 = value;
  entries_.push_back(entry);
}

void Table::add(std::string_view name, bool value) {
  auto entry = entry_of(name, AMQP_FIELD_KIND_BOOLEAN);
  entry.value.value.boolean = value ? 1 : 0;
  entries_.push_back(entry);
}

amqp_table_t Table::view() { return {static_cast<int>(entries_.size()), entries_.data()}; }

std::vector<std::pair<std::string, std::string>> headers_of(const amqp_table_t& table) {
  std::vector<std::pair<std::string, std::string>> headers;
  for (int i = 0; i < table.num_entries; ++i) {
    const auto& entry = table.entries[i];
    const std::string name = text_of(entry.key);
    const bool deaths = name == "x-death";
    auto value = deaths ? death_reason(entry.value) : scalar_of(entry.value);
    if (value) headers.emplace_back(deaths ? "x-death-reason" : name, std::move(*value));
  }
  return headers;
}

}  // namespace bordero::mq
