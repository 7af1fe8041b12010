#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bordero/common/v1/jobs.pb.h"
#include "platform/base/uuid.hpp"
#include "platform/lists/list_query.hpp"
#include "platform/pg/database.hpp"

// Long work: leased, in steps that go on after any crash, with progress, cancel and undo. What a
// service has to do for it is told in docs/jobs.md.
namespace bordero::jobs {

using common::v1::Job;
using JobId = Id<Job>;

class Work;

// What happens in the transaction that marks a step or a batch: it is there once, or not at all.
using Effect = std::function<awaitable<Result<void>>(pg::Transaction&, Context&)>;

// One step of a kind. `run` may come again after a crash, from its beginning, so what it does
// outside of an Effect must be the same when it is done twice. `undo` takes back what `run` did, or
// did in part, or did not begin with.
struct Step {
  std::string name;
  std::function<awaitable<Result<void>>(Work&)> run;
  std::function<awaitable<Result<void>>(Work&)> undo = nullptr;
};

// How a sort of work is done. Steps of a kind that has run are only ever added at its end.
struct Kind {
  std::string name;
  std::vector<Step> steps;
  // Of a step that fails in a way that may pass, or whose process dies; then the job has failed.
  int attempts = 5;
  // Before the second attempt; twice as long before each further one.
  std::chrono::milliseconds pause = std::chrono::seconds(5);
  // After this long without getting on, a step counts as dead.
  std::chrono::milliseconds step_limit = std::chrono::minutes(10);

  bool undoes() const;
};

// The service's own events about its jobs.
struct Events {
  using Make = std::function<std::unique_ptr<google::protobuf::Message>(const Job& before,
                                                                        const Job& after)>;
  Make started;
  Make updated;
  Make finished;
};
template <class Event>
Events::Make change_event() {
  return [](const Job& before, const Job& after) {
    auto event = std::make_unique<Event>();
    *event->mutable_before() = before;
    *event->mutable_after() = after;
    return event;
  };
}
// Of messages with `job`, and twice with `before` and `after`.
template <class Started, class Updated, class Finished>
Events events_of() {
  const auto started = [](const Job&, const Job& job) {
    auto event = std::make_unique<Started>();
    *event->mutable_job() = job;
    return event;
  };
  return {
      .started = started, .updated = change_event<Updated>(), .finished = change_event<Finished>()};
}

// What a service says of all its jobs.
struct Declaration {
  std::string service;
  Events events;
  // SQL of `j` that fills fields of a Job which are the service's own, and what lists filter by.
  std::vector<std::string> columns = {};
  std::map<std::string, lists::Field> fields = {};
  // In the transaction of any end: to tell somebody, to throw away what is not wanted.
  std::function<awaitable<Result<void>>(pg::Transaction&, Context&, const Job& ended)> on_end =
      nullptr;
  std::chrono::hours kept_for{24};
};

enum class Priority { interactive = 0, batch = 1 };

// A job to be made.
struct NewJob {
  std::string kind;
  Caller caller = {};  // A user, or the system.
  Priority priority = Priority::interactive;
  std::string request = "{}";   // JSON of what was asked for.
  std::string unique_key = {};  // Empty: made each time.
  int total = 0;
  bool total_estimated = false;
};

// Of Errors that end an attempt without a verdict on the job.
inline constexpr const char* kTakenAway = "job_taken_away";  // Cancelled, or somebody else's.
inline constexpr const char* kCancelAsked = "job_cancelled";
inline constexpr const char* kStopping = "worker_stopping";

// Whether it can be told to end.
Result<void> may_cancel(const Job& job);
// What somebody who waits can do something about ends a job; this passes by itself.
bool may_pass(const Error& error);
// Before the attempt after so many.
std::chrono::milliseconds pause_after(int tries, std::chrono::milliseconds first);

}  // namespace bordero::jobs
