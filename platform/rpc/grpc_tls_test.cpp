#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>

#include <functional>
#include <thread>

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include "platform/base/env.hpp"
#include "platform/rpc/grpc_fixture.hpp"
#include "platform/rpc/grpc_tls.hpp"

namespace bordero::rpc {
namespace {

using asio::ip::tcp;

bool eventually(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

// What a client of plain OpenSSL gets: the serial number of the server's certificate, or nothing.
std::string serial_seen(const Wire& wire, const tls::Files& files, int newest = TLS1_3_VERSION) {
  asio::ssl::context context(asio::ssl::context::tls_client);
  context.load_verify_file(files.authority);
  context.use_certificate_chain_file(files.certificate);
  context.use_private_key_file(files.key, asio::ssl::context::pem);
  SSL_CTX_set_max_proto_version(context.native_handle(), newest);
  asio::io_context io;
  asio::ssl::stream<tcp::socket> stream(io, context);
  const auto port = static_cast<std::uint16_t>(wire.server->port());
  stream.next_layer().connect({asio::ip::make_address("127.0.0.1"), port});
  boost::system::error_code refused;
  stream.handshake(asio::ssl::stream_base::client, refused);
  if (refused) return {};
  const std::unique_ptr<X509, decltype(&X509_free)> peer(
      SSL_get1_peer_certificate(stream.native_handle()), &X509_free);
  const auto* const serial = X509_get0_serialNumber(peer.get());
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(serial)),
          static_cast<std::size_t>(ASN1_STRING_length(serial))};
}

// A hand-made call that says in a header who it would like to be.
grpc::StatusCode call_with_header(const std::string& address, const std::string& path,
                                  const std::string& token, const Message& request) {
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride("crm");
  grpc::GenericStub stub(grpc::CreateCustomChannel(address, channel_credentials(), arguments));
  grpc::ClientContext context;
  context.AddMetadata("bordero-caller", "auth");
  context.AddMetadata("bordero-identity", token);
  bool own_buffer = false;
  grpc::ByteBuffer sent;
  grpc::GenericSerialize<grpc::ProtoBufferWriter, Message>(request, &sent, &own_buffer);
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareUnaryCall(&context, path, sent, &queue);
  call->StartCall();
  grpc::ByteBuffer got;
  grpc::Status status;
  call->Finish(&got, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return status.error_code();
}

TEST(GrpcTls, TheCallerIsTheNameInItsCertificate) {
  Wire wire;
  auto envelope = wire.envelope("GetDeal", wire.token_for(Role::agent));
  envelope.caller_service = "auth";

  ASSERT_TRUE(wire.call(envelope, get_deal()).ok());
  EXPECT_EQ(wire.deals.seen.caller.service, "gateway");

  const auto tasks = wire.channel_of(wire.authority.issue("tasks"));
  ASSERT_TRUE(wire.call(*tasks, envelope, get_deal()).ok());
  EXPECT_EQ(wire.deals.seen.caller.service, "tasks");
}

TEST(GrpcTls, AHeaderSaysNothingAboutTheCaller) {
  Wire wire;

  const auto status = call_with_header(wire.address(), "/bordero.crm.v1.DealService/GetDeal",
                                       wire.token_for(Role::agent), get_deal());

  EXPECT_EQ(status, grpc::StatusCode::OK);
  EXPECT_EQ(wire.deals.seen.caller.service, "gateway");
}

TEST(GrpcTls, ACertificateOfAnotherAuthorityIsNoBodys) {
  Wire wire;
  testing::Authority other;
  tls::Files forged = other.issue("gateway");
  forged.authority = wire.authority.path();  // It trusts us; we do not trust it.

  const auto channel = wire.channel_of(forged);
  auto envelope = wire.envelope("GetDeal", wire.token_for(Role::agent));
  envelope.time_left = std::chrono::milliseconds(1500);

  EXPECT_EQ(wire.call(*channel, envelope, get_deal()).error().kind, ErrorKind::unavailable);
}

TEST(GrpcTls, AServiceThatIsAnotherIsNotAsked) {
  Wire wire;

  const auto auth = wire.channel_of(wire.authority.issue("gateway"), "auth");
  auto envelope = wire.envelope("GetDeal", wire.token_for(Role::agent));
  envelope.time_left = std::chrono::milliseconds(1500);

  EXPECT_EQ(wire.call(*auth, envelope, get_deal()).error().kind, ErrorKind::unavailable);
  EXPECT_TRUE(wire.deals.seen.caller.service.empty());
}

TEST(GrpcTls, WithoutTlsNothingIsServedOrReached) {
  Wire wire;
  const auto plain = grpc::CreateChannel(wire.address(), grpc::InsecureChannelCredentials());
  EXPECT_FALSE(
      plain->WaitForConnected(std::chrono::system_clock::now() + std::chrono::milliseconds(500)));

  tls::use({});

  EXPECT_THROW(GrpcServer("127.0.0.1:0", {{wire.io.get_executor(), &wire.dispatcher}}),
               env::BadSetting);
  EXPECT_THROW(grpc_channel(wire.io.get_executor(), "crm", wire.address()), env::BadSetting);
}

TEST(GrpcTls, OlderVersionsAreRefused) {
  Wire wire;
  const auto files = wire.authority.issue("gateway");

  EXPECT_EQ(serial_seen(wire, files, TLS1_2_VERSION), "");
  EXPECT_NE(serial_seen(wire, files, TLS1_3_VERSION), "");
}

TEST(GrpcTls, AReplacedCertificateIsShownToTheNextConnection) {
  Wire wire;
  const auto gateway = wire.authority.issue("gateway");
  const std::string before = serial_seen(wire, gateway);

  wire.authority.issue("crm");

  EXPECT_TRUE(eventually([&] {
    const std::string now = serial_seen(wire, gateway);
    return !now.empty() && now != before;
  }));
  EXPECT_TRUE(wire.call(wire.envelope("GetDeal", wire.token_for(Role::agent)), get_deal()).ok());
}

}  // namespace
}  // namespace bordero::rpc
