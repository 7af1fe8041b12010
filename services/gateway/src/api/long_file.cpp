#include "services/gateway/src/api/long_file.hpp"

#include "platform/base/log.hpp"

namespace bordero::gateway {
namespace {

using google::protobuf::Message;

constexpr auto kPartTime = std::chrono::seconds(10);

awaitable<Result<std::string>> ask_part(const FileSource& source, const Message& request) {
  Context context;
  context.deadline = std::chrono::steady_clock::now() + kPartTime;
  CO_TRY(const auto session, co_await source.sessions.resolve(context, source.secret));
  rpc::Envelope envelope;
  envelope.method = source.method.name;
  envelope.caller_service = "gateway";
  envelope.identity_token = session.identity_token();
  envelope.time_left = context.time_left();
  rpc::Channel& channel = source.peers.to(source.method.service);
  auto answer =
      co_await channel.call(std::move(envelope), request, common::v1::LongFile::default_instance());
  if (!answer) co_return std::move(answer).error();
  co_return std::move(*static_cast<common::v1::LongFile&>(*answer->message).mutable_data());
}

// A part that does not come ends the body early, and with it the connection.
awaitable<void> send_parts(const FileSource& source, Message& request, std::string part,
                           std::int64_t size, httpd::StreamWriter& writer) {
  const auto* offset = request.GetDescriptor()->FindFieldByName("offset");
  std::int64_t sent = 0;
  while (true) {
    sent += static_cast<std::int64_t>(part.size());
    if (part.empty() || sent > size) co_return;
    const bool taken = co_await writer.write(std::move(part));
    if (!taken || sent == size) co_return;
    request.GetReflection()->SetInt64(&request, offset, sent);
    auto next = co_await ask_part(source, request);
    if (!next) {
      log::warning("a download broke off", {{"reason", next.error().reason}});
      co_return;
    }
    part = std::move(*next);
  }
}

}  // namespace

void add_rest_of_file(FileSource source, const Message& request, const Message& answer,
                      httpd::Reply& reply) {
  if (answer.GetDescriptor() != common::v1::LongFile::descriptor()) return;
  const auto& first = static_cast<const common::v1::LongFile&>(answer);
  if (first.size() <= static_cast<std::int64_t>(first.data().size())) return;
  std::shared_ptr<Message> next(request.New());
  next->CopyFrom(request);
  reply.stream_size = static_cast<std::uint64_t>(first.size());
  reply.stream = [source = std::move(source), next, part = std::move(reply.response.body),
                  size = first.size()](httpd::StreamWriter& writer) {
    return send_parts(source, *next, part, size, writer);
  };
  reply.response.body.clear();
}

}  // namespace bordero::gateway
