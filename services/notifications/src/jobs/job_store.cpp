#include "services/notifications/src/jobs/job_store.hpp"

#include "bordero/notifications/v1/events.pb.h"
#include "platform/telemetry/metrics.hpp"
#include "services/notifications/src/inbox/tell.hpp"

namespace bordero::notifications {
namespace {

const std::vector<std::string> kColumns = {
    "j.list", "j.format", "j.filter", "j.q", "j.order_by", "j.fields", "j.done AS rows_done",
    "j.total AS rows_total", "j.file_name", "j.file_size",
    "ARRAY(SELECT jsonb_array_elements_text(j.request->'ids')) AS ids",
    // The rights that it began with.
    "j.role", "j.epoch", "j.left_deals",
    R"sql(EXISTS (SELECT FROM left_deals l
             WHERE l.user_id = j.user_id AND l.seq > j.left_seq AND l.deal_id <> ALL (j.left_deals)
                   AND NOT EXISTS (SELECT FROM deal_access a
                                    WHERE a.deal_id = l.deal_id AND a.user_id = l.user_id))
      AS left_since)sql"};

void count(pg::Transaction& tx, const common::v1::Job& job) {
  const bool done = job.status() == common::v1::JOB_STATUS_DONE;
  const bool csv = job.format() == common::v1::EXPORT_FORMAT_CSV;
  tx.after_commit([done, csv] {
    telemetry::counter("bordero_exports_total", "Exports that came to an end.",
                       {{"outcome", done ? "done" : "failed"}, {"format", csv ? "csv" : "xlsx"}})
        .add();
  });
}

// Tells the owner how it ended, and throws away what nobody will ask for.
awaitable<Result<void>> on_end(pg::Transaction& tx, Context& ctx, common::v1::Job job,
                               std::vector<std::string> channels) {
  CO_TRY(const auto id, parse_id<common::v1::Job>(job.id(), "job_id"));
  if (job.status() != common::v1::JOB_STATUS_DONE) delete_parts(tx, id);
  if (job.status() == common::v1::JOB_STATUS_CANCELLED) co_return Result<void>();
  count(tx, job);
  const auto row = co_await tx.find_one(
      "SELECT coalesce(nullif(request->>'title', ''), list) AS title "
      "FROM jobs WHERE id = $1",
      id);
  // A job ends once, so its id stands for what happened.
  const Cause cause{.event_id = job.id(), .actor_id = ""};
  for (const News& news : about_export(job, row->get<std::string>("title"))) {
    co_await tell(tx, ctx, news, cause, channels);
  }
  co_return Result<void>();
}

}  // namespace

jobs::Declaration job_declaration(std::vector<std::string> channels) {
  jobs::Declaration declared{
      .service = "notifications",
      .events = jobs::events_of<v1::JobStarted, v1::JobUpdated, v1::JobFinished>(),
      .columns = kColumns,
      .fields = {{"list", {.column = "j.list", .type = lists::FieldType::text}}}};
  declared.on_end = [channels = std::move(channels)](pg::Transaction& tx, Context& ctx,
                                                     const common::v1::Job& job) {
    return on_end(tx, ctx, job, channels);
  };
  return declared;
}

JobRights rights_of(const pg::Row& row) {
  return {.role = row.get<std::string>("role"),
          .epoch = row.get<std::int64_t>("epoch"),
          .left_deals = row.get<std::vector<std::string>>("left_deals"),
          .left_since = row.get<bool>("left_since")};
}

void save_export(pg::Transaction& tx, JobId id, const common::v1::Job& job) {
  const std::vector<std::string> fields(job.fields().begin(), job.fields().end());
  tx.execute(R"sql(
      UPDATE jobs
         SET list = $2, format = $3, filter = $4, q = $5, order_by = $6, fields = $7
       WHERE id = $1)sql",
             id, job.list(), job.format(), job.filter(), job.q(), job.order_by(), fields);
}

void save_left_deals(pg::Transaction& tx, JobId id, const std::vector<std::string>& left) {
  tx.execute(R"sql(
      UPDATE jobs
         SET left_deals = $2, left_seq = (SELECT coalesce(max(seq), 0) FROM left_deals)
       WHERE id = $1)sql",
             id, left);
}

void delete_parts(pg::Transaction& tx, JobId id) {
  tx.execute("DELETE FROM job_parts WHERE job_id = $1", id);
}

void insert_part(pg::Transaction& tx, JobId id, int number, std::string data) {
  const pg::Bytes bytes{std::move(data)};
  tx.execute("INSERT INTO job_parts (job_id, number, data) VALUES ($1, $2, $3)", id, number, bytes);
}

void save_file(pg::Transaction& tx, JobId id, const std::string& name, std::int64_t size) {
  tx.execute("UPDATE jobs SET file_name = $2, file_size = $3 WHERE id = $1", id, name, size);
}

awaitable<std::optional<std::string>> find_part(pg::Transaction& tx, JobId id,
                                                std::int64_t offset) {
  constexpr auto kPart = static_cast<std::int64_t>(kPartBytes);
  if (offset % kPart != 0) co_return std::nullopt;
  const std::int64_t number = offset / kPart;
  const auto row = co_await tx.find_one(
      "SELECT data FROM job_parts WHERE job_id = $1 AND number = $2", id, number);
  if (!row) co_return std::nullopt;
  co_return row->get<pg::Bytes>("data").value;
}

void forget_left_deals(pg::Transaction& tx) {
  tx.execute(R"sql(
      DELETE FROM left_deals
       WHERE NOT EXISTS (SELECT FROM jobs WHERE left_seq < left_deals.seq))sql");
}

}  // namespace bordero::notifications
