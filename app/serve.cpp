#include "app/serve.hpp"

#include <csignal>
#include <future>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "app/worker.hpp"
#include "platform/base/clock.hpp"
#include "platform/base/log.hpp"
#include "platform/rpc/grpc_server.hpp"
#include "platform/telemetry/admin.hpp"
#include "platform/telemetry/health.hpp"
#include "platform/telemetry/trace.hpp"

namespace bordero::app {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr auto kFinishWithin = seconds(25);

sigset_t endings() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// Runs on the worker's own thread and waits for it: what lives there is not shared.
template <class Work>
void on_worker(Worker& worker, Work work) {
  std::promise<void> done;
  asio::post(worker.executor(), [&] {
    work();
    done.set_value();
  });
  done.get_future().wait();
}

// The services of one process: workers that serve, and one more for background work.
class Process {
 public:
  Process(const Config& config, const ServiceConfigs& services)
      : config_(config), services_(services), backstage_(config, services) {
    for (int i = 0; i < config.threads; ++i) {
      workers_.push_back(std::make_unique<Worker>(config, services));
    }
  }

  void start() {
    for (auto& worker : workers_) worker->start();
    backstage_.start();
    start_background();
    if (!services_.gateway) start_grpc();
    if (services_.gateway) start_gateway();
  }

  void stop() {
    telemetry::set_stopping();
    log::info("stopping");
    std::this_thread::sleep_for(config_.shutdown_pause);  // Balancers see "not ready" first.
    drain_gateway();
    for (auto& server : grpc_) server->stop(kFinishWithin);
    stop_background();
    for (auto& gateway : gateways_) {
      on_worker(*gateway.worker, [&] { gateway.service.reset(); });
    }
    for (auto& worker : workers_) worker->stop();
    backstage_.stop();
  }

 private:
  struct Door {
    Worker* worker;
    std::unique_ptr<gateway::Service> service;
  };

  void start_grpc() {
    std::vector<rpc::GrpcServer::Target> targets;
    for (auto& worker : workers_) targets.push_back({worker->executor(), &worker->dispatcher()});
    const auto listen = [&](bool here, const std::string& address) {
      if (here) grpc_.push_back(std::make_unique<rpc::GrpcServer>(address, targets));
    };
    listen(services_.auth.has_value(), config_.auth_address);
    listen(services_.crm.has_value(), config_.crm_address);
    listen(services_.audit.has_value(), config_.audit_address);
  }

  void start_gateway() {
    for (auto& worker : workers_) {
      Door door{worker.get(), nullptr};
      on_worker(*worker, [&] {
        door.service = std::make_unique<gateway::Service>(worker->executor(), *services_.gateway,
                                                          worker->peers());
      });
      gateways_.push_back(std::move(door));
    }
  }

  void start_background() {
    const auto executor = backstage_.executor();
    auto& peers = backstage_.peers();
    if (services_.auth) auth_.emplace(executor, *services_.auth, peers).start();
    if (services_.crm) crm_.emplace(executor, *services_.crm, peers).start();
    if (services_.audit) audit_.emplace(executor, *services_.audit, peers).start();
  }

  void stop_background() {
    if (audit_) audit_->stop();
    if (crm_) crm_->stop();
    if (auth_) auth_->stop();
  }

  void drain_gateway() {
    for (Door& door : gateways_) on_worker(*door.worker, [&] { door.service->drain(); });
    const auto until = steady_clock::now() + kFinishWithin;
    while (open_requests() > 0 && steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  int open_requests() {
    int open = 0;
    for (Door& door : gateways_) {
      on_worker(*door.worker, [&] { open += door.service->open_requests(); });
    }
    return open;
  }

  const Config& config_;
  const ServiceConfigs& services_;
  std::vector<std::unique_ptr<Worker>> workers_;
  Worker backstage_;
  std::vector<std::unique_ptr<rpc::GrpcServer>> grpc_;
  std::vector<Door> gateways_;
  std::optional<auth::Background> auth_;
  std::optional<crm::Background> crm_;
  std::optional<audit::Background> audit_;
};

}  // namespace

int serve(const std::vector<std::string>& names) {
  const std::string process_name = names.size() > 1 ? "all" : names.front();
  const Config config;
  const ServiceConfigs services({names.begin(), names.end()});
  env::refuse_unknown();
  clock::set_time_zone(config.time_zone);
  log::start(process_name, config.log_level);
  telemetry::start_tracing(process_name, config.otlp_endpoint, config.trace_ratio);

  // Blocked before any thread starts, so that only the wait below takes them.
  sigset_t signals = endings();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  Process process(config, services);
  process.start();
  // Last, so that nobody is told "ready" before the doors are open.
  telemetry::AdminServer admin(config.admin_address);
  log::info("serving", {{"threads", config.threads}});

  int signal = 0;
  sigwait(&signals, &signal);
  process.stop();
  telemetry::stop_tracing();
  log::info("stopped");
  return 0;
}

}  // namespace bordero::app
