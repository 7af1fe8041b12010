#include "bordero/common/v1/files.pb.h"
#include "bordero/notifications/v1/jobs.pb.h"
#include "services/gateway/tests/gateway_fixture.hpp"

namespace bordero::gateway {
namespace {

using ::testing::HasSubstr;

constexpr const char* kFile = "/api/v1/jobs/018f0000-0000-7000-8000-000000000001/file";

// A file of ten bytes in parts of four; from `fails_at` on there is an error instead.
class LongFileTest : public GatewayTest {
 protected:
  void given_file(std::int64_t fails_at = 100) {
    notifications_->answers["GetJobFile"] =
        [fails_at](const rpc::Message& request) -> rpc::AnyReply {
      const auto& asked = static_cast<const notifications::v1::GetJobFileRequest&>(request);
      if (asked.offset() >= fails_at) return not_found("job_not_found");
      const std::string whole = "0123456789";
      common::v1::LongFile file;
      file.set_content_type("text/csv; charset=utf-8");
      file.set_file_name("Сделки.csv");
      file.set_data(whole.substr(static_cast<std::size_t>(asked.offset()), 4));
      file.set_size(10);
      return answer_of(file);
    };
  }
};

TEST_F(LongFileTest, ItsPartsBecomeOneBody) {
  given_file();

  const auto answer = send("GET", kFile, bearer());

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "0123456789");
  EXPECT_THAT(answer.head, HasSubstr("Content-Length: 10\r\n"));
  EXPECT_THAT(answer.head, HasSubstr("Content-Type: text/csv; charset=utf-8\r\n"));
  EXPECT_THAT(answer.head, HasSubstr("filename*=UTF-8''%D0%A1%D0%B4%D0%B5%D0%BB%D0%BA%D0%B8.csv"));
  EXPECT_EQ(notifications_->count("GetJobFile"), 3);
}

TEST_F(LongFileTest, APartThatDoesNotComeEndsTheBodyEarly) {
  given_file(8);

  const auto answer = send("GET", kFile, bearer());

  EXPECT_THAT(answer.head, HasSubstr("Content-Length: 10\r\n"));
  EXPECT_EQ(answer.body, "01234567");
}

TEST_F(LongFileTest, ARefusalIsAProblem) {
  given_file(0);

  const auto answer = send("GET", kFile, bearer());

  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr("job_not_found"));
}

TEST_F(LongFileTest, TheOffsetIsTheGatewaysOwn) {
  given_file();

  const auto answer = send("GET", std::string(kFile) + "?offset=4", bearer());

  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("unknown_field"));
}

TEST_F(LongFileTest, EndsWithTheSession) {
  given_file();
  int asked = 0;
  // Auth is asked again before each part, since nothing here is kept for long enough.
  auth_->answers["ResolveSession"] = [&asked](const rpc::Message&) -> rpc::AnyReply {
    if (++asked > 1) return unauthenticated("session_expired");
    auto session = resolved();
    static_cast<auth::v1::ResolvedSession&>(*session->message)
        .set_identity_expires_at(std::time(nullptr));
    return session;
  };

  const auto answer = send("GET", kFile, bearer());

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "0123");
}

}  // namespace
}  // namespace bordero::gateway
