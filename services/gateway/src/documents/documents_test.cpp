#include "services/gateway/src/documents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "platform/rpc/contract.hpp"

namespace bordero::gateway {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string file(const char* path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

TEST(Documents, AreFresh) {
  EXPECT_TRUE(openapi_document() == file("docs/openapi.json")) << "run tools/generate";
  EXPECT_TRUE(events_document() == file("docs/events.md")) << "run tools/generate";
  EXPECT_TRUE(callers_document() == file("docs/callers.json")) << "run tools/generate";
}

TEST(Documents, NameEveryRouteAndEveryEvent) {
  const std::string openapi = openapi_document();
  const std::string page = routes_page();
  for (const auto& method : rpc::methods()) {
    if (!method.has_route) continue;
    EXPECT_THAT(openapi, HasSubstr("\"" + method.path + "\""));
    EXPECT_THAT(page, HasSubstr(method.path));
  }
  const std::string events = events_document();
  for (const auto& [type, message] : rpc::events()) EXPECT_THAT(events, HasSubstr("### " + type));
}

TEST(Documents, NameEveryCallThatAServiceAnswers) {
  const std::string callers = callers_document();
  for (const auto& method : rpc::methods()) {
    if (method.service == "gateway") continue;
    EXPECT_THAT(callers, HasSubstr("\"" + method.name + "\""));
  }
}

TEST(Documents, HideWhatTheGatewayFillsItself) {
  EXPECT_THAT(openapi_document(), Not(HasSubstr("user_agent")));
}

}  // namespace
}  // namespace bordero::gateway
