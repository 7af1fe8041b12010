#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <thread>
#include <vector>

#include "app/module.hpp"

namespace bordero::app {

// One thread and everything that lives on it: an io_context, the services of this process, their
// dispatcher, and the channels to the services that live elsewhere.
class Worker {
 public:
  // `process_name` says who asks when a process without Auth fetches its keys: a literal.
  Worker(const Modules& modules, const char* process_name);
  ~Worker();

  void start();  // Runs the io_context on a thread of its own.
  void stop();
  asio::any_io_executor executor() { return io_.get_executor(); }
  rpc::Peers& peers() { return peers_; }
  rpc::Dispatcher& dispatcher() { return dispatcher_; }

 private:
  awaitable<Result<std::vector<rpc::PublicKey>>> fetch_keys();

  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard_{io_.get_executor()};
  rpc::Peers peers_;
  rpc::KeyRing keys_;
  rpc::Dispatcher dispatcher_;
  std::vector<std::shared_ptr<void>> services_;
  const char* process_name_;
  std::thread thread_;
};

}  // namespace bordero::app
