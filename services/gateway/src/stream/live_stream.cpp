#include "services/gateway/src/stream/live_stream.hpp"

#include <memory>

#include "platform/json/json.hpp"

namespace bordero::gateway {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr int kStreamsOfUser = 16;
constexpr auto kKeepAlive = seconds(15);
constexpr auto kRecheck = seconds(5);
// Any event may have ended the session or changed what may be seen; that is asked soon after one.
constexpr auto kRecheckAfterEvent = milliseconds(300);
constexpr std::size_t kBatch = 64 * 1024;
constexpr const char* kReset = "event: reset\ndata: {}\n\n";

std::string role_of(const auth::v1::ResolvedSession& session) {
  return json::enum_tail(auth::v1::Role_descriptor(), session.user().role());
}

// The rights under which an event was told travel in its id: a resume under others starts anew.
std::string rights_of(const auth::v1::ResolvedSession& session) {
  return std::to_string(session.acl_version()) + "." + role_of(session);
}

}  // namespace

struct LiveStream::Listener {
  std::string secret;
  auth::v1::ResolvedSession session;
  std::uint64_t next = 0;
  bool reset = false;
  bool heard = false;  // An event came since the session was last confirmed.
  steady_clock::time_point confirmed_at = steady_clock::now();
  std::shared_ptr<void> counted;
};

LiveStream::LiveStream(const Config& config, Sessions& sessions, Feed& feed,
                       asio::any_io_executor executor)
    : config_(config),
      sessions_(sessions),
      listening_(feed.listen(
          std::move(executor), [this](Feed::Entry entry) { recent_.add(std::move(entry)); },
          [this] { recent_.note_gap(); })) {}

void LiveStream::add_to(Api& api) {
  api.handle("bordero.gateway.v1.StreamService/Stream",
             [this](Visit& visit, const Matched& matched) { return open(visit, matched); });
}

awaitable<Result<httpd::Reply>> LiveStream::open(Visit& visit, const Matched&) {
  CO_TRY_VOID(check_not_foreign(visit.request, config_.public_url));
  const std::string user_id = visit.session->user().id();
  int& open_now = per_user_[user_id];
  if (open_now >= kStreamsOfUser) {
    co_return Error{.kind = ErrorKind::too_many, .reason = "too_many_streams", .retry_after_s = 5};
  }
  Listener listener{.secret = visit.credentials.secret, .session = *visit.session};
  ++open_now;
  listener.counted = std::shared_ptr<void>(nullptr, [this, user_id](void*) {
    if (--per_user_[user_id] == 0) per_user_.erase(user_id);
  });

  listener.next = recent_.next();
  const std::string last(visit.request.header("last-event-id"));
  if (!last.empty()) {
    const std::size_t colon = last.find(':');
    const auto after = recent_.after(last.substr(0, colon));
    const bool same_rights =
        colon != std::string::npos && last.substr(colon + 1) == rights_of(*visit.session);
    listener.reset = !after || !same_rights;
    if (!listener.reset) listener.next = *after;
  }

  httpd::Reply reply;
  reply.response.headers = {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}};
  const auto held = std::make_shared<Listener>(std::move(listener));
  reply.stream = [this, held](httpd::StreamWriter& writer) {
    return run(std::move(*held), writer);
  };
  co_return reply;
}

// Asks whether the session lives, and starts anew when what it may see has changed.
awaitable<bool> LiveStream::still_welcome(Listener& listener) {
  Context context;
  context.deadline = steady_clock::now() + seconds(3);
  auto session = co_await sessions_.resolve(context, listener.secret);
  if (!session) co_return false;
  if (rights_of(*session) != rights_of(listener.session)) listener.reset = true;
  listener.session = std::move(*session);
  listener.confirmed_at = steady_clock::now();
  listener.heard = false;
  co_return true;
}

// What is to be told now, at most one batch of it.
std::string LiveStream::take_news(Listener& listener) {
  std::string news;
  if (listener.reset || !recent_.reaches(listener.next)) {
    listener.reset = false;
    listener.next = recent_.next();
    return kReset;
  }
  const std::string& user_id = listener.session.user().id();
  const std::string role = role_of(listener.session);
  const std::string rights = rights_of(listener.session);
  while (listener.next < recent_.next() && news.size() < kBatch) {
    const StreamEntry& entry = recent_.at(listener.next++);
    listener.heard = true;
    if (!entry.visible_to(user_id, role)) continue;
    news +=
        "id: " + entry.event_id + ":" + rights + "\nevent: change\ndata: " + entry.data + "\n\n";
  }
  return news;
}

awaitable<void> LiveStream::run(Listener listener, httpd::StreamWriter& writer) {
  std::string hello = "retry: 2000\n\n";
  bool open = co_await writer.write(std::move(hello));
  auto told_at = steady_clock::now();
  while (open) {
    std::string news = take_news(listener);
    const auto now = steady_clock::now();
    if (news.empty() && now - told_at >= kKeepAlive) news = ":\n\n";
    if (!news.empty()) {
      told_at = now;
      open = co_await writer.write(std::move(news));
      if (!open) break;
    }
    const auto confirm_at =
        listener.confirmed_at + (listener.heard ? milliseconds(kRecheckAfterEvent) : kRecheck);
    if (steady_clock::now() >= confirm_at) {
      open = co_await still_welcome(listener);
      continue;
    }
    if (listener.next < recent_.next()) continue;
    co_await recent_.wait(std::min(confirm_at, told_at + kKeepAlive));
  }
}

}  // namespace bordero::gateway
