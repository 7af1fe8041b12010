#include "services/gateway/src/api/reply_writer.hpp"

#include <gtest/gtest.h>

#include "bordero/common/v1/common.pb.h"

namespace bordero::gateway {
namespace {

std::string header(const httpd::Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

TEST(ReplyWriter, AFileIsADownloadOfItsOwnType) {
  rpc::Method method;
  method.binary = true;
  Route route;
  route.methods = {&method};
  auto file = std::make_unique<common::v1::File>();
  file->set_content_type("application/pdf");
  file->set_file_name("Расчёт 1.pdf");
  file->set_data(std::string("%PDF\0\xFF", 6));
  rpc::Answer answer;
  answer.message = std::move(file);

  const auto response = write_reply(ApiRouter(), route, {}, answer);

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Content-Type"), "application/pdf");
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  EXPECT_EQ(header(response, "Content-Disposition"),
            "attachment; filename=\"_______1.pdf\"; "
            "filename*=UTF-8''%D0%A0%D0%B0%D1%81%D1%87%D1%91%D1%82%201.pdf");
  EXPECT_EQ(response.body, std::string("%PDF\0\xFF", 6));

  httpd::Request again;
  again.headers.emplace_back("if-none-match", header(response, "ETag"));
  const auto known = write_reply(ApiRouter(), route, again, answer);
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.body, "");
  EXPECT_EQ(header(known, "ETag"), header(response, "ETag"));
  again.headers = {{"if-none-match", "\"of another\""}};
  EXPECT_EQ(write_reply(ApiRouter(), route, again, answer).status, 200);
}

}  // namespace
}  // namespace bordero::gateway
