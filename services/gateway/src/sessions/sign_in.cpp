#include "services/gateway/src/sessions/sign_in.hpp"

#include "platform/json/json.hpp"
#include "services/gateway/src/api/reply_writer.hpp"
#include "services/gateway/src/api/request_reader.hpp"

namespace bordero::gateway {
namespace {

constexpr std::size_t kMaxAgent = 400;

// As much of the agent's name as a text field can hold.
std::string agent_of(const httpd::Request& request) {
  const std::string agent(request.header("user-agent").substr(0, kMaxAgent));
  return json::valid_utf8(agent) ? agent : std::string();
}

}  // namespace

void SignIn::add_to(Api& api) {
  api.handle("bordero.auth.v1.SessionService/Login",
             [this](Visit& visit, const Matched& matched) { return login(visit, matched); });
  api.handle("bordero.auth.v1.SessionService/Logout",
             [this](Visit& visit, const Matched& matched) { return logout(visit, matched); });
}

awaitable<Result<httpd::Reply>> SignIn::login(Visit& visit, const Matched& matched) {
  CO_TRY(const auto message, read_message(matched, visit.request));
  auto& request = static_cast<auth::v1::LoginRequest&>(*message);
  request.mutable_client()->set_address(visit.request.address);
  request.mutable_client()->set_user_agent(agent_of(visit.request));
  const std::string device = cookie_of(visit.request, kDeviceCookie);
  if (device.size() <= 200 && json::valid_utf8(device)) {
    request.mutable_client()->set_device(device);
  }
  CO_TRY(auto answer, co_await api_.call(visit, matched.route->method(), request));

  auto& reply = static_cast<auth::v1::LoginReply&>(*answer.message);
  std::vector<std::string> cookies;
  if (!request.issue_token()) {
    cookies.push_back(session_cookie(reply.session_token()));
    cookies.push_back(device_cookie(reply.device()));
    reply.clear_session_token();
    co_await end_earlier(visit);
  }
  reply.clear_device();
  httpd::Reply written;
  written.response = write_reply(api_.router(), *matched.route, visit.request, answer);
  for (std::string& cookie : cookies) {
    written.response.headers.emplace_back("Set-Cookie", std::move(cookie));
  }
  co_return written;
}

// A browser holds one session: the one it had before ends when it signs in anew.
awaitable<void> SignIn::end_earlier(const Visit& visit) {
  if (visit.credentials.kind != Credentials::Kind::cookie) co_return;
  auto earlier = co_await sessions_.resolve(visit.context, visit.credentials.secret);
  if (!earlier) co_return;
  Visit as_earlier{.request = {}, .context = visit.context};
  as_earlier.context.identity_token = earlier->identity_token();
  const auth::v1::LogoutRequest request;
  const rpc::Method* method = rpc::find_method("bordero.auth.v1.SessionService/Logout");
  const auto ended = co_await api_.call(as_earlier, *method, request);
  if (ended) sessions_.forget(visit.credentials.secret);
}

awaitable<Result<httpd::Reply>> SignIn::logout(Visit& visit, const Matched& matched) {
  CO_TRY(const auto message, read_message(matched, visit.request));
  auto& request = static_cast<auth::v1::LogoutRequest&>(*message);
  request.set_session_id(visit.session->session_id());
  CO_TRY(const auto answer, co_await api_.call(visit, matched.route->method(), request));
  sessions_.forget(visit.credentials.secret);
  httpd::Reply reply;
  reply.response = write_reply(api_.router(), *matched.route, visit.request, answer);
  if (visit.credentials.kind == Credentials::Kind::cookie) {
    reply.response.headers.emplace_back("Set-Cookie", ended_session_cookie());
  }
  co_return reply;
}

}  // namespace bordero::gateway
