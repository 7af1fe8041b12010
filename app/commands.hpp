#pragma once

#include <string>
#include <vector>

namespace bordero::app {

// `bordero migrate`: brings every service's database to this release's schema.
int migrate(const std::vector<std::string>& arguments);
// `bordero first-admin`: prints a one-time link for the first administrator while nobody has used
// one; the link is shown on the terminal and stands in no log.
int first_admin(const std::vector<std::string>& arguments);
// `bordero seed [--size demo|large] [--users-file PATH] [--clients N] [--deals N]
// [--policies N] [--tasks N]`.
int seed(const std::vector<std::string>& arguments);
// `bordero parked list|read|replay|discard SERVICE [EVENT]`: the events that the service could not
// apply. Replay takes all of them without an EVENT.
int parked(const std::vector<std::string>& arguments);
// `bordero reconcile [SERVICE]`: has the services that run compare their copies of others' records
// with the owners now, and prints what each found and repaired.
int reconcile(const std::vector<std::string>& arguments);

}  // namespace bordero::app
