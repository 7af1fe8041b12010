#include "app/module.hpp"

#include <algorithm>
#include <cctype>

#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"
#include "services/audit/src/service.hpp"
#include "services/auth/src/seed/seed.hpp"
#include "services/auth/src/service.hpp"
#include "services/crm/src/seed/seed.hpp"
#include "services/crm/src/service.hpp"
#include "services/notifications/src/seed/seed.hpp"
#include "services/notifications/src/service.hpp"
#include "services/payments/src/seed/seed.hpp"
#include "services/payments/src/service.hpp"
#include "services/tasks/src/seed/seed.hpp"
#include "services/tasks/src/service.hpp"

namespace bordero::app {
namespace {

template <class Background>
class BackstageOf : public Backstage {
 public:
  template <class Config>
  BackstageOf(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
      : background_(executor, config, peers) {}
  void start() override { background_.start(); }
  void stop() override { background_.stop(); }

 private:
  Background background_;
};

using Migrations = const std::vector<pg::Migration>& (*)();

template <class Config, class Service, class Background>
class ModuleOf : public Module {
 public:
  using Seed = void (*)(const Config&, const SeedOptions&);  // Null where nothing is seeded.

  ModuleOf(std::string name, std::string default_address, Migrations migrations, Seed seed)
      : Module(std::move(name), std::move(default_address)), migrations_(migrations), seed_(seed) {}

  void settle_here() override {
    config_.emplace();
    here_ = true;
  }
  const std::vector<pg::Migration>& migrations() const override { return migrations_(); }
  void seed(const SeedOptions& options) const override {
    if (seed_ != nullptr) seed_(Config(), options);
  }
  std::shared_ptr<void> serve(asio::any_io_executor executor, rpc::Peers& peers,
                              rpc::Dispatcher& dispatcher) const override {
    auto service = std::make_shared<Service>(executor, *config_, peers);
    service->add_to(dispatcher);
    dispatcher.check(name());
    return service;
  }
  std::unique_ptr<Backstage> backstage(asio::any_io_executor executor,
                                       rpc::Peers& peers) const override {
    return std::make_unique<BackstageOf<Background>>(executor, *config_, peers);
  }

 private:
  Migrations migrations_;
  Seed seed_;
  std::optional<Config> config_;
};

}  // namespace

Module::Module(std::string name, std::string default_address) : name_(std::move(name)) {
  address_ = env::text((settings_prefix() + "RPC_ADDRESS").c_str(), default_address);
  // For `bordero migrate` alone; serving does without, and one environment file serves both.
  owner_dsn_ = env::secret((settings_prefix() + "PG_MIGRATE_DSN").c_str(), "");
}

std::string Module::settings_prefix() const {
  std::string prefix = "BORDERO_" + name_ + "_";
  std::transform(prefix.begin(), prefix.end(), prefix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return prefix;
}

Modules all_modules() {
  Modules all;
  all.push_back(std::make_unique<ModuleOf<auth::Config, auth::Service, auth::Background>>(
      "auth", "127.0.0.1:9101", auth::migrations, auth::seed));
  all.push_back(std::make_unique<ModuleOf<crm::Config, crm::Service, crm::Background>>(
      "crm", "127.0.0.1:9102", crm::migrations, crm::seed));
  all.push_back(std::make_unique<ModuleOf<audit::Config, audit::Service, audit::Background>>(
      "audit", "127.0.0.1:9103", audit::migrations, nullptr));
  all.push_back(
      std::make_unique<ModuleOf<payments::Config, payments::Service, payments::Background>>(
          "payments", "127.0.0.1:9104", payments::migrations, payments::seed));
  all.push_back(std::make_unique<ModuleOf<tasks::Config, tasks::Service, tasks::Background>>(
      "tasks", "127.0.0.1:9105", tasks::migrations, tasks::seed));
  all.push_back(std::make_unique<
                ModuleOf<notifications::Config, notifications::Service, notifications::Background>>(
      "notifications", "127.0.0.1:9106", notifications::migrations, notifications::seed));
  return all;
}

}  // namespace bordero::app
