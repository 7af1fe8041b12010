#include "platform/https/engine.hpp"

#include <chrono>

#include "platform/base/error.hpp"

namespace bordero::https {
namespace {

// What one thread keeps open; calls beyond it wait for their turn.
constexpr long kConnections = 64;
constexpr long kConnectionsOfHost = 16;
constexpr long kKeptConnections = 32;

}  // namespace

struct Engine::Watch {
  explicit Watch(const asio::any_io_executor& executor, curl_socket_t socket)
      : descriptor(executor, socket) {}

  asio::posix::stream_descriptor descriptor;
  bool wants_read = false;
  bool wants_write = false;
  bool reading = false;
  bool writing = false;
};

std::shared_ptr<Engine> Engine::start(asio::any_io_executor executor) {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!ready) throw Broken("libcurl does not start");
  return std::shared_ptr<Engine>(new Engine(std::move(executor)));
}

Engine::Engine(asio::any_io_executor executor)
    : executor_(std::move(executor)), timer_(executor_), multi_(curl_multi_init()) {
  if (multi_ == nullptr) throw Broken("no memory for libcurl");
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Engine::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Engine::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, kConnections);
  curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, kConnectionsOfHost);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kKeptConnections);
}

// Every transfer holds the engine, so none is left; closing kept connections still asks for
// sockets, which the watches answer.
Engine::~Engine() { curl_multi_cleanup(multi_); }

void Engine::add(CURL* easy, TransferEnd& end) {
  if (curl_multi_add_handle(multi_, easy) != CURLM_OK) throw Broken("libcurl takes no transfer");
  ends_[easy] = &end;
}

void Engine::remove(CURL* easy) {
  curl_multi_remove_handle(multi_, easy);
  ends_.erase(easy);
}

int Engine::on_socket(CURL* /*easy*/, curl_socket_t socket, int what, void* engine,
                      void* /*watch*/) {
  static_cast<Engine*>(engine)->watch(socket, what);
  return 0;
}

// Curl must not be called from within its own call, so even what is due now waits for the loop.
int Engine::on_timer(CURLM* /*multi*/, long after_ms, void* engine) {
  auto* const self = static_cast<Engine*>(engine);
  if (after_ms < 0) {
    self->timer_.cancel();
    return 0;
  }
  self->timer_.expires_after(std::chrono::milliseconds(after_ms));
  self->timer_.async_wait([weak = self->weak_from_this()](boost::system::error_code cancelled) {
    const auto engine = weak.lock();
    if (engine && !cancelled) engine->act(CURL_SOCKET_TIMEOUT, 0);
  });
  return 0;
}

// Curl opens and closes its sockets itself; the descriptor only watches.
void Engine::watch(curl_socket_t socket, int what) {
  auto& watched = watches_[socket];
  if (what == CURL_POLL_REMOVE) {
    if (watched) watched->descriptor.release();
    watches_.erase(socket);
    return;
  }
  if (!watched) watched = std::make_shared<Watch>(executor_, socket);
  watched->wants_read = (what & CURL_POLL_IN) != 0;
  watched->wants_write = (what & CURL_POLL_OUT) != 0;
  const auto kept = watched;
  if (kept->wants_read) wait(kept, asio::posix::stream_descriptor::wait_read);
  if (kept->wants_write) wait(kept, asio::posix::stream_descriptor::wait_write);
}

void Engine::wait(const std::shared_ptr<Watch>& watch,
                  asio::posix::stream_descriptor::wait_type type) {
  const bool read = type == asio::posix::stream_descriptor::wait_read;
  bool& waiting = read ? watch->reading : watch->writing;
  if (waiting) return;
  waiting = true;
  watch->descriptor.async_wait(
      type, [weak = weak_from_this(), watch, type, read](boost::system::error_code failed) {
        (read ? watch->reading : watch->writing) = false;
        const auto engine = weak.lock();
        if (!engine || failed || !watch->descriptor.is_open()) return;
        if (!(read ? watch->wants_read : watch->wants_write)) return;
        engine->act(watch->descriptor.native_handle(), read ? CURL_CSELECT_IN : CURL_CSELECT_OUT);
        const bool still = watch->descriptor.is_open();
        if (still && (read ? watch->wants_read : watch->wants_write)) engine->wait(watch, type);
      });
}

void Engine::act(curl_socket_t socket, int mask) {
  int running = 0;
  curl_multi_socket_action(multi_, socket, mask, &running);
  int left = 0;
  while (const CURLMsg* const message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const auto end = ends_.find(message->easy_handle);
    if (end != ends_.end()) end->second->ended(message->data.result);
  }
}

}  // namespace bordero::https
