#include "platform/rpc/grpc_server.hpp"

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <mutex>

#include "platform/rpc/grpc_tls.hpp"
#include "platform/rpc/wire.hpp"

namespace bordero::rpc {
namespace {

constexpr auto kMaxTime = std::chrono::seconds(60);
constexpr std::chrono::duration<int, std::milli> kConnectionAge{10 * 60'000};
constexpr std::chrono::duration<int, std::milli> kConnectionGrace{60'000};

std::string metadata_of(const grpc::ServerContextBase& context, const char* key) {
  const auto& all = context.client_metadata();
  const auto found = all.find(key);
  if (found == all.end()) return {};
  return std::string(found->second.data(), found->second.size());
}

Envelope envelope_of(const grpc::GenericCallbackServerContext& context) {
  Envelope envelope;
  envelope.method = context.method().substr(1);  // Without the leading slash.
  envelope.caller_service = caller_in(context);
  envelope.identity_token = metadata_of(context, kIdentity);
  envelope.idempotency_key = metadata_of(context, kIdempotencyKey);
  envelope.traceparent = metadata_of(context, kTraceparent);
  const auto left = context.deadline() - std::chrono::system_clock::now();
  envelope.time_left = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::min<std::chrono::system_clock::duration>(left, kMaxTime));
  return envelope;
}

class Call;

// What a handler under way and its call know of each other: either may end first. A call that was
// cancelled ends at once, so that stopping waits for no handler.
struct Link {
  std::recursive_mutex guard;  // gRPC may call OnDone from within Finish.
  Call* call = nullptr;
  Envelope envelope;
  std::unique_ptr<Message> request;
};

// One unary call: reads one message, hands it to a worker, writes one message.
class Call : public grpc::ServerGenericBidiReactor {
 public:
  Call(grpc::GenericCallbackServerContext* context, const GrpcServer::Target& target)
      : context_(context), target_(target) {
    link_->call = this;
    StartRead(&request_bytes_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return end(grpc::Status(grpc::INVALID_ARGUMENT, "no_message"));
    const Method* method = find_method(std::string_view(context_->method()).substr(1));
    if (method == nullptr) return end(grpc::Status(grpc::UNIMPLEMENTED, "method_not_found"));
    link_->request.reset(google::protobuf::MessageFactory::generated_factory()
                             ->GetPrototype(method->descriptor->input_type())
                             ->New());
    grpc::ProtoBufferReader reader(&request_bytes_);
    if (!link_->request->ParseFromZeroCopyStream(&reader)) {
      return end(grpc::Status(grpc::INVALID_ARGUMENT, "malformed_message"));
    }
    link_->envelope = envelope_of(*context_);
    asio::co_spawn(target_.executor, answer(link_, target_.dispatcher), asio::detached);
  }
  void OnCancel() override { end(grpc::Status::CANCELLED); }
  void OnDone() override {
    {
      const std::lock_guard lock(link_->guard);
      link_->call = nullptr;
    }
    delete this;
  }

 private:
  static awaitable<void> answer(std::shared_ptr<Link> link, Dispatcher* dispatcher) {
    AnyReply reply = co_await dispatcher->dispatch(std::move(link->envelope), *link->request);
    const std::lock_guard lock(link->guard);
    if (link->call != nullptr) link->call->finish(reply);
  }

  void end(const grpc::Status& status) {
    if (!ended_.exchange(true)) Finish(status);
  }

  void finish(const AnyReply& reply) {
    if (!reply) {
      const Error& error = reply.error();
      return end(grpc::Status(static_cast<grpc::StatusCode>(grpc_code(error.kind)), error.reason,
                              error_bytes(error)));
    }
    if (ended_.exchange(true)) return;
    if (reply->replayed) context_->AddTrailingMetadata(kReplayed, "1");
    bool own_buffer = false;
    grpc::GenericSerialize<grpc::ProtoBufferWriter, Message>(*reply->message, &reply_bytes_,
                                                             &own_buffer);
    StartWriteAndFinish(&reply_bytes_, grpc::WriteOptions(), grpc::Status::OK);
  }

  grpc::GenericCallbackServerContext* context_;
  GrpcServer::Target target_;
  const std::shared_ptr<Link> link_ = std::make_shared<Link>();
  std::atomic<bool> ended_ = false;
  grpc::ByteBuffer request_bytes_;
  grpc::ByteBuffer reply_bytes_;
};

class AllMethods : public grpc::CallbackGenericService {
 public:
  explicit AllMethods(std::vector<GrpcServer::Target> targets) : targets_(std::move(targets)) {}

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    const std::size_t turn = next_.fetch_add(1, std::memory_order_relaxed);
    return new Call(context, targets_[turn % targets_.size()]);
  }

 private:
  std::vector<GrpcServer::Target> targets_;
  std::atomic<std::size_t> next_ = 0;
};

}  // namespace

struct GrpcServer::State {
  explicit State(std::vector<Target> targets) : service(std::move(targets)) {}
  AllMethods service;
  std::unique_ptr<grpc::Server> server;
  int port = 0;
};

GrpcServer::GrpcServer(const std::string& address, std::vector<Target> targets)
    : state_(std::make_unique<State>(std::move(targets))) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, server_credentials(), &state_->port);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // Now and then both sides show their certificates anew.
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, kConnectionAge.count());
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, kConnectionGrace.count());
  builder.RegisterCallbackGenericService(&state_->service);
  state_->server = builder.BuildAndStart();
  if (!state_->server || state_->port == 0) throw Broken("cannot listen on " + address);
}

GrpcServer::~GrpcServer() { stop(std::chrono::steady_clock::now()); }

void GrpcServer::stop(std::chrono::steady_clock::time_point until) {
  if (!state_->server) return;
  const auto left = until - std::chrono::steady_clock::now();
  state_->server->Shutdown(std::chrono::system_clock::now() + left);
  state_->server->Wait();
  state_->server.reset();
}

int GrpcServer::port() const { return state_->port; }

}  // namespace bordero::rpc
