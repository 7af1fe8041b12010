#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "platform/pg/database.hpp"
#include "platform/testing/stores.hpp"

namespace bordero::pg {

inline const std::vector<Migration>& test_migrations() {
  static const std::vector<Migration> all = {{"0001_things.sql", R"sql(
      CREATE TABLE things (
        id     integer PRIMARY KEY,
        name   text NOT NULL CONSTRAINT things_name_not_bad CHECK (name <> 'bad'),
        weight integer
      ))sql"}};
  return all;
}

// A fresh database, one worker and its pool; coroutines run to their end on this thread.
class PgTest : public ::testing::Test {
 protected:
  testing::FreshDatabase fresh_{"pgtest", test_migrations()};
  asio::io_context io_;
  std::optional<Database> db_;

  void SetUp() override { open({}); }
  void TearDown() override {
    db_.reset();
    io_.restart();
    io_.run();
  }

  void open(Settings settings) {
    if (settings.dsn.empty()) settings.dsn = fresh_.dsn();
    settings.application_name = "pgtest";
    db_.emplace(io_.get_executor(), settings);
  }

  static Context context(std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    return system_context("test", limit);
  }
  static Context keyed(const std::string& key, const std::string& digest = "d1") {
    Context made = context();
    made.idempotency_key = key;
    made.request_digest = digest;
    made.method = "bordero.test.v1.ThingService/MakeThing";
    return made;
  }

  template <class T>
  T run(awaitable<T> work) {
    std::optional<T> value;
    std::exception_ptr thrown;
    asio::co_spawn(io_, std::move(work), [&](std::exception_ptr error, T result) {
      thrown = error;
      value.emplace(std::move(result));
    });
    io_.restart();
    while (!value) io_.run_one();
    if (thrown) std::rethrow_exception(thrown);
    return std::move(*value);
  }
  void run(awaitable<void> work) {
    bool done = false;
    std::exception_ptr thrown;
    asio::co_spawn(io_, std::move(work), [&](std::exception_ptr error) {
      thrown = error;
      done = true;
    });
    io_.restart();
    while (!done) io_.run_one();
    if (thrown) std::rethrow_exception(thrown);
  }
  std::string count(const std::string& condition = "true") {
    return fresh_.value("SELECT count(*) FROM things WHERE " + condition);
  }
};

}  // namespace bordero::pg
