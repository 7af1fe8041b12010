#include "platform/testing/tls_server.hpp"

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>
#include <thread>
#include <vector>

namespace bordero::testing {
namespace {

using asio::ip::tcp;

constexpr auto kDone = asio::as_tuple(asio::use_awaitable);

// What follows the name, which stands there in small letters; empty when it does not.
std::string_view after(std::string_view head, std::string_view name) {
  const auto found = std::ranges::search(
      head, name, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a | 0x20 : a) == b; });
  return {found.end(), head.end()};
}

std::size_t length_in(std::string_view head) {
  const std::string text(after(head, "content-length:"));
  return text.empty() ? 0 : std::strtoull(text.c_str(), nullptr, 10);
}

int choose_http2(SSL* /*ssl*/, const unsigned char** chosen, unsigned char* size,
                 const unsigned char* /*offered*/, unsigned /*offered_size*/, void* /*unused*/) {
  static const std::array<unsigned char, 2> kHttp2 = {'h', '2'};
  *chosen = kHttp2.data();
  *size = kHttp2.size();
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

awaitable<std::string> Peer::read_some() {
  if (!ahead_.empty()) co_return std::exchange(ahead_, {});
  std::string bytes(64 * 1024, '\0');
  const auto [failed, size] = co_await stream_.async_read_some(asio::buffer(bytes), kDone);
  bytes.resize(failed ? 0 : size);
  co_return bytes;
}

awaitable<std::string> Peer::read(std::size_t size) {
  std::string text;
  while (text.size() < size) {
    const std::string more = co_await read_some();
    if (more.empty()) co_return std::string();
    text += more;
  }
  ahead_ = text.substr(size);
  text.resize(size);
  co_return text;
}

awaitable<bool> Peer::read_until(std::string_view end, std::string& text) {
  while (text.find(end) == std::string::npos) {
    const std::string more = co_await read_some();
    if (more.empty()) co_return false;
    text += more;
  }
  const auto size = text.find(end) + end.size();
  ahead_ = text.substr(size);
  text.resize(size);
  co_return true;
}

awaitable<std::string> Peer::read_request() {
  std::string head;
  const bool whole = co_await read_until("\r\n\r\n", head);
  if (!whole) co_return std::string();
  std::string body;
  if (!after(head, "transfer-encoding: chunked").empty()) {
    const bool ended = co_await read_until("0\r\n\r\n", body);
    if (!ended) co_return std::string();
  } else {
    body = co_await read(length_in(head));
  }
  co_return head + body;
}

awaitable<bool> Peer::write(std::string_view bytes) {
  const auto [failed, size] = co_await asio::async_write(stream_, asio::buffer(bytes), kDone);
  co_return !failed;
}

awaitable<void> Peer::gone() {
  for (;;) {
    const std::string more = co_await read_some();
    if (more.empty()) co_return;
  }
}

awaitable<void> Peer::close() { co_await stream_.async_shutdown(kDone); }

void Peer::reset() {
  auto& socket = stream_.next_layer();
  boost::system::error_code ignored;
  socket.set_option(asio::socket_base::linger(true, 0), ignored);
  socket.close(ignored);
}

void Peer::half_close() {
  boost::system::error_code ignored;
  stream_.next_layer().shutdown(tcp::socket::shutdown_send, ignored);
}

struct TlsServer::State {
  // What conversations use is older than the context that holds them, so it goes after them.
  asio::ssl::context tls{asio::ssl::context::tls_server};
  Script script;
  asio::io_context context{1};
  tcp::acceptor acceptor{context, {asio::ip::make_address("127.0.0.1"), 0}};
  int port = acceptor.local_endpoint().port();
  std::atomic<int> connections = 0;
  std::atomic<int> conversations = 0;
  std::thread thread;

  awaitable<void> converse(tcp::socket socket) {
    Peer::Stream stream(std::move(socket), tls);
    const auto [failed] = co_await stream.async_handshake(asio::ssl::stream_base::server, kDone);
    if (failed) co_return;
    Peer peer(std::move(stream), ++conversations);
    co_await script(peer);
  }

  awaitable<void> accept() {
    for (;;) {
      auto [failed, socket] = co_await acceptor.async_accept(kDone);
      if (failed) co_return;
      ++connections;
      asio::co_spawn(context, converse(std::move(socket)), asio::detached);
    }
  }
};

TlsServer::TlsServer(const Certificate& certificate, Script script, Settings settings)
    : state_(std::make_unique<State>()) {
  state_->script = std::move(script);
  auto& tls = state_->tls;
  tls.use_certificate_chain(asio::buffer(certificate.certificate_pem));
  tls.use_private_key(asio::buffer(certificate.key_pem), asio::ssl::context::pem);
  SSL_CTX* const ctx = tls.native_handle();
  if (settings.old_tls) {
    SSL_CTX_set_min_proto_version(ctx, TLS1_1_VERSION);
    SSL_CTX_set_max_proto_version(ctx, TLS1_1_VERSION);
    SSL_CTX_set_cipher_list(ctx, "ALL:@SECLEVEL=0");
  }
  if (settings.http2) SSL_CTX_set_alpn_select_cb(ctx, &choose_http2, nullptr);
  asio::co_spawn(state_->context, state_->accept(), asio::detached);
  state_->thread = std::thread([state = state_.get()] { state->context.run(); });
}

TlsServer::~TlsServer() {
  state_->context.stop();
  state_->thread.join();
}

int TlsServer::port() const { return state_->port; }
int TlsServer::connections() const { return state_->connections; }
int TlsServer::conversations() const { return state_->conversations; }

}  // namespace bordero::testing
