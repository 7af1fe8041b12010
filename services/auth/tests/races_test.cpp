#include <algorithm>

#include "services/auth/tests/auth_fixture.hpp"

namespace bordero::auth {
namespace {

class RacesTest : public AuthTest {
 protected:
  struct Call {
    rpc::Envelope envelope;
    std::unique_ptr<google::protobuf::Message> request;
  };

  // Begins all of them before any has ended; tells each one's error kind, or nothing.
  std::vector<std::optional<ErrorKind>> at_once(std::vector<Call> calls) {
    std::vector<std::optional<ErrorKind>> outcomes;
    const std::size_t expected = calls.size();
    for (Call& call : calls) {
      const auto one = [this, &outcomes, &call]() -> awaitable<void> {
        const auto answer = co_await dispatcher_->dispatch(call.envelope, *call.request);
        std::optional<ErrorKind> outcome;
        if (!answer) outcome = answer.error().kind;
        outcomes.push_back(outcome);
      };
      asio::co_spawn(io_, one, asio::detached);
    }
    wait_until([&] { return outcomes.size() == expected; });
    return outcomes;
  }

  std::vector<Call> logins(int count, const std::string& password) {
    std::vector<Call> calls;
    for (int i = 0; i < count; ++i) {
      auto request = std::make_unique<v1::LoginRequest>();
      request->set_email("marina@agency.example");
      request->set_password(password);
      request->mutable_client()->set_address("192.0.2.1");
      calls.push_back({envelope("SessionService/Login", nullptr), std::move(request)});
    }
    return calls;
  }

  Call block(const SignedIn& who, const SignedIn& whom) {
    auto request = std::make_unique<v1::BlockUserRequest>();
    request->set_user_id(whom.user_id);
    request->set_reason("rivalry");
    return {envelope("UserService/BlockUser", &who), std::move(request)};
  }

  static int count_of(const std::vector<std::optional<ErrorKind>>& outcomes,
                      std::optional<ErrorKind> kind) {
    return static_cast<int>(std::count(outcomes.begin(), outcomes.end(), kind));
  }
};

TEST_F(RacesTest, ABurstOfGuessesTellsNoMoreThanItsFirstFive) {
  given_user("marina", "agent");

  const auto outcomes = at_once(logins(20, "wrong password 123"));

  EXPECT_EQ(count_of(outcomes, ErrorKind::unauthenticated), 5);
  EXPECT_EQ(count_of(outcomes, ErrorKind::too_many), 15);
}

TEST_F(RacesTest, ManySignInsOfOnePersonAreAllGood) {
  given_user("marina", "agent");

  const auto outcomes = at_once(logins(20, kPassword));

  EXPECT_EQ(count_of(outcomes, std::nullopt), 20);
  EXPECT_EQ(database_.value("SELECT count(*) FROM sessions"), "10");
}

TEST_F(RacesTest, OfTwoAdminsWhoBlockEachOtherOneStays) {
  const SignedIn anna = given_signed_in("anna", "admin");
  const SignedIn boris = given_signed_in("boris", "admin");
  std::vector<Call> calls;
  calls.push_back(block(anna, boris));
  calls.push_back(block(boris, anna));

  const auto outcomes = at_once(std::move(calls));

  EXPECT_EQ(count_of(outcomes, std::nullopt), 1);
  EXPECT_EQ(count_of(outcomes, ErrorKind::forbidden), 1);
  EXPECT_EQ(database_.value("SELECT count(*) FROM users WHERE status = 'active'"), "1");
}

TEST_F(RacesTest, AnInvitationIsUsedByOneOfMany) {
  const std::string link = first_admin_link(config_).value();
  std::vector<Call> calls;
  for (int i = 0; i < 8; ++i) {
    auto request = std::make_unique<v1::AcceptInvitationRequest>();
    request->set_token(link.substr(link.find('#') + 1));
    request->set_password("wbnx-qjtrv-pldz-" + std::to_string(i));
    calls.push_back({envelope("SessionService/AcceptInvitation", nullptr), std::move(request)});
  }

  const auto outcomes = at_once(std::move(calls));

  EXPECT_EQ(count_of(outcomes, std::nullopt), 1);
  EXPECT_EQ(count_of(outcomes, ErrorKind::not_found), 7);
}

TEST_F(RacesTest, ASignInDuringABlockIsOver) {
  const SignedIn anna = given_signed_in("anna", "admin");
  const SignedIn marina = given_signed_in("marina", "agent");
  std::vector<Call> calls = logins(5, kPassword);
  calls.push_back(block(anna, marina));

  at_once(std::move(calls));

  EXPECT_EQ(
      database_.value("SELECT count(*) FROM sessions WHERE user_id = '" + marina.user_id + "'"),
      "0");
}

}  // namespace
}  // namespace bordero::auth
