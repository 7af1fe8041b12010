#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <string>

#include "platform/testing/tls_server.hpp"

// What the other side can do wrong with a request, by name.
namespace bordero::https::misbehaviours {

using testing::Peer;

inline awaitable<void> says(Peer& peer, std::string text) {
  co_await peer.read_request();
  co_await peer.write(text);
}

// Sends the beginning, and then the rest again and again for as long as somebody listens.
inline awaitable<void> never_stops(Peer& peer, std::string begin, std::string rest,
                                   std::chrono::milliseconds pause) {
  co_await says(peer, begin);
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    const bool heard = co_await peer.write(rest);
    if (!heard) co_return;
    timer.expires_after(pause);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

inline awaitable<void> never_answers(Peer& peer) { co_await peer.gone(); }

inline awaitable<void> trickles_headers(Peer& peer) {
  return never_stops(peer, "HTTP/1.1 200 OK\r\nX-Slow: ", "a", std::chrono::milliseconds(5));
}

inline awaitable<void> trickles_the_body(Peer& peer) {
  return never_stops(peer, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "a",
                     std::chrono::milliseconds(5));
}

inline awaitable<void> sends_a_body_without_end(Peer& peer) {
  return never_stops(peer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                     "400\r\n" + std::string(1024, 'x') + "\r\n", {});
}

inline awaitable<void> sends_headers_without_end(Peer& peer) {
  return never_stops(peer, "HTTP/1.1 200 OK\r\n", "X-Another: header\r\n", {});
}

inline awaitable<void> sends_one_huge_header(Peer& peer) {
  return never_stops(peer, "HTTP/1.1 200 OK\r\nX-Huge: ", std::string(1024, 'x'), {});
}

inline awaitable<void> sends_interim_answers_without_end(Peer& peer) {
  return never_stops(peer, "", "HTTP/1.1 100 Continue\r\nX-More: patience\r\n\r\n", {});
}

inline awaitable<void> closes_mid_body(Peer& peer) {
  co_await says(peer, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.");
  co_await peer.close();
}

// Only the end of the connection ends such an answer, and this end is not the sender's word.
inline awaitable<void> cuts_an_answer_without_length(Peer& peer) {
  co_await says(peer, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf of an");
  peer.half_close();
  co_await peer.gone();
}

inline awaitable<void> half_closes_before_answering(Peer& peer) {
  co_await peer.read_request();
  peer.half_close();
  co_await peer.gone();
}

inline awaitable<void> resets_the_connection(Peer& peer) {
  co_await peer.read_request();
  peer.reset();
}

inline awaitable<void> counts_no_length(Peer& peer) {
  return says(peer, "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nbody");
}

inline awaitable<void> chunks_badly(Peer& peer) {
  co_await says(peer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\nbody\r\n");
  co_await peer.gone();
}

inline awaitable<void> speaks_no_http(Peer& peer) {
  co_await says(peer, "220 mail.example ESMTP\r\n");
  co_await peer.gone();
}

// A second answer where only one was asked for: whoever comes next must not get it.
inline awaitable<void> answers_more_than_it_says(Peer& peer) {
  co_await says(peer,
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst"
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
  co_await peer.gone();
}

inline awaitable<void> redirects(Peer& peer, std::string where) {
  return says(peer, "HTTP/1.1 302 Found\r\nLocation: " + where + "\r\nContent-Length: 0\r\n\r\n");
}

}  // namespace bordero::https::misbehaviours
