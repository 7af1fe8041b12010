#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <algorithm>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/base/log.hpp"
#include "platform/rpc/grpc_channel.hpp"
#include "platform/rpc/grpc_tls.hpp"
#include "platform/rpc/wire.hpp"

namespace bordero::rpc {
namespace {

constexpr std::chrono::milliseconds kConnectPatience{3'000};

// What must live until gRPC calls back.
struct Flight {
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer reply;
  grpc::Status status;
};

void fill(grpc::ClientContext& context, const Envelope& envelope) {
  context.set_deadline(std::chrono::system_clock::now() + envelope.time_left);
  if (!envelope.identity_token.empty()) context.AddMetadata(kIdentity, envelope.identity_token);
  if (!envelope.traceparent.empty()) context.AddMetadata(kTraceparent, envelope.traceparent);
  if (!envelope.idempotency_key.empty()) {
    context.AddMetadata(kIdempotencyKey, envelope.idempotency_key);
  }
}

Error error_of(const grpc::Status& status) {
  if (!status.error_details().empty()) return error_from_bytes(status.error_details());
  if (status.error_code() == grpc::DEADLINE_EXCEEDED) return unavailable("deadline_exceeded");
  log::warning("a service did not answer", {{"code", static_cast<int>(status.error_code())},
                                            {"detail", status.error_message()}});
  return unavailable("dependency_unavailable");
}

class GrpcChannel : public Channel {
 public:
  GrpcChannel(asio::any_io_executor executor, const std::string& service,
              const std::string& address)
      : executor_(std::move(executor)) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 2'000);  // How long one try may take.
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    // Whatever answers there must be that service by its certificate.
    arguments.SetSslTargetNameOverride(service);
    channel_ = grpc::CreateCustomChannel(address, channel_credentials(), arguments);
    stub_ = std::make_unique<grpc::GenericStub>(channel_);
  }

  awaitable<AnyReply> call(Envelope envelope, const Message& request,
                           const Message& reply) override {
    auto flight = std::make_shared<Flight>();
    // A service that is just starting is worth a moment. Only a waiting call drives the connection:
    // asking for the channel's state does not.
    if (channel_->GetState(false) != GRPC_CHANNEL_READY) {
      flight->context.set_wait_for_ready(true);
      envelope.time_left = std::min(envelope.time_left, kConnectPatience);
    }
    fill(flight->context, envelope);
    bool own_buffer = false;
    grpc::GenericSerialize<grpc::ProtoBufferWriter, Message>(request, &flight->request,
                                                             &own_buffer);
    const std::string path = "/" + envelope.method;
    co_await send(flight, path);
    if (!flight->status.ok()) co_return error_of(flight->status);

    Answer answer;
    answer.message.reset(reply.New());
    grpc::ProtoBufferReader reader(&flight->reply);
    if (!answer.message->ParseFromZeroCopyStream(&reader)) {
      co_return unavailable("dependency_unavailable");
    }
    answer.replayed = flight->context.GetServerTrailingMetadata().contains(kReplayed);
    co_return std::move(answer);
  }

  bool connected() const override {
    const auto state = channel_->GetState(true);
    return state == GRPC_CHANNEL_READY || state == GRPC_CHANNEL_IDLE;
  }

 private:
  awaitable<void> send(std::shared_ptr<Flight> flight, const std::string& path) {
    auto start = [this, flight, &path](auto handler) {
      auto held = std::make_shared<decltype(handler)>(std::move(handler));
      stub_->UnaryCall(&flight->context, path, {}, &flight->request, &flight->reply,
                       [held, flight, executor = executor_](grpc::Status status) {
                         flight->status = std::move(status);
                         asio::post(executor, [held] { std::move (*held)(); });
                       });
    };
    co_await asio::async_initiate<decltype(asio::use_awaitable), void()>(start,
                                                                         asio::use_awaitable);
  }

  asio::any_io_executor executor_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<grpc::GenericStub> stub_;
};

}  // namespace

std::unique_ptr<Channel> grpc_channel(asio::any_io_executor executor, const std::string& service,
                                      const std::string& address) {
  return std::make_unique<GrpcChannel>(std::move(executor), service, address);
}

}  // namespace bordero::rpc
