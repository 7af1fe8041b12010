#include "app/serve.hpp"

#include <algorithm>
#include <csignal>
#include <future>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "app/config.hpp"
#include "app/idle_memory.hpp"
#include "app/test_clock.hpp"
#include "app/worker.hpp"
#include "platform/background/work.hpp"
#include "platform/base/clock.hpp"
#include "platform/base/log.hpp"
#include "platform/base/log_queue.hpp"
#include "platform/rpc/grpc_server.hpp"
#include "platform/telemetry/admin.hpp"
#include "platform/telemetry/health.hpp"
#include "platform/telemetry/trace.hpp"
#include "platform/tls/tls.hpp"
#include "services/gateway/src/service.hpp"

namespace bordero::app {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

// From the signal to the end, the pause for balancers included.
constexpr auto kStopWithin = seconds(27);
constexpr auto kFinishAtLeast = seconds(3);
constexpr auto kTurnsEndWithin = seconds(2);  // Of background work: what does not, rolls back.
constexpr auto kLogWithin = seconds(1);

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
  Process(const Config& config, const Modules& modules,
          const std::optional<gateway::Config>& gateway, const char* name)
      : config_(config),
        modules_(modules),
        gateway_(gateway),
        backstage_(modules, name),
        test_clock_(backstage_.executor(), config.test_clock_file),
        idle_memory_(backstage_.executor()) {
    for (int i = 0; i < config.threads; ++i) {
      workers_.push_back(std::make_unique<Worker>(modules, name));
    }
  }

  void start() {
    for (auto& worker : workers_) worker->start();
    backstage_.start();
    start_background();
    if (gateway_) {
      start_gateway();
    } else {
      start_grpc();
    }
  }

  void stop() {
    telemetry::set_stopping();
    log::info("stopping");
    std::this_thread::sleep_for(config_.shutdown_pause);  // Balancers see "not ready" first.
    const auto until =
        steady_clock::now() +
        std::max<steady_clock::duration>(kStopWithin - config_.shutdown_pause, kFinishAtLeast);
    drain_gateway(until);
    stop_grpc(until);
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
    for (const auto& module : modules_) {
      if (!module->here()) continue;
      grpc_.push_back(std::make_unique<rpc::GrpcServer>(module->address(), targets));
    }
  }

  void start_gateway() {
    for (auto& worker : workers_) {
      Door door{worker.get(), nullptr};
      on_worker(*worker, [&] {
        door.service =
            std::make_unique<gateway::Service>(worker->executor(), *gateway_, worker->peers());
      });
      gateways_.push_back(std::move(door));
    }
  }

  void start_background() {
    for (const auto& module : modules_) {
      if (!module->here()) continue;
      background_.push_back(module->backstage(backstage_.executor(), backstage_.peers()));
      background_.back()->start();
    }
  }

  void stop_background() {
    for (auto it = background_.rbegin(); it != background_.rend(); ++it) (*it)->stop();
    const auto until = steady_clock::now() + kTurnsEndWithin;
    while (background::turns_under_way() > 0 && steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  // All doors share the time that is left: one after the other could take a time each.
  void stop_grpc(steady_clock::time_point until) {
    std::vector<std::future<void>> ends;
    for (auto& server : grpc_) {
      ends.push_back(std::async(std::launch::async, [&server, until] { server->stop(until); }));
    }
  }

  void drain_gateway(steady_clock::time_point until) {
    for (Door& door : gateways_) on_worker(*door.worker, [&] { door.service->drain(); });
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
  const Modules& modules_;
  const std::optional<gateway::Config>& gateway_;
  std::vector<std::unique_ptr<Worker>> workers_;
  Worker backstage_;
  TestClock test_clock_;
  IdleMemory idle_memory_;
  std::vector<std::unique_ptr<rpc::GrpcServer>> grpc_;
  std::vector<Door> gateways_;
  std::vector<std::unique_ptr<Backstage>> background_;
};

// `bordero telegram-bot` is the service telegram_bot.
std::string service_of(std::string word) {
  std::replace(word.begin(), word.end(), '-', '_');
  return word;
}

}  // namespace

bool is_served(const std::string& word) {
  if (word == "all" || word == "gateway") return true;
  const Modules modules = all_modules();
  return std::any_of(modules.begin(), modules.end(),
                     [&](const auto& module) { return module->name() == service_of(word); });
}

int serve(const std::string& word) {
  const Config config;
  const Modules modules = all_modules();
  for (const auto& module : modules) {
    if (word == "all" || service_of(word) == module->name()) {
      module->settle_here();
    } else {
      env::ignore_prefix(module->settings_prefix());
    }
  }
  std::optional<gateway::Config> gateway;
  if (word == "all" || word == "gateway") {
    gateway.emplace();
  } else {
    env::ignore_prefix("BORDERO_GATEWAY_");
  }
  env::refuse_unknown();
  if (word != "all" && !tls::in_use()) {
    throw env::BadSetting("a service in a process of its own needs BORDERO_TLS_*_FILE");
  }
  clock::set_time_zone(config.time_zone);

  // Blocked before any thread starts, so that only the wait below takes them.
  sigset_t signals = endings();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  log::start(word, config.log_level);
  telemetry::start_tracing(word, config.otlp_endpoint, config.trace_ratio);

  // Whoever asks for keys in a process of all is Auth itself.
  Process process(config, modules, gateway, word == "all" ? "auth" : word.c_str());
  process.start();
  // Last, so that nobody is told "ready" before the doors are open.
  telemetry::AdminServer admin(config.admin_address);
  log::info("serving", {{"threads", config.threads}});

  int signal = 0;
  sigwait(&signals, &signal);
  process.stop();
  telemetry::stop_tracing();
  log::info("stopped");
  if (!log::finish(kLogWithin)) std::_Exit(0);
  return 0;
}

}  // namespace bordero::app
