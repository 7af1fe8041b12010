#include "services/gateway/src/api/join.hpp"

#include <absl/strings/str_split.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>

#include "platform/base/log.hpp"
#include "platform/json/json.hpp"

namespace bordero::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Services declare the same lists in types of their own; their JSON is what agrees.
void merge(Message& into, const Message& from) {
  if (into.GetDescriptor() == from.GetDescriptor()) return into.MergeFrom(from);
  const std::unique_ptr<Message> same(into.New());
  if (json::parse_stored(json::text(from), *same)) into.MergeFrom(*same);
}

void name_missing(Message& reply, const std::string& service) {
  const FieldDescriptor* missing = reply.GetDescriptor()->FindFieldByName("missing");
  if (missing != nullptr) reply.GetReflection()->AddString(&reply, missing, service);
}

const FieldDescriptor* field_of(const Message& message, const char* name,
                                FieldDescriptor::CppType type) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  const bool fits = field != nullptr && !field->is_repeated() && field->cpp_type() == type;
  return fits ? field : nullptr;
}

std::string text_in(const Message& message, const char* name) {
  const auto* field = field_of(message, name, FieldDescriptor::CPPTYPE_STRING);
  return field == nullptr ? std::string() : message.GetReflection()->GetString(message, field);
}

int number_in(const Message& message, const char* name) {
  const auto* field = field_of(message, name, FieldDescriptor::CPPTYPE_INT32);
  return field == nullptr ? 0 : message.GetReflection()->GetInt32(message, field);
}

// Of all services: a text or number of one would stand for the whole otherwise.
void put_page(Message& reply, const std::string& token, int total) {
  const auto* next = field_of(reply, "next_page_token", FieldDescriptor::CPPTYPE_STRING);
  if (next != nullptr) reply.GetReflection()->SetString(&reply, next, token);
  const auto* size = field_of(reply, "total_size", FieldDescriptor::CPPTYPE_INT32);
  if (size != nullptr) reply.GetReflection()->SetInt32(&reply, size, total);
}

bool is_down(ErrorKind kind) {
  return kind == ErrorKind::unavailable || kind == ErrorKind::internal;
}

struct Gathering {
  explicit Gathering(asio::any_io_executor executor) : all_in(executor) {}
  std::vector<rpc::AnyReply> answers;
  std::size_t missing = 0;
  asio::steady_timer all_in;
};
using Question = std::function<awaitable<rpc::AnyReply>()>;

awaitable<void> gather(std::shared_ptr<Gathering> gathering, std::size_t index, Question question) {
  auto answer = co_await question();
  gathering->answers[index] = std::move(answer);
}

}  // namespace

awaitable<std::vector<rpc::AnyReply>> ask_all(std::vector<Question> questions) {
  const auto executor = co_await asio::this_coro::executor;
  const auto gathering = std::make_shared<Gathering>(executor);
  gathering->missing = questions.size();
  gathering->all_in.expires_at(std::chrono::steady_clock::time_point::max());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    gathering->answers.emplace_back(unavailable("dependency_unavailable"));
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    asio::co_spawn(executor, gather(gathering, i, questions[i]),
                   [gathering](std::exception_ptr failed) {
                     if (failed) log::error("one of several calls failed");
                     if (--gathering->missing == 0) gathering->all_in.cancel();
                   });
  }
  constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
  if (gathering->missing > 0) co_await gathering->all_in.async_wait(kTuple);
  co_return std::move(gathering->answers);
}

std::string joined_token(const PageTokens& tokens) {
  std::string text;
  for (const auto& [service, token] : tokens) {
    text.append(text.empty() ? "" : "~").append(service).append("~").append(token);
  }
  return text;
}

Result<PageTokens> tokens_in(const std::string& joined) {
  const std::vector<std::string> words = absl::StrSplit(joined, '~');
  if (words.size() % 2 != 0) return invalid_field("page_token", "malformed");
  PageTokens tokens;
  for (std::size_t i = 0; i < words.size(); i += 2) tokens[words[i]] = words[i + 1];
  return tokens;
}

Result<std::size_t> who_knows(const std::vector<Part>& parts) {
  std::string missing;
  std::size_t refuses = parts.size();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].answer) return i;
    const ErrorKind kind = parts[i].answer.error().kind;
    if (kind == ErrorKind::not_found) continue;
    if (is_down(kind)) {
      missing += (missing.empty() ? "" : ", ") + parts[i].service;
    } else {
      refuses = i;
    }
  }
  if (refuses < parts.size()) return refuses;
  if (missing.empty()) return std::size_t{0};
  Error error = unavailable("dependency_unavailable");
  error.detail = "no answer from " + missing;
  return error;
}

rpc::AnyReply join(std::vector<Part> parts) {
  rpc::Answer joined;
  PageTokens tokens;
  int total = 0;
  std::vector<std::string> missing;
  for (Part& part : parts) {
    if (!part.answer) {
      const ErrorKind kind = part.answer.error().kind;
      if (!is_down(kind)) return std::move(part.answer).error();
      missing.push_back(part.service);
      continue;
    }
    const Message& answer = *part.answer->message;
    const std::string token = text_in(answer, "next_page_token");
    if (!token.empty()) tokens[part.service] = token;
    total += number_in(answer, "total_size");
    if (joined.message) {
      merge(*joined.message, answer);
    } else {
      joined.message = std::move(part.answer->message);
    }
  }
  if (!joined.message) return std::move(parts.front().answer).error();
  put_page(*joined.message, joined_token(tokens), total);
  for (const std::string& service : missing) name_missing(*joined.message, service);
  return joined;
}

}  // namespace bordero::gateway
