#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/http/server.hpp"
#include "platform/http/server_fixture.hpp"

namespace bordero::httpd {
namespace {

using testing::HasSubstr;
using testing::Not;

// Bodies whose length is known and whose bytes are not there yet.
class LongBody : public testing::Test {
 protected:
  // The answers to a request of this kind and to the one that follows it on the same connection.
  std::string exchange(const std::string& line) {
    RawClient client(live_.port());
    client.send(line +
                " HTTP/1.1\r\nHost: x\r\n\r\n"
                "GET /after HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    return client.read_all();
  }

  LiveServer live_{Limits(), echo};
};

TEST_F(LongBody, ALongFileSaysItsLengthAndTheConnectionLives) {
  const std::string answer = exchange("GET /file");

  EXPECT_THAT(answer, HasSubstr("Content-Length: 6\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("chunked")));
  EXPECT_THAT(answer, HasSubstr("\r\n\r\nabcdefHTTP/1.1 200 OK"));
  EXPECT_THAT(answer, HasSubstr("GET /after"));
}

TEST_F(LongBody, AFileThatBreaksOffEndsTheConnection) {
  const std::string answer = exchange("GET /broken");

  EXPECT_THAT(answer, HasSubstr("Content-Length: 7\r\n"));
  EXPECT_THAT(answer, testing::EndsWith("\r\n\r\nabcdef"));
}

TEST_F(LongBody, TheHeadOfALongFileHasNoBody) {
  const std::string answer = exchange("HEAD /file");

  EXPECT_THAT(answer, HasSubstr("Content-Length: 6\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\n\r\nHTTP/1.1 200 OK"));
}

}  // namespace
}  // namespace bordero::httpd
