#include <boost/algorithm/string/predicate.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "platform/https/transfer.hpp"

// The coroutine of a transfer: what happens between the calls of curl, and what came of it.
namespace bordero::https {
namespace {

constexpr std::size_t kTakeAhead = 128 * 1024;

}  // namespace

awaitable<Outcome> Transfer::run() {
  engine_->add(easy_.get(), *this);
  while (!own_ending_) {
    if (code_ && *code_ != CURLE_OK) break;
    if (wants_piece()) {
      co_await feed();
    } else if (!inbox_.empty()) {
      co_await drain();
    } else if (code_) {
      break;
    } else if (late()) {
      own_ending_ = Ending::too_slow;
    } else {
      co_await moved();
    }
  }
  co_return outcome();
}

bool Transfer::wants_piece() const {
  // Nothing is taken before curl asks: until then the call can be made again.
  const bool asked = send_paused_ || consumed_;
  return request_.source && asked && !source_ended_ && !code_ &&
         pieces_.size() - sent_of_pieces_ < kTakeAhead;
}

// Whoever waits for one of two waits on when the other throws, so nothing may be thrown there.
template <class Answer>
awaitable<bool> Transfer::before_end(awaitable<Result<Answer>> work,
                                     std::optional<Result<Answer>>& answer) {
  using asio::experimental::awaitable_operators::operator||;
  std::exception_ptr thrown;
  const auto caught = [&]() -> awaitable<void> {
    try {
      answer.emplace(co_await std::move(work));
    } catch (...) {
      thrown = std::current_exception();
    }
  };
  const auto first = co_await (caught() || gone());
  if (first.index() == 1) co_return false;
  if (thrown) std::rethrow_exception(thrown);
  if (!*answer) {
    own_error_ = std::move(*answer).error();
    own_ending_ = Ending::given_up;
  }
  co_return !own_ending_;
}

awaitable<void> Transfer::feed() {
  consumed_ = true;
  std::optional<Result<std::string>> piece;
  const bool taken = co_await before_end(request_.source(), piece);
  if (!taken) co_return;
  const std::string& bytes = piece->value();
  pieces_.erase(0, std::exchange(sent_of_pieces_, 0));
  pieces_ += bytes;
  source_ended_ = bytes.empty();
  taken_ += static_cast<std::int64_t>(bytes.size());
  const auto size = request_.source_size.value_or(taken_);
  if (source_ended_ ? taken_ != size : taken_ > size) {
    own_error_ = Error{ErrorKind::internal, "body_is_not_of_the_size_announced"};
    own_ending_ = Ending::given_up;
  }
  resume(send_paused_);
}

awaitable<void> Transfer::drain() {
  consumed_ = true;
  std::string piece = std::exchange(inbox_, {});
  // The next piece comes while the sink works on this one: two are the most that is held.
  resume(receive_paused_);
  std::optional<Result<void>> took;
  co_await before_end(request_.sink(std::move(piece)), took);
}

// With an answer complete, what is left of it may still be taken until the deadline.
awaitable<void> Transfer::gone() {
  while (!late() && !(code_ && *code_ != CURLE_OK)) co_await moved();
  if (late()) own_ending_ = Ending::too_slow;
}

awaitable<void> Transfer::moved() {
  boost::system::error_code woken;
  signal_.expires_at(limit());
  co_await signal_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

void Transfer::resume(bool& paused) {
  if (!std::exchange(paused, false) || code_) return;
  const int still = (send_paused_ ? CURLPAUSE_SEND : 0) | (receive_paused_ ? CURLPAUSE_RECV : 0);
  touch();
  if (const auto code = curl_easy_pause(easy_.get(), still); code != CURLE_OK && !code_) {
    code_ = code;
  }
}

// Silence is the other side's: none is counted while it waits for us.
Transfer::Clock::time_point Transfer::limit() const {
  const bool ours = send_paused_ || receive_paused_ || code_;
  return ours ? deadline_ : std::min(deadline_, last_moved_ + request_.silence);
}

Outcome Transfer::outcome() {
  CURL* const easy = easy_.get();
  Outcome outcome;
  outcome.ending = ending();
  outcome.own = std::move(own_error_);
  long request_size = 0;
  curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request_size);
  outcome.left = request_size > 0;
  if (code_) outcome.detail = curl_easy_strerror(*code_);
  if (outcome.ending != Ending::answered) return outcome;
  curl_off_t seconds = 0;
  curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &seconds);
  outcome.retry_after = std::chrono::seconds(seconds);
  outcome.response = std::move(response_);
  return outcome;
}

// Without a length an answer of HTTP/1 ends with its connection, and libcurl takes one that was cut
// for one that was closed: half an answer would pass for a whole one.
bool Transfer::says_where_it_ends() const {
  long version = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_VERSION, &version);
  const int status = response_.status;
  if (version >= CURL_HTTP_VERSION_2_0 || request_.method == "HEAD") return true;
  if (status == 204 || status == 304) return true;
  return !response_.header("content-length").empty() ||
         boost::algorithm::iends_with(response_.header("transfer-encoding"), "chunked");
}

Ending Transfer::ending() const {
  if (own_ending_) return *own_ending_;
  switch (code_.value_or(CURLE_OPERATION_TIMEDOUT)) {
    case CURLE_OK:
      return says_where_it_ends() ? Ending::answered : Ending::malformed;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
      return refused_address_ ? Ending::not_allowed : Ending::unreachable;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return Ending::untrusted;
    case CURLE_OPERATION_TIMEDOUT:
      return Ending::too_slow;
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_OUT_OF_MEMORY:  // So curl calls a header that is longer than it takes.
      return Ending::too_large;
    case CURLE_UNSUPPORTED_PROTOCOL:  // So curl calls an answer that has no status line.
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:  // It could not be decoded: refusing it ourselves was seen above.
      return Ending::malformed;
    default:
      return Ending::broke_off;
  }
}

std::string_view ending_name(Ending ending) {
  switch (ending) {
    case Ending::answered:
      return "answered";
    case Ending::unreachable:
      return "unreachable";
    case Ending::untrusted:
      return "untrusted";
    case Ending::too_slow:
      return "too_slow";
    case Ending::broke_off:
      return "broke_off";
    case Ending::malformed:
      return "malformed";
    case Ending::too_large:
      return "too_large";
    case Ending::not_allowed:
      return "not_allowed";
    case Ending::given_up:
      return "given_up";
  }
  return "broke_off";
}

}  // namespace bordero::https
