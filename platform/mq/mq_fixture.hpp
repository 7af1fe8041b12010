#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bordero/crm/v1/events.pb.h"
#include "platform/mq/mq.hpp"
#include "platform/testing/faulty_proxy.hpp"
#include "platform/testing/stores.hpp"

namespace bordero::mq {

inline const std::vector<pg::Migration>& test_migrations() {
  static const std::vector<pg::Migration> all = {{"0001_applied.sql", R"sql(
      CREATE TABLE applied (
        position   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_id   uuid NOT NULL,
        subject    text NOT NULL,
        version    integer NOT NULL CONSTRAINT applied_version_positive CHECK (version > 0),
        trace_id   text NOT NULL,
        deliveries integer NOT NULL
      ))sql"}};
  return all;
}

// CRM publishes, Tasks applies; both keep their rows in one fresh database. One worker thread runs
// the database's side, and the test looks on from its own thread.
class MqTest : public ::testing::Test {
 protected:
  testing::FreshDatabase fresh_{"mqtest", test_migrations()};
  testing::FreshBroker broker_;
  testing::FaultyProxy proxy_{broker_.url()};
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_ = make_work_guard(io_);
  std::unique_ptr<pg::Database> db_;
  std::unique_ptr<Relay> relay_;
  std::unique_ptr<Consumer> consumer_;
  std::thread worker_;

  void SetUp() override {
    db_ = std::make_unique<pg::Database>(
        io_.get_executor(), pg::Settings{.dsn = fresh_.dsn(), .application_name = "mqtest"});
    worker_ = std::thread([this] { io_.run(); });
  }

  void TearDown() override {
    consumer_.reset();
    relay_.reset();
    on_worker([this] { db_.reset(); });
    work_.reset();
    worker_.join();
  }

  void start_relay(const std::string& url) { start_relay(url, fresh_.dsn()); }
  void start_relay(const std::string& url, const std::string& dsn) {
    relay_ =
        std::make_unique<Relay>(Relay::Settings{.service = "crm", .pg_dsn = dsn, .amqp_url = url});
  }

  // A proxy in front of the database, and the DSN that leads through it: later words win.
  std::string database_url() const {
    return "postgresql://127.0.0.1:" + value("SELECT inet_server_port()") + "/";
  }
  std::string dsn_through(const testing::FaultyProxy& proxy) const {
    const std::string url = proxy.url();
    const auto colon = url.rfind(':');
    return fresh_.dsn() + " host='127.0.0.1' port='" +
           url.substr(colon + 1, url.size() - colon - 2) + "'";
  }

  Consumer::Settings consumer_settings(const std::string& url) const {
    Consumer::Settings settings;
    settings.service = "tasks";
    settings.amqp_url = url;
    return settings;
  }

  void start_consumer(const Consumer::Settings& settings, Consumer::Handler handler,
                      const std::string& pattern = "crm.#") {
    consumer_ = std::make_unique<Consumer>(settings, io_.get_executor(), *db_);
    consumer_->on(pattern, std::move(handler));
    consumer_->start();
  }

  static awaitable<Result<void>> record(pg::Transaction& tx, Context& context, const Event& event) {
    tx.execute(R"sql(
        INSERT INTO applied (event_id, subject, version, trace_id, deliveries)
        VALUES ($1, $2, $3, $4, $5))sql",
               event.meta.id(), event.meta.subject(), event.meta.version(), context.trace.trace_id,
               event.deliveries);
    co_return Result<void>();
  }

  // Databases live on the worker's thread.
  void on_worker(std::function<void()> action) {
    asio::post(io_, asio::use_future(std::move(action))).get();
  }

  template <class T>
  T run(awaitable<T> work) {
    return asio::co_spawn(io_, std::move(work), asio::use_future).get();
  }

  // One transaction with one event of each version.
  void publish_versions(const std::string& subject, int first, int last) {
    run(publish_in_one(subject, first, last));
  }

  awaitable<void> publish_in_one(std::string subject, int first, int last) {
    Context context = system_context("test", std::chrono::seconds(10));
    context.trace = TraceContext::parse(kTraceparent);
    auto tx = co_await db_->begin(context);
    crm::v1::ClientCreated event;
    event.mutable_client()->set_id(subject);
    for (int version = first; version <= last; ++version) {
      publish(*tx, context, event,
              {.entity_type = "client", .entity_id = subject, .version = version});
    }
    const auto done = co_await tx->commit();
    ensure(done.ok(), "the test's events are committed");
  }

  std::string value(const std::string& sql) const { return fresh_.value(sql); }
  int applied() const { return std::stoi(value("SELECT count(*) FROM applied")); }
  int pending() const { return std::stoi(value("SELECT count(*) FROM outbox")); }
  // Applied more than once, or before an older version of the same subject.
  int doubled() const {
    return std::stoi(value("SELECT count(*) - count(DISTINCT event_id) FROM applied"));
  }
  int disordered() const {
    return std::stoi(value(R"sql(
        SELECT count(*)
          FROM (SELECT version <= lag(version) OVER (PARTITION BY subject ORDER BY position) AS late
                  FROM applied) AS pairs
         WHERE late)sql"));
  }

  static bool eventually(const std::function<bool()>& holds,
                         std::chrono::seconds limit = std::chrono::seconds(30)) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!holds()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
  }

  static constexpr const char* kTraceparent =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
};

}  // namespace bordero::mq
