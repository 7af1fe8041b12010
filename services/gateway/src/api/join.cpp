#include "services/gateway/src/api/join.hpp"

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

rpc::AnyReply join(std::vector<Part> parts) {
  rpc::Answer joined;
  std::vector<std::string> missing;
  for (Part& part : parts) {
    if (!part.answer) {
      const ErrorKind kind = part.answer.error().kind;
      const bool down = kind == ErrorKind::unavailable || kind == ErrorKind::internal;
      if (!down) return std::move(part.answer).error();
      missing.push_back(part.service);
    } else if (!joined.message) {
      joined.message = std::move(part.answer->message);
    } else {
      merge(*joined.message, *part.answer->message);
    }
  }
  if (!joined.message) return std::move(parts.front().answer).error();
  for (const std::string& service : missing) name_missing(*joined.message, service);
  return joined;
}

}  // namespace bordero::gateway
