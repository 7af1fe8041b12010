#include "services/gateway/tests/gateway_fixture.hpp"

namespace bordero::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class WebTest : public GatewayTest {};

TEST_F(WebTest, ThePageIsServedForTheApplicationsAddresses) {
  for (const char* path : {"/", "/deals", "/deals/018f/timeline", "/index.html"}) {
    const auto answer = send("GET", path);

    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_THAT(answer.head, HasSubstr("Content-Type: text/html; charset=utf-8\r\n"));
    EXPECT_THAT(answer.head, HasSubstr("Cache-Control: no-cache\r\n"));
    EXPECT_THAT(answer.body, HasSubstr("theme()"));
  }
}

TEST_F(WebTest, OnlyTheInlineScriptOfThePageMayRun) {
  // SHA-256 of "theme()".
  EXPECT_THAT(
      send("GET", "/").head,
      HasSubstr("script-src 'self' 'sha256-Rfr3GgHZFiXm+TmNr+li+0sZ4J9FGllo8jsXcJF5XZ8=';"));
}

TEST_F(WebTest, FilesComeInTheCodingThatTheClientTakes) {
  const auto coded = [&](const std::string& accepted) {
    return send("GET", "/assets/a.js", "Accept-Encoding: " + accepted + "\r\n").body;
  };

  EXPECT_EQ(coded("gzip, deflate, br"), "brotli");
  EXPECT_EQ(coded("gzip"), "gzip");
  EXPECT_EQ(coded("br;q=0, gzip;q=0.5"), "gzip");
  EXPECT_EQ(coded("identity"), "plain");
  const auto answer = send("GET", "/assets/a.js");
  EXPECT_EQ(answer.body, "plain");
  EXPECT_THAT(answer.head, HasSubstr("Cache-Control: public, max-age=31536000, immutable\r\n"));
  EXPECT_THAT(answer.head, HasSubstr("Vary: Accept-Encoding\r\n"));
}

TEST_F(WebTest, AFileThatIsNotThereIsNotThePage) {
  EXPECT_EQ(send("GET", "/assets/b.js").status, 404);
  EXPECT_EQ(send("GET", "/robots.txt").status, 404);
  EXPECT_EQ(send("GET", "/assets/a.js.br").status, 404);
}

TEST_F(WebTest, AnUnchangedFileIsNotSentAgain) {
  const auto first = send("GET", "/");
  const std::size_t start = first.head.find("ETag: ") + 6;
  const std::string tag = first.head.substr(start, first.head.find("\r\n", start) - start);

  EXPECT_EQ(send("GET", "/", "If-None-Match: " + tag + "\r\n").status, 304);
}

TEST_F(WebTest, WithoutABuiltApplicationThePageSaysSo) {
  config_->web_root = "/nowhere";

  EXPECT_THAT(send("GET", "/").body, HasSubstr("not built"));
}

TEST_F(WebTest, TheApiDescribesItselfToAnybody) {
  EXPECT_THAT(send("GET", "/api/v1/openapi.json").body, HasSubstr("\"openapi\": \"3.1.0\""));
  EXPECT_THAT(send("GET", "/api/docs").body, Not(HasSubstr("<script")));
  EXPECT_EQ(send("POST", "/csp-reports").status, 204);
}

}  // namespace
}  // namespace bordero::gateway
