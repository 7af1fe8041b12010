#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <set>

#include "bordero/common/v1/jobs.pb.h"
#include "services/gateway/src/api/api.hpp"

namespace bordero::gateway {
namespace {

using common::v1::ListJobsReply;

// Jobs of two services: those that are in the contract, and the same of a made-up one.
class JoinTest : public ::testing::Test {
 protected:
  JoinTest() {
    for (const char* name : {"ListJobs", "GetJob"}) {
      const auto* method =
          rpc::find_method(std::string("bordero.notifications.v1.JobService/") + name);
      others_.push_back(*method);
      others_.back().service = "imports";
    }
    list_ = route_of("ListJobs", others_[0]);
    one_ = route_of("GetJob", others_[1]);
  }
  static Route route_of(const char* name, const rpc::Method& other) {
    const auto* method =
        rpc::find_method(std::string("bordero.notifications.v1.JobService/") + name);
    return {.methods = {method, &other}, .shape = shape_of(*method)};
  }
  Result<Joined> ask(const Route& route, const google::protobuf::Message& message) {
    const Call call = [this](const rpc::Method& method,
                             const google::protobuf::Message& request) -> awaitable<rpc::AnyReply> {
      asked_.insert(method.service);
      const auto* token = request.GetDescriptor()->FindFieldByName("page_token");
      if (token != nullptr) {
        tokens_[method.service] = request.GetReflection()->GetString(request, token);
      }
      co_return answers_[method.service]();
    };
    std::optional<Result<Joined>> result;
    const auto keep = [&]() -> awaitable<void> {
      result.emplace(co_await ask_joined(route, message, call));
    };
    asio::io_context io;
    asio::co_spawn(io, keep, [](std::exception_ptr failed) {
      if (failed) std::rethrow_exception(failed);
    });
    io.run();
    return std::move(*result);
  }
  Result<Joined> get() {
    common::v1::GetJobRequest request;
    request.set_job_id(Uuid::v7().str());
    return ask(one_, request);
  }
  Result<Joined> list(const std::string& token = "") {
    common::v1::ListJobsRequest request;
    request.set_page_token(token);
    return ask(list_, request);
  }
  static const ListJobsReply& reply(const Result<Joined>& joined) {
    return static_cast<const ListJobsReply&>(*joined->answer.message);
  }

  using Answerer = std::function<rpc::AnyReply()>;
  static Answerer fails(Error error) {
    return [error = std::move(error)]() -> rpc::AnyReply { return error; };
  }
  static Answerer knows(const std::string& id) {
    return [id]() -> rpc::AnyReply {
      auto job = std::make_unique<common::v1::Job>();
      job->set_id(id);
      rpc::Answer answer;
      answer.message = std::move(job);
      return answer;
    };
  }
  static Answerer has(int jobs, int total, const std::string& next) {
    return [jobs, total, next]() -> rpc::AnyReply {
      auto page = std::make_unique<ListJobsReply>();
      for (int i = 0; i < jobs; ++i) page->add_jobs()->set_id(std::to_string(i));
      page->set_total_size(total);
      page->set_next_page_token(next);
      rpc::Answer answer;
      answer.message = std::move(page);
      return answer;
    };
  }
  const Answerer kUnknown = fails(not_found("job_not_found"));
  const Answerer kAway = fails(unavailable("connection_lost"));

  std::vector<rpc::Method> others_;
  Route list_;
  Route one_;
  std::map<std::string, Answerer> answers_;
  std::set<std::string> asked_;
  std::map<std::string, std::string> tokens_;
};

TEST_F(JoinTest, TheServiceThatKnowsTheRecordAnswers) {
  for (const std::string who : {"notifications", "imports"}) {
    const std::string other = who == "imports" ? "notifications" : "imports";
    for (const Answerer& none : {kUnknown, kAway}) {
      answers_[who] = knows("x");
      answers_[other] = none;

      const auto joined = get();

      ASSERT_TRUE(joined.ok());
      EXPECT_EQ(joined->from->service, who) << "its file is asked for there";
      EXPECT_EQ(static_cast<const common::v1::Job&>(*joined->answer.message).id(), "x");
    }
    answers_[who] = fails(refused("job_finished"));
    EXPECT_EQ(get().error().reason, "job_finished");
  }
}

TEST_F(JoinTest, ARecordThatNobodyKnowsIsNotFoundUnlessSomebodyIsAway) {
  answers_["notifications"] = kUnknown;
  answers_["imports"] = kUnknown;
  EXPECT_EQ(get().error().reason, "job_not_found");

  answers_["imports"] = kAway;
  const auto refusal = get();
  EXPECT_EQ(refusal.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(refusal.error().detail, "no answer from imports");
}

TEST_F(JoinTest, ListsAreJoinedAndWhoIsAwayIsNamed) {
  answers_["notifications"] = has(2, 2, "");
  answers_["imports"] = has(3, 3, "");
  EXPECT_EQ(reply(list()).jobs_size(), 5);
  EXPECT_EQ(reply(list()).total_size(), 5);
  EXPECT_EQ(reply(list()).next_page_token(), "");

  answers_["imports"] = kAway;
  const auto joined = list();
  EXPECT_EQ(reply(joined).jobs_size(), 2);
  ASSERT_EQ(reply(joined).missing_size(), 1);
  EXPECT_EQ(reply(joined).missing(0), "imports");
}

TEST_F(JoinTest, PagesGoOnWhereThereIsMore) {
  answers_["notifications"] = has(2, 9, "n1");
  answers_["imports"] = has(2, 5, "i1");
  const std::string both = reply(list()).next_page_token();
  answers_["imports"] = has(1, 5, "");

  const std::string one = reply(list(both)).next_page_token();
  EXPECT_EQ(tokens_["notifications"], "n1");
  EXPECT_EQ(tokens_["imports"], "i1");

  asked_.clear();
  EXPECT_EQ(reply(list(one)).jobs_size(), 2);
  EXPECT_EQ(asked_, std::set<std::string>{"notifications"});
  EXPECT_EQ(list("nonsense").error().fields.at(0).field, "page_token");
  EXPECT_EQ(list("nobody~x").error().fields.at(0).field, "page_token");
}

}  // namespace
}  // namespace bordero::gateway
