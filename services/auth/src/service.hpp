#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/pg/database.hpp"
#include "platform/rpc/dispatcher.hpp"
#include "platform/rpc/peers.hpp"
#include "services/auth/src/config.hpp"

namespace bordero::auth {

// Users, sessions and identity tokens, for one worker thread.
class Service {
 public:
  Service(asio::any_io_executor executor, const Config& config, rpc::Peers& peers);
  ~Service();
  void add_to(rpc::Dispatcher& dispatcher);
  // The verifying keys straight from here, for the key ring of Auth's own process.
  awaitable<Result<std::vector<rpc::PublicKey>>> public_keys();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// What Auth does by itself: sends events, ends what has expired, renews keys. Once per process.
class Background {
 public:
  Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers);
  ~Background();
  void start();
  void stop();

 private:
  struct Parts;
  std::shared_ptr<Parts> parts_;
};

const std::vector<pg::Migration>& migrations();

// The one-time link of the first administrator, when nobody but them was ever invited and no link
// of theirs is open. Blocking; for the first start of an installation.
std::optional<std::string> first_admin_link(const Config& config);

}  // namespace bordero::auth
