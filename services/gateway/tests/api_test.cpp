#include "platform/rpc/contract.hpp"
#include "services/gateway/tests/gateway_fixture.hpp"

namespace bordero::gateway {
namespace {

using ::testing::HasSubstr;

class ApiTest : public GatewayTest {
 protected:
  ApiTest() {
    crm_->answers["GetDeal"] = crm_->answers["UpdateDeal"] =
        crm_->answers["CreateDeal"] = [](const rpc::Message&) {
          crm::v1::Deal deal;
          deal.set_id("018f0000-0000-7000-8000-000000000001");
          deal.set_version(4);
          return answer_of(deal);
        };
  }
  void crm_fails(const char* method, Error error) {
    crm_->answers[method] = [error](const rpc::Message&) -> rpc::AnyReply { return error; };
  }
};

TEST_F(ApiTest, OnlyRoutesOfTheContractAreReachable) {
  for (const char* path : {"/api", "/api/v1", "/api/v1/nope", "/api/v1/deals/", "/api/v2/deals"}) {
    EXPECT_EQ(send("GET", path, bearer()).status, 404) << path;
  }
  const auto put = send("PUT", "/api/v1/deals", bearer());
  EXPECT_EQ(put.status, 405);
  EXPECT_THAT(put.head, HasSubstr("Allow: GET, POST\r\n"));
  EXPECT_EQ(send("POST", "/", bearer()).status, 405);
}

TEST_F(ApiTest, NoRouteAnswersWithoutASession) {
  config_->address_rate = 10'000;
  for (const auto& method : rpc::methods()) {
    if (!method.has_route || method.permission == "public") continue;
    std::string path = method.path;
    for (std::size_t open; (open = path.find('{')) != std::string::npos;) {
      path.replace(open, path.find('}') - open + 1, "018f0000-0000-7000-8000-000000000001");
    }
    const auto answer = send(std::string(rpc::verb_name(method.verb)), path);

    EXPECT_EQ(answer.status, 401) << method.name;
    EXPECT_THAT(answer.body, HasSubstr("\"code\":\"not_signed_in\"")) << method.name;
  }
}

TEST_F(ApiTest, ARequestIsPassedOnWithItsCaller) {
  const auto answer = send("GET", kDeal, bearer());

  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.head, HasSubstr("ETag: \"4\"\r\n"));
  EXPECT_THAT(answer.head, HasSubstr("Cache-Control: no-store\r\n"));
  EXPECT_THAT(answer.head, HasSubstr("Content-Security-Policy: default-src 'none'"));
  ASSERT_EQ(crm_->calls.size(), 1u);
  EXPECT_EQ(crm_->calls[0].envelope.identity_token, "identity");
  EXPECT_EQ(crm_->calls[0].envelope.caller_service, "gateway");
  EXPECT_NE(crm_->calls[0].envelope.traceparent, "");
}

TEST_F(ApiTest, CreatingSaysWhere) {
  const auto answer = send("POST", "/api/v1/deals", bearer() + "Idempotency-Key: k 1\r\n",
                           R"({"client_id":"018f0000-0000-7000-8000-000000000002","title":"t"})");

  EXPECT_EQ(answer.status, 201);
  EXPECT_THAT(answer.head, HasSubstr(std::string("Location: ") + kDeal + "\r\n"));
  EXPECT_EQ(crm_->calls.at(0).envelope.idempotency_key, "k 1");
}

TEST_F(ApiTest, AKeptAnswerSaysSo) {
  crm_->answers["CreateDeal"] = [](const rpc::Message&) {
    auto answer = answer_of(crm::v1::Deal());
    answer->replayed = true;
    return answer;
  };

  EXPECT_THAT(send("POST", "/api/v1/deals", bearer(), "{}").head,
              HasSubstr("Idempotency-Replayed: true\r\n"));
}

TEST_F(ApiTest, AnUpdateNeedsItsVersionAndCarriesItsMask) {
  const std::string body = R"({"title":null,"description":"d"})";
  EXPECT_EQ(send("PATCH", kDeal, bearer(), body).status, 428);
  for (const char* tag : {"4", "\"x\"", "W/\"4\"", "*", "\"-1\"", "\"4\", \"5\"", "\"\""}) {
    const std::string header = std::string("If-Match: ") + tag + "\r\n";
    EXPECT_EQ(send("PATCH", kDeal, bearer() + header, body).status, 400) << tag;
  }
  EXPECT_TRUE(crm_->calls.empty());

  EXPECT_EQ(send("PATCH", kDeal, bearer() + "If-Match: \"4\"\r\n", body).status, 200);

  const auto& request = static_cast<crm::v1::UpdateDealRequest&>(*crm_->calls.at(0).request);
  EXPECT_EQ(request.version(), 4);
  EXPECT_THAT(request.update_mask().paths(), ::testing::ElementsAre("title", "description"));
}

TEST_F(ApiTest, EveryWrongFieldIsNamed) {
  const auto answer = send("PATCH", std::string(kDeal) + "?x=1", bearer() + "If-Match: \"4\"\r\n",
                           R"({"title":1,"nope":2,"deal_id":"a","version":4,"update_mask":{}})");

  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.head, HasSubstr("Content-Type: application/problem+json\r\n"));
  for (const char* fault :
       {R"({"field":"title","code":"wrong_type"})", R"({"field":"nope","code":"unknown_field"})",
        R"({"field":"deal_id","code":"not_settable"})", R"({"field":"x","code":"unknown_field"})",
        R"({"field":"version","code":"not_settable"})",
        R"({"field":"update_mask","code":"not_settable"})"}) {
    EXPECT_THAT(answer.body, HasSubstr(fault));
  }
}

TEST_F(ApiTest, RequestsOfAnotherFormAreRefused) {
  const std::string deals = "/api/v1/deals";
  const auto code = [&](const HttpAnswer& answer) { return answer.status; };

  EXPECT_EQ(code(send("POST", deals, bearer(), "[]")), 415);
  EXPECT_EQ(code(send("POST", deals, bearer() + "Content-Type: text/plain\r\n", "x")), 415);
  EXPECT_EQ(code(send("POST", deals, bearer() + "Content-Type: application/json\r\n", "[]")), 400);
  EXPECT_EQ(code(send("POST", deals, bearer() + "Content-Encoding: gzip\r\n", "{}")), 415);
  EXPECT_EQ(code(send("GET", deals, bearer(), "{}")), 400);
  EXPECT_EQ(code(send("GET", deals + "?page_size=a", bearer())), 400);
  EXPECT_EQ(code(send("GET", deals + "?q=a&q=b", bearer())), 400);
  for (const std::string& key : {std::string(), std::string(65, 'k'), std::string("\xD0\xBA")}) {
    const std::string header = "Idempotency-Key: " + key + "\r\n";
    EXPECT_EQ(code(send("POST", deals, bearer() + header, "{}")), 400) << key;
  }
  EXPECT_TRUE(crm_->calls.empty());
}

TEST_F(ApiTest, RefusalsSayWhatWouldHaveBeenAllowed) {
  crm_fails("GetDeal", refused("deal_has_no_policy", {"closed"}));
  const auto conflict = send("GET", kDeal, bearer());
  EXPECT_EQ(conflict.status, 409);
  EXPECT_THAT(conflict.body, HasSubstr(R"("type":"/problems/deal_has_no_policy")"));
  EXPECT_THAT(conflict.body, HasSubstr(R"("code":"deal_has_no_policy","allowed":["closed"])"));
  EXPECT_THAT(conflict.body, HasSubstr(R"("trace_id":")"));

  crm_fails("GetDeal", stale("deal_changed", 7));
  EXPECT_THAT(send("GET", kDeal, bearer()).body, HasSubstr(R"("current_version":7)"));

  crm_fails("GetDeal", unavailable("database_unavailable", 3));
  const auto down = send("GET", kDeal, bearer());
  EXPECT_EQ(down.status, 503);
  EXPECT_THAT(down.head, HasSubstr("Retry-After: 3\r\n"));
}

TEST_F(ApiTest, AUserWhoAsksTooOftenIsToldWhenToComeBack) {
  config_->user_rate = 1;
  config_->user_burst = 2;

  EXPECT_THAT(send("GET", kDeal, bearer()).head, HasSubstr("RateLimit: \"user\";r=1;"));
  EXPECT_EQ(send("GET", kDeal, bearer()).status, 200);
  const auto refused = send("GET", kDeal, bearer());

  EXPECT_EQ(refused.status, 429);
  EXPECT_THAT(refused.head, HasSubstr("Retry-After: 1\r\n"));
  EXPECT_THAT(refused.body, HasSubstr("too_many_requests"));
}

TEST_F(ApiTest, WhoIsNotSignedInHasTheAddressesLimit) {
  config_->address_rate = 1;

  EXPECT_EQ(send("GET", kDeal).status, 401);
  EXPECT_EQ(send("GET", kDeal).status, 401);
  EXPECT_EQ(send("GET", kDeal).status, 429);
  EXPECT_EQ(send("POST", "/api/v1/auth/login", "", "{}").status, 429);
  EXPECT_EQ(send("GET", "/healthz").status, 200);
}

TEST_F(ApiTest, BehindATrustedProxyEveryClientHasALimitOfItsOwn) {
  config_->address_rate = 1;
  config_->proxies.networks = "127.0.0.0/8";
  const auto ask = [this](const std::string& header) { return send("GET", kDeal, header).status; };
  const std::string first = "X-Forwarded-For: 203.0.113.7\r\n";

  EXPECT_EQ(ask(first), 401);
  EXPECT_EQ(ask(first), 401);
  EXPECT_EQ(ask(first), 429);
  EXPECT_EQ(ask("X-Forwarded-For: 6.6.6.6, 203.0.113.7\r\n"), 429) << "what it writes itself";
  EXPECT_EQ(ask("X-Forwarded-For: 203.0.113.8\r\n"), 401) << "somebody else";
}

TEST_F(ApiTest, AStrangersHeadersGiveNoLimitOfTheirOwn) {
  config_->address_rate = 1;
  config_->proxies.networks = "10.0.0.0/8";

  std::vector<int> statuses;
  for (const char* forged : {"203.0.113.1", "203.0.113.2", "203.0.113.3"}) {
    statuses.push_back(
        send("GET", kDeal, std::string("X-Forwarded-For: ") + forged + "\r\n").status);
  }
  EXPECT_EQ(statuses, (std::vector<int>{401, 401, 429}));
}

TEST_F(ApiTest, HeadIsAGetWithoutItsBody) {
  const auto answer = send("HEAD", kDeal, bearer());

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
}

}  // namespace
}  // namespace bordero::gateway
