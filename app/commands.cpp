#include "app/commands.hpp"

#include <charconv>
#include <future>
#include <iostream>

#include "app/config.hpp"
#include "app/module.hpp"
#include "demo/seed_options.hpp"
#include "platform/base/clock.hpp"
#include "platform/base/log.hpp"
#include "platform/pg/database.hpp"
#include "services/auth/src/service.hpp"

namespace bordero::app {
namespace {

void start_command(const char* name) {
  const Config config;
  clock::set_time_zone(config.time_zone);
  log::start(name, config.log_level);
}

int count_from(const std::string& text, const std::string& option) {
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size() || count < 1) {
    throw env::BadSetting(option + " needs a whole number above zero");
  }
  return count;
}

SeedOptions seed_options(const std::vector<std::string>& arguments) {
  SeedOptions options;
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const std::string& option = arguments[i];
    if (i + 1 == arguments.size()) throw env::BadSetting(option + " needs a value");
    const std::string& value = arguments[i + 1];
    if (option == "--size" && (value == "demo" || value == "large")) {
      options.large = value == "large";
    } else if (option == "--users-file") {
      options.users_file = value;
    } else if (option == "--clients") {
      options.clients = count_from(value, option);
    } else if (option == "--deals") {
      options.deals = count_from(value, option);
    } else if (option == "--policies") {
      options.policies = count_from(value, option);
    } else if (option == "--tasks") {
      options.tasks = count_from(value, option);
    } else {
      std::string unknown = "seed does not know ";
      throw env::BadSetting(unknown.append(option).append(" ").append(value));
    }
  }
  return options;
}

}  // namespace

int migrate(const std::vector<std::string>&) {
  start_command("migrate");
  for (const auto& module : all_modules()) {
    if (module->owner_dsn().empty()) {
      throw env::BadSetting(module->settings_prefix() + "PG_MIGRATE_DSN is missing");
    }
    pg::migrate(module->owner_dsn(), module->name(), module->migrations());
  }
  return 0;
}

int first_admin(const std::vector<std::string>&) {
  start_command("first-admin");
  const auto link = auth::first_admin_link(auth::Config());
  if (link) {
    std::cout << "The first administrator sets a password here, once: " << *link << '\n';
  } else {
    std::cout << "There is an administrator already, or an open link for one.\n";
  }
  return 0;
}

int seed(const std::vector<std::string>& arguments) {
  const SeedOptions options = seed_options(arguments);
  start_command("seed");
  // Each fills a database of its own, mostly one statement at a time, so they go side by side.
  const auto modules = all_modules();
  std::vector<std::future<void>> loads;
  for (const auto& module : modules) {
    loads.push_back(std::async(std::launch::async, [&] { module->seed(options); }));
  }
  for (auto& load : loads) load.get();
  return 0;
}

}  // namespace bordero::app
