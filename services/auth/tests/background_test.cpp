#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "demo/agency.hpp"
#include "demo/people.hpp"
#include "platform/mq/mq.hpp"
#include "services/auth/src/seed/seed.hpp"
#include "services/auth/src/setup/users_file.hpp"
#include "services/auth/tests/auth_fixture.hpp"

namespace bordero::auth {
namespace {

using ::testing::Contains;

class BackgroundTest : public AuthTest {
 protected:
  // Events as the rest of the agency hears them, and Auth's own work beside.
  void start_background() {
    Config config = config_;
    config.amqp_url = broker_.url();
    subscription_.emplace(
        broker_.url(), "auth-test", std::vector<std::string>{"auth.#"}, io_.get_executor(),
        [this](mq::Event event) { heard_.push_back(event.meta.type()); }, [] {});
    wait_until([this] { return subscription_->connected(); });
    background_.emplace(io_.get_executor(), config, peers_);
    background_->start();
  }
  void TearDown() override {
    if (background_) background_->stop();
    background_.reset();
    subscription_.reset();
  }

  testing::FreshBroker broker_;
  std::vector<std::string> heard_;
  std::optional<mq::Subscription> subscription_;
  std::optional<Background> background_;
};

TEST_F(BackgroundTest, EventsReachTheBroker) {
  given_user("marina", "agent");
  ASSERT_TRUE(login("marina@agency.example", kPassword).ok());

  start_background();

  wait_until([this] { return !heard_.empty(); });
  EXPECT_THAT(heard_, Contains("auth.session.opened"));
}

TEST_F(BackgroundTest, ExpiredSessionsAreToldOf) {
  const SignedIn marina = given_signed_in("marina", "agent");
  put_into_redis("session:" + hex(sha256(marina.token)), "cached");
  database_.execute("UPDATE sessions SET idle_ends_at = now()");

  start_background();

  wait_until([this] { return heard_.size() >= 2; });
  EXPECT_THAT(heard_, Contains("auth.session.ended"));
  EXPECT_EQ(database_.value("SELECT count(*) FROM sessions"), "0");
  const std::string key = "session:" + hex(sha256(marina.token));
  wait_until([&] { return in_redis(key) == "ended"; });
}

class SeedTest : public AuthTest {
 public:
  ~SeedTest() override { std::filesystem::remove(file_); }

 protected:
  SeedTest() { std::filesystem::remove(file_); }

  SeedOptions options(bool large = false) const { return {.large = large, .users_file = file_}; }

  std::string file_ =
      (std::filesystem::temp_directory_path() / ("bordero-users-" + Uuid::v7().str() + ".json"))
          .string();
};

TEST_F(SeedTest, DemoUsersSignInWithTheFilesPasswords) {
  seed(config_, options());

  const DemoEntries entries = read_users_file(file_);
  EXPECT_EQ(entries.size(), demo::kPeople.size());
  for (const auto& [id, entry] : entries) {
    const auto reply = login(entry.email, entry.password);
    ASSERT_TRUE(reply.ok()) << entry.email;
    EXPECT_EQ(reply->user().id(), id);
    EXPECT_EQ(role_name(role_of(reply->user().role())), entry.role);
  }
  EXPECT_EQ(database_.value("SELECT count(*) FROM outbox WHERE type = 'auth.user.created'"),
            std::to_string(demo::kPeople.size()));
  struct stat rights{};
  ASSERT_EQ(::stat(file_.c_str(), &rights), 0);
  EXPECT_EQ(rights.st_mode & 0777, 0600u);
}

TEST_F(SeedTest, RepeatingKeepsWhatIsThere) {
  seed(config_, options());
  const auto before = read_users_file(file_);

  seed(config_, options());

  for (const auto& [id, entry] : read_users_file(file_)) {
    EXPECT_EQ(entry.password, before.at(id).password);
  }
  EXPECT_EQ(database_.value("SELECT count(*) FROM outbox WHERE type = 'auth.user.created'"),
            std::to_string(demo::kPeople.size()));
}

TEST_F(SeedTest, TheInventedAgencyHasANameUntilSomebodyGivesAnother) {
  const char* name = "SELECT name || ' ' || version FROM agency";
  seed(config_, options());
  EXPECT_EQ(database_.value(name), std::string(demo::kAgency.name) + " 2");
  EXPECT_EQ(database_.value("SELECT count(*) FROM outbox WHERE type = 'auth.agency.updated'"), "1");
  database_.execute("UPDATE agency SET name = 'Своё', version = 3");

  seed(config_, options());

  EXPECT_EQ(database_.value(name), "Своё 3");
}

TEST_F(SeedTest, ALostFileMeansNewPasswords) {
  seed(config_, options());
  const auto before = read_users_file(file_);
  std::filesystem::remove(file_);

  seed(config_, options());

  const auto after = read_users_file(file_);
  const auto& [id, entry] = *after.begin();
  EXPECT_NE(entry.password, before.at(id).password);
  EXPECT_TRUE(login(entry.email, entry.password).ok());
}

TEST_F(SeedTest, TheLargeSetHasAThousandAgentsMore) {
  seed(config_, options());
  const auto before = read_users_file(file_);

  seed(config_, options(true));

  const auto entries = read_users_file(file_);
  EXPECT_EQ(database_.value("SELECT count(*) FROM users"),
            std::to_string(demo::kPeople.size() + demo::kExtraAgents));
  EXPECT_EQ(entries.at(before.begin()->first).password, before.begin()->second.password);
  const auto& agent = entries.at(demo::extra_agent_id(3));
  EXPECT_TRUE(login(agent.email, agent.password).ok());
}

}  // namespace
}  // namespace bordero::auth
