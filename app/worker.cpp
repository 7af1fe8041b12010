#include "app/worker.hpp"

#include "bordero/auth/v1/sessions.pb.h"
#include "platform/base/log.hpp"
#include "platform/rpc/grpc_channel.hpp"
#include "platform/rpc/resilient_channel.hpp"

namespace bordero::app {

Worker::Worker(const Modules& modules, const char* process_name)
    : keys_([this] { return fetch_keys(); }), dispatcher_(keys_), process_name_(process_name) {
  for (const auto& module : modules) {
    peers_.set(module->name(),
               module->here() ? rpc::direct_channel(dispatcher_)
                              : rpc::resilient_channel(rpc::grpc_channel(executor(), module->name(),
                                                                         module->address()),
                                                       module->name()));
  }
  for (const auto& module : modules) {
    if (module->here()) services_.push_back(module->serve(executor(), peers_, dispatcher_));
  }
}

Worker::~Worker() { stop(); }

awaitable<Result<std::vector<rpc::PublicKey>>> Worker::fetch_keys() {
  const Context context = system_context("fetch_keys", std::chrono::seconds(2));
  const auth::v1::GetKeysRequest request;
  CO_TRY(const auto reply,
         co_await rpc::ask<auth::v1::KeySet>(peers_.to("auth"), process_name_, context,
                                             "bordero.auth.v1.SessionService/GetKeys", request));
  std::vector<rpc::PublicKey> keys;
  for (const auto& key : reply.keys()) keys.push_back({key.kid(), key.public_key()});
  co_return keys;
}

void Worker::start() {
  thread_ = std::thread([this] {
    for (;;) {
      try {
        io_.run();
        return;
      } catch (const std::exception& bug) {
        // A coroutine that nobody awaits let an exception out; the thread must go on.
        log::error("worker survived an exception", {{"error", bug.what()}});
      }
    }
  });
}

void Worker::stop() {
  guard_.reset();
  io_.stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace bordero::app
