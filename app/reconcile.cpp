#include <chrono>
#include <iostream>
#include <thread>

#include "app/commands.hpp"
#include "app/module.hpp"
#include "platform/base/env.hpp"
#include "platform/pg/blocking.hpp"

namespace bordero::app {
namespace {

using namespace std::chrono_literals;

constexpr auto kTakenWithin = 30s;
constexpr auto kDoneWithin = 10min;

// Whether the statement gives "t" before the time is over.
bool comes(pg::BlockingConnection& database, const char* question,
           std::chrono::steady_clock::duration within) {
  const auto until = std::chrono::steady_clock::now() + within;
  while (database.column(question) != std::vector<std::string>{"t"}) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(500ms);
  }
  return true;
}

// The service that runs does the work: this asks for it and waits for its report.
std::string compared(pg::BlockingConnection& database) {
  database.execute(
      "UPDATE background_jobs SET asked_at = now(), started_at = coalesce(started_at, known_at) "
      "WHERE name = 'compare_copies'");
  const auto before =
      database.column("SELECT started_at::text FROM background_jobs WHERE name = 'compare_copies'");
  if (!comes(database, "SELECT asked_at IS NULL FROM background_jobs WHERE name = 'compare_copies'",
             kTakenWithin)) {
    return "nobody took it up: does the service run?";
  }
  const std::string done = "SELECT started_at <> '" + before.at(0) +
                           "'::timestamptz FROM background_jobs WHERE name = 'compare_copies'";
  if (!comes(database, done.c_str(), kDoneWithin)) return "it is still at work";
  const auto failed = database.column(
      "SELECT failure FROM background_jobs WHERE name = 'compare_copies' AND failures > 0");
  return failed.empty() ? "" : "it failed: " + failed.front();
}

}  // namespace

int reconcile(const std::vector<std::string>& arguments) {
  if (arguments.size() > 1) throw env::BadSetting("reconcile [SERVICE]");
  int result = 0;
  for (const auto& module : all_modules()) {
    if (!arguments.empty() && arguments[0] != module->name()) continue;
    pg::BlockingConnection database(module->owner_dsn());
    const bool has_copies =
        !database.column("SELECT 1 FROM background_jobs WHERE name = 'compare_copies'").empty();
    if (!has_copies) continue;
    const std::string failure = compared(database);
    std::cout << module->name() << ": ";
    if (failure.empty()) {
      std::cout << database
                       .column(
                           "SELECT result::text FROM background_jobs "
                           "WHERE name = 'compare_copies'")
                       .at(0);
    } else {
      std::cout << failure;
      result = 1;
    }
    std::cout << std::endl;
  }
  return result;
}

}  // namespace bordero::app
