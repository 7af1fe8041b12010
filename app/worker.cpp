#include "app/worker.hpp"

#include "bordero/auth/v1/sessions.pb.h"
#include "platform/base/log.hpp"

namespace bordero::app {

ServiceConfigs::ServiceConfigs(const std::set<std::string>& names) {
  if (names.contains("auth")) auth.emplace();
  if (names.contains("crm")) crm.emplace();
  if (names.contains("audit")) audit.emplace();
  if (names.contains("gateway")) gateway.emplace();
  for (const auto& [name, prefix] : {std::pair{"auth", "BORDERO_AUTH_"},
                                     {"crm", "BORDERO_CRM_"},
                                     {"audit", "BORDERO_AUDIT_"},
                                     {"gateway", "BORDERO_GATEWAY_"}}) {
    if (!names.contains(name)) env::ignore_prefix(prefix);
  }
}

Worker::Worker(const Config& config, const ServiceConfigs& services)
    : keys_([this] { return fetch_keys(); }), dispatcher_(keys_) {
  process_name_ = services.gateway ? "gateway"
                  : services.crm   ? "crm"
                  : services.audit ? "audit"
                                   : "auth";
  connect("auth", services.auth.has_value(), config.auth_address);
  connect("crm", services.crm.has_value(), config.crm_address);
  connect("audit", services.audit.has_value(), config.audit_address);

  if (services.auth) {
    auth_ = std::make_unique<auth::Service>(executor(), *services.auth, peers_);
    auth_->add_to(dispatcher_);
    dispatcher_.check("auth");
  }
  if (services.crm) {
    crm_ = std::make_unique<crm::Service>(executor(), *services.crm, peers_);
    crm_->add_to(dispatcher_);
    dispatcher_.check("crm");
  }
  if (services.audit) {
    audit_ = std::make_unique<audit::Service>(executor(), *services.audit, peers_);
    audit_->add_to(dispatcher_);
    dispatcher_.check("audit");
  }
}

Worker::~Worker() { stop(); }

void Worker::connect(const std::string& service, bool here, const std::string& address) {
  peers_.set(service,
             here ? rpc::direct_channel(dispatcher_) : rpc::grpc_channel(executor(), address));
}

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
