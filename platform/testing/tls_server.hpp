#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "platform/base/async.hpp"
#include "platform/testing/test_ca.hpp"

namespace bordero::testing {

// One connection of a TlsServer, after its handshake. Tests write exactly the bytes they mean.
class Peer {
 public:
  using Stream = asio::ssl::stream<asio::ip::tcp::socket>;

  Peer(Stream stream, int number) : stream_(std::move(stream)), number_(number) {}

  int number() const { return number_; }  // The first connection is 1.
  // A head and its body, when that has a Content-Length or comes in chunks; empty when the client
  // has gone.
  awaitable<std::string> read_request();
  // What has come, at most 64 KiB; empty when the client has gone.
  awaitable<std::string> read_some();
  awaitable<std::string> read(std::size_t size);
  awaitable<bool> write(std::string_view bytes);  // False when the client has gone.
  awaitable<void> gone();                         // Until the client has gone.
  awaitable<void> close();                        // As TLS has it.
  void reset();                                   // RST, without a word of TLS.
  void half_close();                              // Sends no more, still listens.

 private:
  awaitable<bool> read_until(std::string_view end, std::string& text);

  Stream stream_;
  int number_;
  std::string ahead_;  // Received and not asked for.
};

// Serves one certificate on a port of its own, on a thread of its own. Each connection runs the
// script to its end and is then cut.
class TlsServer {
 public:
  using Script = std::function<awaitable<void>(Peer&)>;
  struct Settings {
    bool old_tls = false;  // 1.1 and nothing newer.
    bool http2 = false;    // Says so; the script speaks it.
  };

  TlsServer(const Certificate& certificate, Script script, Settings settings);
  TlsServer(const Certificate& certificate, Script script)
      : TlsServer(certificate, std::move(script), Settings{}) {}
  ~TlsServer();

  int port() const;
  int connections() const;    // Accepted since the start, whether TLS came about or not.
  int conversations() const;  // Those whose handshake succeeded.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bordero::testing
