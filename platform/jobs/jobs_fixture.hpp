#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

#include "bordero/auth/v1/sessions.pb.h"
#include "bordero/notifications/v1/events.pb.h"
#include "platform/jobs/job_rpc.hpp"
#include "platform/jobs/workers.hpp"
#include "platform/testing/stores.hpp"

namespace bordero::jobs {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

inline std::string shared_sql(const std::string& name) {
  const std::ifstream file("platform/jobs/" + name);
  std::stringstream text;
  text << file.rdbuf();
  ensure(!text.str().empty(), "tests run in the source tree");
  return text.str();
}
inline const std::vector<pg::Migration>& test_migrations() {
  static const std::vector<pg::Migration> all = {
      {"0001_jobs.sql", shared_sql("jobs.sql")},
      {"0002_schedules.sql", shared_sql("schedules.sql")},
      {"0003_effects.sql",
       "CREATE TABLE effects (seq bigint GENERATED ALWAYS AS IDENTITY, job_id text NOT NULL,"
       " name text NOT NULL)"}};
  return all;
}

// Stands for Auth: every session lives until it is ended.
class FakeSessions : public rpc::Channel {
 public:
  awaitable<rpc::AnyReply> call(rpc::Envelope, const rpc::Message& request,
                                const rpc::Message& prototype) override {
    const auto& asked = static_cast<const auth::v1::RenewIdentityRequest&>(request);
    if (ended.contains(asked.session_id())) co_return unauthenticated("session_expired");
    rpc::Answer answer;
    answer.message.reset(prototype.New());
    static_cast<auth::v1::RenewedIdentity&>(*answer.message).set_identity_token("token");
    co_return answer;
  }
  bool connected() const override { return true; }
  std::set<std::string> ended;
};

// Jobs of a made-up kind, on a real database. What they do outside of it stands in `did_`; tests
// are asked at each point that a worker comes to, and may fail it, or let its process die there.
class JobsTest : public ::testing::Test {
 protected:
  JobsTest() {
    auto sessions = std::make_unique<FakeSessions>();
    sessions_ = sessions.get();
    peers_.set("auth", std::move(sessions));
  }
  void TearDown() override { clock::shift(0s); }

  // A process of its own kind: when it dies nothing of it goes on, and nothing is tidied up.
  struct Process {
    explicit Process(JobsTest& test)
        : db(io.get_executor(), {.dsn = test.database_.dsn(), .application_name = "jobs"}),
          workers(io.get_executor(), db, test.peers_, test.declaration(), test.kinds(),
                  test.settings_) {}
    asio::io_context io;
    pg::Database db;
    Workers workers;
  };

  Declaration declaration() const {
    return {.service = "jobs",
            .events = events_of<notifications::v1::JobStarted, notifications::v1::JobUpdated,
                                notifications::v1::JobFinished>()};
  }
  std::vector<Kind> kinds() {
    const auto kind = [this](const char* name, bool undone) {
      Kind made{.name = name, .attempts = 3, .pause = 100ms};
      for (const char* step : {"a", "b", "c"}) made.steps.push_back(step_of(step, undone));
      return made;
    };
    Kind batches{.name = "batches", .attempts = 3, .pause = 100ms};
    batches.steps.push_back({.name = "all", .run = [this](Work& work) { return ten(work); }});
    return {kind("trip", true), kind("plain", false), batches};
  }

  // ---- what steps do ----
  Result<void> comes_to(const std::string& point) {
    if (at_) at_(point);
    const auto fault = fails_.find(point);
    return fault == fails_.end() ? Result<void>() : fault->second;
  }
  Step step_of(const std::string& name, bool undone) {
    Step step{.name = name, .run = [this, name](Work& work) { return act(work, name, true); }};
    if (undone) step.undo = [this, name](Work& work) { return act(work, name, false); };
    return step;
  }
  awaitable<Result<void>> act(Work& work, std::string name, bool forward) {
    const std::string what = (forward ? "" : "undo ") + name;
    CO_TRY_VOID(comes_to(what));
    did_.push_back(what);
    work.at_mark([this, what, name, forward, id = work.job_id()](pg::Transaction& tx, Context&) {
      return effect(tx, what, name, forward, id);
    });
    co_return comes_to(what + " done");
  }
  awaitable<Result<void>> effect(pg::Transaction& tx, std::string what, std::string name,
                                 bool forward, std::string id) {
    tx.execute(forward ? "INSERT INTO effects (job_id, name) VALUES ($1, $2)"
                       : "DELETE FROM effects WHERE job_id = $1 AND name = $2",
               id, name);
    co_return comes_to(what + " marked");
  }
  // Ten batches; the state says where to go on.
  awaitable<Result<void>> ten(Work& work) {
    const std::string state = work.state();
    int from = state == "{}" ? 0 : std::stoi(state);
    for (; from < 10; ++from) {
      CO_TRY_VOID(comes_to("batch " + std::to_string(from)));
      work.set_state(std::to_string(from + 1));
      work.count(from + 1, 10);
      const std::string name = std::to_string(from);
      const Effect write = [this, name, id = work.job_id()](pg::Transaction& tx, Context&) {
        return effect(tx, name, name, true, id);
      };
      CO_TRY_VOID(co_await work.keep(write));
    }
    co_return Result<void>();
  }

  // ---- what tests do ----
  template <class T>
  static awaitable<void> into(std::optional<T>& result, awaitable<T> work) {
    result.emplace(co_await std::move(work));
  }
  template <class T>
  T run(awaitable<T> work) {
    std::optional<T> result;
    std::exception_ptr failure;
    asio::co_spawn(io_, into(result, std::move(work)), [&](std::exception_ptr failed) {
      failure = failed;
      io_.stop();
    });
    io_.restart();
    io_.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
  }
  static Caller somebody() {
    return {.user_id = Uuid::v7().str(), .role = Role::agent, .session_id = Uuid::v7().str()};
  }
  std::string given(const std::string& kind, const Caller& caller = somebody(),
                    Priority priority = Priority::interactive) {
    const auto all = kinds();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Kind& one) { return one.name == kind; });
    const NewJob made{.kind = kind, .caller = caller, .priority = priority};
    const auto add = [&]() -> awaitable<std::string> {
      Context ctx = system_context("test", 10s);
      auto tx = co_await db_.begin(ctx);
      const auto id = co_await insert_job(*tx, declaration_, *found, made);
      co_await tell_started(*tx, ctx, declaration_, *id);
      const auto kept = co_await tx->commit();
      ensure(kept.ok(), "the job is made");
      co_return id->str();
    };
    return run(add());
  }
  // Takes up the next job and works on it for as long as one worker does.
  bool take_up(Priority lowest = Priority::batch) {
    const auto took = run(workers_->run_next(lowest));
    return took && *took;
  }
  // The same in a process that dies when it comes to the point: nothing of what it was about to do
  // happens, or, for what the point is the last before, what leaves it in that moment does.
  enum class Dying { at_once, sending };
  void dies_at(const std::string& point, Dying dying = Dying::at_once) {
    Process other(*this);
    bool died = false;
    at_ = [&](const std::string& now) {
      if (now != point) return;
      died = true;
      other.io.stop();
      if (dying == Dying::at_once) throw Died();
    };
    std::optional<Result<bool>> took;
    asio::co_spawn(other.io, into(took, other.workers.run_next(Priority::batch)),
                   [&](std::exception_ptr) { other.io.stop(); });
    other.io.run();
    at_ = nullptr;
    EXPECT_TRUE(died) << point;
  }
  struct Died {};  // Not a std::exception, so that nobody settles it.
  // Nobody has heard of its worker for long.
  void lease_ends() {
    database_.execute(
        "UPDATE jobs SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL");
  }
  std::string value(const std::string& column, const std::string& id) {
    return database_.value("SELECT " + column + " FROM jobs WHERE id = '" + id + "'");
  }
  // What left a process that died arrives when it does.
  bool eventually(const std::string& sql) {
    const auto limit = std::chrono::steady_clock::now() + 30s;
    while (database_.value(sql) != "t") {
      if (std::chrono::steady_clock::now() > limit) return false;
    }
    return true;
  }
  std::string status(const std::string& id) { return value("status", id); }
  std::string effects(const std::string& id) {
    return database_.value(
        "SELECT coalesce(string_agg(name, ' ' ORDER BY seq), '') FROM effects "
        "WHERE job_id = '" +
        id + "'");
  }
  std::string events(const std::string& id) {
    return database_.value(
        "SELECT string_agg(replace(type, 'notifications.job.', ''), ' ' ORDER BY seq) FROM outbox "
        "WHERE subject = '" +
        id + "'");
  }
  int times(const std::string& what) const {
    return static_cast<int>(std::count(did_.begin(), did_.end(), what));
  }
  Result<Job> cancel(const Caller& caller, const std::string& id) {
    JobRpc rpc(db_, declaration_);
    Context ctx = system_context("test", 10s);
    ctx.caller = caller;
    common::v1::CancelJobRequest request;
    request.set_job_id(id);
    return run(rpc.cancel(ctx, request));
  }

  asio::io_context io_;
  testing::FreshDatabase database_{"jobs", test_migrations()};
  pg::Database db_{io_.get_executor(), {.dsn = database_.dsn(), .application_name = "jobs"}};
  rpc::Peers peers_;
  FakeSessions* sessions_ = nullptr;
  Workers::Settings settings_;
  const Declaration declaration_ = declaration();
  std::unique_ptr<Workers> workers_ =
      std::make_unique<Workers>(io_.get_executor(), db_, peers_, declaration_, kinds(), settings_);
  std::vector<std::string> did_;
  std::map<std::string, Error> fails_;
  std::function<void(const std::string&)> at_;
};

}  // namespace bordero::jobs
