#include "platform/jobs/job_rpc.hpp"

#include "platform/lists/list_page.hpp"
#include "platform/policy/capability.hpp"

namespace bordero::jobs {
namespace {

using lists::FieldType;

lists::Spec spec_of(const Declaration& service) {
  lists::Spec spec = {
      .resource = "jobs",
      .fields = {{"status",
                  {.column = "j.status",
                   .type = FieldType::keyword,
                   .keywords = {"queued", "running", "undoing", "done", "failed", "cancelled"}}},
                 {"kind", {.column = "j.kind", .type = FieldType::text}},
                 {"created_at",
                  {.column = "j.created_at", .type = FieldType::instant, .sortable = true}}},
      .default_order = "created_at desc",
      .id_column = "j.id"};
  spec.fields.insert(service.fields.begin(), service.fields.end());
  return spec;
}

}  // namespace

JobRpc::JobRpc(pg::Database& db, Declaration service, Show show)
    : db_(db), service_(std::move(service)), spec_(spec_of(service_)), show_(std::move(show)) {}

awaitable<Result<common::v1::ListJobsReply>> JobRpc::list(
    Context& ctx, const common::v1::ListJobsRequest& request) {
  lists::ListPage page;
  {
    CO_TRY(auto tx, co_await db_.read(ctx));
    lists::ListSource source{.columns = columns_of(service_),
                             .from = "jobs j",
                             .where = "j.user_id = $1",
                             .params = {ctx.caller.user_id}};
    const auto asked = lists::request_of(request);
    CO_TRY(page, co_await read_page(tx, spec_, asked, std::move(source)));
  }
  std::vector<StoredJob> jobs;
  for (const pg::Row& row : page.rows) jobs.push_back({.view = row.to<Job>(), .row = row});
  common::v1::ListJobsReply reply;
  if (show_) co_await show_(ctx, jobs);
  for (StoredJob& job : jobs) {
    policy::add_capability(*job.view.mutable_can(), "cancel", may_cancel(job.view));
    *reply.add_jobs() = std::move(job.view);
  }
  put_page(page, reply);
  co_return reply;
}

awaitable<Result<Job>> JobRpc::get(Context& ctx, const common::v1::GetJobRequest& request) {
  CO_TRY(const auto id, parse_id<Job>(request.job_id(), "job_id"));
  std::optional<StoredJob> job;
  {
    CO_TRY(auto tx, co_await db_.read(ctx));
    CO_TRY(job, co_await find_job(tx, service_, ctx.caller, id));
  }
  co_return co_await shown(ctx, std::move(*job));
}

awaitable<Result<Job>> JobRpc::cancel(Context& ctx, const common::v1::CancelJobRequest& request) {
  CO_TRY(const auto id, parse_id<Job>(request.job_id(), "job_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));
  CO_TRY(const StoredJob before, co_await lock_job(tx, service_, ctx.caller, id));
  CO_TRY_VOID(may_cancel(before.view));
  save_cancelled(tx, service_, id);
  CO_TRY(StoredJob after, co_await find_job(tx, service_, ctx.caller, id));
  const bool ended = after.view.status() == common::v1::JOB_STATUS_CANCELLED;
  const auto& make = ended ? service_.events.finished : service_.events.updated;
  mq::publish(tx, ctx, *make(before.view, after.view), about_job(after.view));
  if (ended && service_.on_end) CO_TRY_VOID(co_await service_.on_end(tx, ctx, after.view));
  CO_TRY(Job reply, co_await shown(ctx, std::move(after)));
  CO_TRY_VOID(co_await tx.commit(reply));
  co_return reply;
}

awaitable<Result<Job>> JobRpc::shown(Context& ctx, StoredJob job) {
  std::vector<StoredJob> one;
  one.push_back(std::move(job));
  if (show_) co_await show_(ctx, one);
  Job& view = one.front().view;
  policy::add_capability(*view.mutable_can(), "cancel", may_cancel(view));
  co_return std::move(view);
}

}  // namespace bordero::jobs
