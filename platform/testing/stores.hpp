#pragma once

#include <memory>
#include <string>
#include <vector>

#include "platform/pg/database.hpp"

// Real stores for tests, from the environment that tools/with-test-stores sets.
namespace bordero::testing {

// A database of its own, migrated, with an owner and an application role; dropped at the end.
class FreshDatabase {
 public:
  FreshDatabase(const std::string& service, const std::vector<pg::Migration>& migrations);
  ~FreshDatabase();
  const std::string& dsn() const { return dsn_; }  // The application role.
  const std::string& owner_dsn() const { return owner_dsn_; }
  // Runs SQL as the superuser and gives the first column of the first row.
  std::string value(const std::string& sql) const;
  void execute(const std::string& sql) const;

 private:
  std::string name_;
  std::string dsn_;
  std::string owner_dsn_;
};

class Claim;

// A virtual host of its own on the broker, without queues; URL for all services.
class FreshBroker {
 public:
  FreshBroker();
  ~FreshBroker();
  const std::string& url() const { return url_; }

 private:
  std::shared_ptr<Claim> claim_;
  std::string vhost_;
  std::string url_;
};

// A logical database of the test Redis, this process's own until it ends, emptied by every call.
std::string fresh_redis_url();

}  // namespace bordero::testing
