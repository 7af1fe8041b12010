#include "services/notifications/src/exports/export_kind.hpp"

#include "platform/json/json.hpp"
#include "services/notifications/src/exports/export_run.hpp"

namespace bordero::notifications {
namespace {

v1::StartExportRequest request_of(const jobs::Work& work) {
  v1::StartExportRequest request;
  const auto read = json::parse_stored(work.request(), request);
  ensure(read.ok(), "what was asked for is kept as it came");
  return request;
}

struct Makers {
  redis::Client& redis;
  rpc::Peers& peers;
  asio::thread_pool& pool;
};

awaitable<Result<void>> read(Makers with, jobs::Work& work) {
  ExportRun run(with.redis, with.peers, with.pool, work, request_of(work));
  co_return co_await run.run();
}

// The engine has just asked whether the user still is who began it.
awaitable<Result<void>> offer(jobs::Work& work) {
  const v1::StartExportRequest request = request_of(work);
  const std::string& title = request.title();
  const std::string name =
      job_file_name(title.empty() ? request.list() : title, request.format(), clock::today());
  CO_TRY(const auto id, parse_id<common::v1::Job>(work.job_id(), "job_id"));
  const std::int64_t size = std::stoll(work.state());
  work.count(work.view().done(), work.view().done());
  work.at_mark([id, name, size](pg::Transaction& tx, Context&) -> awaitable<Result<void>> {
    save_file(tx, id, name, size);
    co_return Result<void>();
  });
  co_return Result<void>();
}

jobs::Kind kind_of(std::function<awaitable<Result<void>>(jobs::Work&)> reading) {
  jobs::Kind kind{.name = kExport};
  kind.steps.push_back({.name = "read", .run = std::move(reading)});
  kind.steps.push_back({.name = "offer", .run = offer});
  return kind;
}

}  // namespace

jobs::Kind export_kind(redis::Client& redis, rpc::Peers& peers, asio::thread_pool& pool) {
  const Makers with{redis, peers, pool};
  return kind_of([with](jobs::Work& work) { return read(with, work); });
}

jobs::Kind export_shape() { return kind_of(nullptr); }

}  // namespace bordero::notifications
