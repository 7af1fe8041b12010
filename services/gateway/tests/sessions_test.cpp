#include "services/gateway/tests/gateway_fixture.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "platform/redis/client.hpp"
#include "services/gateway/src/sessions/sessions.hpp"

namespace bordero::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kSession = "/api/v1/auth/session";
constexpr const char* kLogin = "/api/v1/auth/login";
constexpr const char* kSameOrigin = "Sec-Fetch-Site: same-origin\r\n";

class SessionsTest : public GatewayTest {
 protected:
  SessionsTest() {
    auth_->answers["Login"] = [](const rpc::Message&) {
      auth::v1::LoginReply reply;
      reply.mutable_user()->set_id(kUser);
      reply.set_session_token("fresh-secret");
      reply.set_csrf_token("csrf");
      reply.set_device("device-value");
      return answer_of(reply);
    };
  }

  static awaitable<void> say(redis::Client& client, std::vector<std::string> words, bool& said) {
    const auto replied = co_await client.command(std::move(words));
    said = replied.ok();
  }
  // What another process would say to the same Redis.
  void tell_redis(const std::vector<std::string>& words) {
    asio::io_context io;
    redis::Client client(io.get_executor(), redis_url_);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    bool said = false;
    while (!said && std::chrono::steady_clock::now() < until) {
      asio::co_spawn(io, say(client, words, said), asio::detached);
      io.restart();
      io.run_for(std::chrono::milliseconds(20));
    }
    ASSERT_TRUE(said);
  }
  int asked() { return auth_->count("ResolveSession"); }
  // Until Redis is connected every request asks Auth; after it, only the first of a session.
  void until_redis_is_asked() {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    for (int before = -1; before != asked();) {
      ASSERT_LT(std::chrono::steady_clock::now(), until) << "Auth is asked each time";
      before = asked();
      ASSERT_EQ(send("GET", kSession, bearer()).status, 200);
    }
  }
};

TEST_F(SessionsTest, AuthIsAskedOnceAndRedisEachTime) {
  until_redis_is_asked();
  const int before = asked();

  for (int i = 0; i < 5; ++i) EXPECT_EQ(send("GET", kSession, bearer()).status, 200);

  EXPECT_EQ(asked(), before);
}

TEST_F(SessionsTest, ANewerEpochOrAclAsksAuthAgain) {
  until_redis_is_asked();
  const int before = asked();

  tell_redis({"SET", std::string("acl:") + kUser, "1"});
  send("GET", kSession, bearer());
  EXPECT_EQ(asked(), before + 1);

  tell_redis({"DEL", std::string("acl:") + kUser});
  tell_redis({"SET", std::string("epoch:") + kUser, "4"});
  send("GET", kSession, bearer());
  EXPECT_EQ(asked(), before + 2);
}

TEST_F(SessionsTest, AWipedRedisSignsNobodyOut) {
  send("GET", kSession, bearer());
  tell_redis({"FLUSHDB"});

  EXPECT_EQ(send("GET", kSession, bearer()).status, 200);
}

TEST_F(SessionsTest, AnEndedSessionIsOver) {
  until_redis_is_asked();
  // SHA-256 of "secret".
  tell_redis(
      {"SET", "session:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b", "ended"});

  EXPECT_EQ(send("GET", kSession, bearer()).status, 401);
  // Auth's word that was on its way does not bring it back.
  const auto again = send("GET", kSession, bearer());
  EXPECT_EQ(again.status, 401);
  EXPECT_THAT(again.body, HasSubstr("\"code\":\"session_expired\""));
}

TEST_F(SessionsTest, WhoAuthDoesNotKnowIsNotSignedIn) {
  auth_->answers["ResolveSession"] = [](const rpc::Message&) -> rpc::AnyReply {
    return unauthenticated("session_expired");
  };

  EXPECT_THAT(send("GET", kSession, cookie()).body, HasSubstr("\"code\":\"session_expired\""));
}

TEST_F(SessionsTest, OneCredentialAtATime) {
  for (const std::string& both : {cookie() + bearer(), cookie() + cookie(), bearer() + bearer()}) {
    const auto answer = send("GET", kSession, both);
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("two_credentials"));
  }
}

TEST_F(SessionsTest, ACookieChangesNothingFromElsewhere) {
  const auto status = [&](const std::string& headers) {
    return send("POST", "/api/v1/auth/logout", cookie() + headers).status;
  };
  const std::string token = "X-CSRF-Token: csrf\r\n";

  EXPECT_EQ(status(""), 403);
  EXPECT_EQ(status(token), 403);
  EXPECT_EQ(status(kSameOrigin), 403);
  EXPECT_EQ(status(token + "Sec-Fetch-Site: cross-site\r\n"), 403);
  EXPECT_EQ(status(token + "Sec-Fetch-Site: none\r\n"), 403);
  EXPECT_EQ(status(token + "Sec-Fetch-Site: cross-site\r\nOrigin: http://crm.example\r\n"), 403);
  EXPECT_EQ(status(token + "Origin: http://evil.example\r\n"), 403);
  EXPECT_EQ(status("X-CSRF-Token: csrg\r\n" + std::string(kSameOrigin)), 403);
  EXPECT_EQ(auth_->count("Logout"), 0);

  EXPECT_EQ(status(token + kSameOrigin), 204);
  EXPECT_EQ(status(token + "Origin: http://crm.example\r\n"), 204);
  EXPECT_EQ(send("POST", "/api/v1/auth/logout", bearer()).status, 204);
}

TEST_F(SessionsTest, SigningInSetsTheCookieAndShowsNoSecret) {
  const auto answer = send("POST", kLogin, std::string(kSameOrigin) + "User-Agent: UA\r\n",
                           R"({"email":"a@b.c","password":"p"})");

  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.head,
              HasSubstr("Set-Cookie: __Host-bordero=fresh-secret; Path=/; Secure; HttpOnly; "
                        "SameSite=Lax\r\n"));
  EXPECT_THAT(answer.head, HasSubstr("Set-Cookie: __Host-bordero-device=device-value; Path=/; "));
  EXPECT_THAT(answer.body, Not(HasSubstr("fresh-secret")));
  EXPECT_THAT(answer.body, Not(HasSubstr("device-value")));
  EXPECT_THAT(answer.body, HasSubstr("\"csrf_token\":\"csrf\""));
  const auto& request = static_cast<auth::v1::LoginRequest&>(*auth_->calls.at(0).request);
  EXPECT_EQ(request.client().address(), "127.0.0.1");
  EXPECT_EQ(request.client().user_agent(), "UA");
}

TEST_F(SessionsTest, SigningInBehindAProxyTellsTheClientsAddress) {
  config_->proxies.networks = "127.0.0.1";

  send("POST", kLogin, "X-Forwarded-For: 1.1.1.1, [2001:db8::7]:4711\r\n",
       R"({"email":"a@b.c","password":"p","issue_token":true})");

  const auto& request = static_cast<auth::v1::LoginRequest&>(*auth_->calls.at(0).request);
  EXPECT_EQ(request.client().address(), "2001:db8::7");
}

TEST_F(SessionsTest, AProgramGetsTheToken) {
  const auto answer =
      send("POST", kLogin, "", R"({"email":"a@b.c","password":"p","issue_token":true})");

  EXPECT_THAT(answer.body, HasSubstr("\"session_token\":\"fresh-secret\""));
  EXPECT_THAT(answer.head, Not(HasSubstr("Set-Cookie")));
}

TEST_F(SessionsTest, SigningInFromAnotherSiteOrAsAnotherClientIsRefused) {
  const std::string body = R"({"email":"a@b.c","password":"p"})";
  EXPECT_EQ(send("POST", kLogin, "Sec-Fetch-Site: cross-site\r\n", body).status, 403);
  EXPECT_EQ(send("POST", kLogin, "Origin: http://evil.example\r\n", body).status, 403);

  const auto answer =
      send("POST", kLogin, "", R"({"email":"a","password":"p","client":{"address":"1.1.1.1"}})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr(R"({"field":"client","code":"not_settable"})"));
}

TEST_F(SessionsTest, TheEarlierSessionOfABrowserEndsWhenItSignsInAnew) {
  send("POST", kLogin, cookie() + kSameOrigin, R"({"email":"a@b.c","password":"p"})");

  EXPECT_EQ(auth_->count("Logout"), 1);
}

TEST_F(SessionsTest, TheStreamIsForOurOwnPages) {
  EXPECT_EQ(send("GET", "/api/v1/stream", cookie() + "Sec-Fetch-Site: cross-site\r\n").status, 403);
  EXPECT_EQ(send("GET", "/api/v1/stream", cookie() + "Origin: http://evil.example\r\n").status,
            403);
}

TEST_F(SessionsTest, AStreamEndsWithItsSession) {
  httpd::RawClient client(port());
  client.send("GET /api/v1/stream HTTP/1.1\r\nHost: x\r\n" + bearer() + "\r\n");
  EXPECT_THAT(client.read_to("retry: 2000"), HasSubstr("text/event-stream"));
  run([this] {
    auth_->answers["ResolveSession"] = [](const rpc::Message&) -> rpc::AnyReply {
      return unauthenticated("session_expired");
    };
  });
  tell_redis({"FLUSHDB"});

  client.read_all();  // Returns when the server has closed.
}

TEST(HeldSessions, WhatDecidesNothingAnyMoreIsLetGo) {
  asio::io_context io;
  redis::Client client(io.get_executor(), testing::fresh_redis_url());
  rpc::Peers peers;
  auto auth = std::make_unique<FakeService>();
  auth->answers["ResolveSession"] = [](const rpc::Message&) {
    return answer_of(auth::v1::ResolvedSession());
  };
  peers.set("auth", std::move(auth));
  Sessions sessions(client, peers, io.get_executor(), std::chrono::milliseconds(50));
  std::size_t most = 0;
  const auto visit = [&]() -> awaitable<void> {
    const Context context = system_context("test", std::chrono::seconds(10));
    for (int i = 0; i < 20; ++i) {
      const auto session = co_await sessions.resolve(context, "secret-" + std::to_string(i));
      EXPECT_TRUE(session.ok());
      most = std::max(most, sessions.size());
    }
  };
  asio::co_spawn(io, visit, asio::detached);

  while (most == 0 || sessions.size() > 0) io.run_one_for(std::chrono::milliseconds(10));
}

}  // namespace
}  // namespace bordero::gateway
