#pragma once

#include <curl/curl.h>

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "platform/https/address_rule.hpp"
#include "platform/https/client.hpp"
#include "platform/https/engine.hpp"
#include "platform/https/target.hpp"

namespace bordero::https {

// How one try ended. The names of endings are labels of metrics.
enum class Ending {
  answered,
  unreachable,
  untrusted,
  too_slow,
  broke_off,
  malformed,
  too_large,
  not_allowed,
  given_up,  // The source or the sink ended it.
};
std::string_view ending_name(Ending ending);

struct Outcome {
  Ending ending = Ending::broke_off;
  Response response = {};
  std::chrono::seconds retry_after{};  // As the answer says; zero when it does not.
  bool left = false;                   // Something of the request was sent.
  std::optional<Error> own = {};       // With given_up.
  const char* detail = "";             // A constant phrase of libcurl.
};

// One try of one request. Removes itself from the engine when it is destroyed, whatever has come
// of it, so a cancelled wait leaves nothing behind.
class Transfer final : private TransferEnd {
 public:
  // `rule` is null for addresses that are ours.
  Transfer(std::shared_ptr<Engine> engine, Request& request, const Target& target,
           const Options& options, const AddressRule* rule,
           std::chrono::steady_clock::time_point deadline);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  awaitable<Outcome> run();
  // A piece of a body that cannot be made twice was taken, or one of an answer given away.
  bool consumed() const { return consumed_; }

 private:
  using Clock = std::chrono::steady_clock;

  void set_up(const Target& target, const Options& options);
  void set_method();
  void set_headers();

  static std::size_t on_read(char* to, std::size_t size, std::size_t count, void* transfer);
  static std::size_t on_write(char* from, std::size_t size, std::size_t count, void* transfer);
  static std::size_t on_header(char* from, std::size_t size, std::size_t count, void* transfer);
  static int on_seek(void* transfer, curl_off_t offset, int origin);
  static curl_socket_t on_open(void* transfer, curlsocktype purpose, curl_sockaddr* address);
  void ended(CURLcode code) override;

  bool wants_piece() const;
  awaitable<void> feed();   // Takes a piece from the source, for curl to send.
  awaitable<void> drain();  // Gives what has come to the sink.
  // Gives the answer of a source or a sink unless the transfer ends first; false then, and when
  // that answer ends it.
  template <class Answer>
  awaitable<bool> before_end(awaitable<Result<Answer>> work, std::optional<Result<Answer>>& answer);
  awaitable<void> gone();   // Until it ended or took too long.
  awaitable<void> moved();  // Until there may be something to do.
  void resume(bool& paused);
  Clock::time_point limit() const;
  bool late() const { return Clock::now() >= limit(); }
  void wake() { signal_.cancel(); }
  void touch() { last_moved_ = Clock::now(); }
  bool goes_to_sink() const;
  Outcome outcome();
  Ending ending() const;
  bool says_where_it_ends() const;

  std::shared_ptr<Engine> engine_;
  Request& request_;
  const AddressRule* rule_;
  Clock::time_point deadline_;
  Clock::time_point last_moved_ = Clock::now();
  asio::steady_timer signal_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_{curl_easy_init(), &curl_easy_cleanup};
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers_{nullptr,
                                                                       &curl_slist_free_all};
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> resolve_{nullptr,
                                                                       &curl_slist_free_all};

  std::string pieces_;  // Of the source, taken and not sent.
  std::size_t sent_of_pieces_ = 0;
  std::size_t sent_of_body_ = 0;
  std::int64_t taken_ = 0;  // From the source, in bytes.
  bool source_ended_ = false;
  bool send_paused_ = false;

  Response response_;
  std::string inbox_;  // For the sink.
  std::int64_t received_ = 0;
  std::size_t header_bytes_ = 0;
  bool receive_paused_ = false;

  std::optional<CURLcode> code_;  // Once curl is through with it.
  std::optional<Ending> own_ending_;
  std::optional<Error> own_error_;
  bool refused_address_ = false;
  bool consumed_ = false;
};

}  // namespace bordero::https
