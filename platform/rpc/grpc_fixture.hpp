#pragma once

#include <memory>
#include <string>

#include "platform/rpc/grpc_channel.hpp"
#include "platform/rpc/grpc_server.hpp"
#include "platform/rpc/rpc_fixture.hpp"
#include "platform/testing/authority.hpp"

namespace bordero::rpc {

// The dispatcher of CRM behind a real gRPC server, asked by the gateway through a real channel.
class Wire : public Bench {
 public:
  AnyReply call(Envelope envelope, const Message& request) {
    return call(*channel, std::move(envelope), request);
  }
  AnyReply call(Channel& through, Envelope envelope, const Message& request) {
    return run(through.call(std::move(envelope), request, crm::v1::Deal::default_instance()));
  }
  std::string address() const { return "127.0.0.1:" + std::to_string(server->port()); }

  // The credentials of one process; what is made after it has them.
  void become(const tls::Files& files) const { tls::use(files); }
  std::unique_ptr<GrpcServer> serve_as(const std::string& name) {
    become(authority.issue(name));
    return std::make_unique<GrpcServer>(
        "127.0.0.1:0", std::vector<GrpcServer::Target>{{io.get_executor(), &dispatcher}});
  }
  std::unique_ptr<Channel> channel_of(const tls::Files& files, const std::string& service = "crm") {
    become(files);
    return grpc_channel(io.get_executor(), service, address());
  }
  ~Wire() { tls::use({}); }

  testing::Authority authority;
  std::unique_ptr<GrpcServer> server = serve_as("crm");
  std::unique_ptr<Channel> channel = channel_of(authority.issue("gateway"));
};

}  // namespace bordero::rpc
