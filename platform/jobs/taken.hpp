#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/jobs/job_store.hpp"

// A job in the hands of a worker: taken for as long as its lease, written by the newest attempt
// alone.
namespace bordero::jobs {

using Lease = std::chrono::milliseconds;

struct Taken {
  JobId id;
  std::string kind;
  Caller caller;  // The user, or the system.
  std::string request;
  std::string state;
  int step = 0;
  int attempt = 0;
  int tries = 0;
  bool undoing = false;
  bool cancel_asked = false;
  Job view;  // With how far it is, as it was told last.
};

// The first job of these kinds that waits, or whose worker has not been heard of; one of a user.
awaitable<std::optional<Taken>> take_job(pg::Transaction& tx, const Declaration& service,
                                         const std::vector<std::string>& kinds, Priority lowest,
                                         Lease lease);
// Whether there is one; cheaper than to take none.
awaitable<bool> any_to_take(pg::Transaction& tx, const std::vector<std::string>& kinds,
                            Priority lowest);

// Locks it; nothing once it is cancelled, or somebody else's.
struct Held {
  bool cancel_asked = false;
};
awaitable<std::optional<Held>> hold(pg::Transaction& tx, const Taken& job);

// Each of these is for a job that is held. How far it is; `told` makes a version of it.
void save_place(pg::Transaction& tx, const Taken& job, Lease lease, bool told);
void save_undoing(pg::Transaction& tx, const Taken& job, const std::string& ends_as,
                  const std::string& error);
void save_not_undone(pg::Transaction& tx, const Taken& job, const std::string& what);
// As `ends_as` says when nothing is given.
void save_end(pg::Transaction& tx, const Declaration& service, const Taken& job,
              const std::string& status, const std::string& error);

// To be taken again after a pause.
void give_back(pg::Transaction& tx, const Taken& job, std::chrono::milliseconds pause);
// To be taken again at once; the attempt does not count.
void hand_over(pg::Transaction& tx, const Taken& job);
// Not held: says that its worker lives.
void renew_lease(pg::Transaction& tx, const Taken& job, Lease lease);

}  // namespace bordero::jobs
