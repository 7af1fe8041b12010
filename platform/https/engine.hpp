#pragma once

#include <curl/curl.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>

namespace bordero::https {

namespace asio = boost::asio;

// Whoever waits for a transfer of curl.
class TransferEnd {
 public:
  virtual void ended(CURLcode code) = 0;

 protected:
  ~TransferEnd() = default;
};

// The multi handle of libcurl, driven by the loop of one thread: curl says which sockets and what
// time it waits for, Asio waits. Connections, names and TLS authorities are kept in it.
class Engine : public std::enable_shared_from_this<Engine> {
 public:
  static std::shared_ptr<Engine> start(asio::any_io_executor executor);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // `end` hears of the end, unless the transfer was removed before.
  void add(CURL* easy, TransferEnd& end);
  void remove(CURL* easy);
  const asio::any_io_executor& executor() const { return executor_; }

 private:
  struct Watch;
  explicit Engine(asio::any_io_executor executor);

  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* engine, void* watch);
  static int on_timer(CURLM* multi, long after_ms, void* engine);
  void watch(curl_socket_t socket, int what);
  void wait(const std::shared_ptr<Watch>& watch, asio::posix::stream_descriptor::wait_type type);
  void act(curl_socket_t socket, int mask);

  asio::any_io_executor executor_;
  asio::steady_timer timer_;
  CURLM* multi_;
  std::map<curl_socket_t, std::shared_ptr<Watch>> watches_;
  std::map<CURL*, TransferEnd*> ends_;
};

}  // namespace bordero::https
