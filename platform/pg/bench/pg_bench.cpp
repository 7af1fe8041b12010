#include <benchmark/benchmark.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "bordero/common/v1/common.pb.h"
#include "bordero/crm/v1/deals.pb.h"
#include "platform/base/uuid.hpp"
#include "platform/pg/database.hpp"
#include "platform/testing/stores.hpp"

// CPU of this process per unit of work; run under tools/with-test-stores. Eight coroutines at once
// keep the thread busy, so that the time is spent on work and not on waiting.
namespace bordero::pg {
namespace {

const std::vector<Migration>& migrations() {
  static const std::vector<Migration> all = {{"0001_deals.sql", R"sql(
      CREATE TABLE deals (
        id uuid PRIMARY KEY, number text NOT NULL, title text NOT NULL, status text NOT NULL,
        client_id uuid NOT NULL, start_date date, created_at timestamptz NOT NULL DEFAULT now(),
        version integer NOT NULL DEFAULT 1);
      INSERT INTO deals
      SELECT ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'D-' || i,
             'Каско на год', 'active', gen_random_uuid(), '2026-11-23'
        FROM generate_series(1, 10000) i)sql"}};
  return all;
}

constexpr const char* kColumns =
    "SELECT id, number, title, status, client_id, start_date, created_at, version FROM deals ";

struct Bench {
  testing::FreshDatabase fresh{"pgbench", migrations()};
  asio::io_context io{1};
  Database db{io.get_executor(), {.dsn = fresh.dsn(), .application_name = "bench"}};
  int key = 0;

  template <class Work>
  void run(benchmark::State& state, Work work) {
    constexpr int kAtOnce = 8;
    auto loop = [&](int count) -> awaitable<void> {
      for (int i = 0; i < count; ++i) co_await work(*this);
    };
    auto all = [&](int count) {
      for (int i = 0; i < kAtOnce; ++i)
        asio::co_spawn(io, loop(count), [](std::exception_ptr error) {
          if (error) std::rethrow_exception(error);
        });
      io.restart();
      io.run();
    };
    all(20);
    for (auto _ : state) all(100);
    state.SetItemsProcessed(state.iterations() * 100 * kAtOnce);
  }
};

awaitable<void> read_one(Bench& bench) {
  Context ctx = system_context("bench", std::chrono::seconds(10));
  auto tx = co_await bench.db.read(ctx);
  const auto row = co_await tx->find_one(std::string(kColumns) + "WHERE id = $1",
                                         "00000000-0000-7000-8000-000000000042");
  benchmark::DoNotOptimize(row->to<crm::v1::Deal>());
}

awaitable<void> list_fifty(Bench& bench) {
  Context ctx = system_context("bench", std::chrono::seconds(10));
  auto tx = co_await bench.db.read(ctx);
  const Rows rows = co_await tx->query(std::string(kColumns) + "ORDER BY id LIMIT 50");
  for (const Row& row : rows) benchmark::DoNotOptimize(row.to<crm::v1::Deal>());
}

awaitable<void> write(Bench& bench, std::string key) {
  Context ctx = system_context("bench", std::chrono::seconds(10));
  ctx.idempotency_key = key;
  ctx.request_digest = "d";
  ctx.method = "bordero.crm.v1.DealService/CreateDeal";
  auto tx = co_await bench.db.begin(ctx);
  const Uuid id = Uuid::v7();
  const auto row = co_await tx->find_one(
      "INSERT INTO deals (id, number, title, status, client_id) VALUES ($1, $2, $3, $4, $5) "
      "RETURNING id, number, title, status, client_id, start_date, created_at, version",
      id, "D-1", "Каско", crm::v1::DEAL_STATUS_DRAFT, Uuid::v7());
  const auto deal = row->to<crm::v1::Deal>();
  tx->execute(
      "INSERT INTO outbox (event_id, type, subject, time, headers, traceparent, body) "
      "VALUES ($1, $2, $3, now(), $4, '', $5)",
      Uuid::v7(), "crm.deal.created", id, "{}", "{\"deal_id\":\"x\"}");
  const auto ended = co_await tx->commit(deal);
  ensure(ended.ok(), "the measured write commits");
}

void read(benchmark::State& state) {
  Bench().run(state, [](Bench& bench) { return read_one(bench); });
}
void list(benchmark::State& state) {
  Bench().run(state, [](Bench& bench) { return list_fifty(bench); });
}
void write_plain(benchmark::State& state) {
  Bench().run(state, [](Bench& bench) { return write(bench, ""); });
}
void write_keyed(benchmark::State& state) {
  Bench().run(state, [](Bench& bench) { return write(bench, std::to_string(++bench.key)); });
}
BENCHMARK(read);
BENCHMARK(list);
BENCHMARK(write_plain);
BENCHMARK(write_keyed);

}  // namespace
}  // namespace bordero::pg

BENCHMARK_MAIN();
