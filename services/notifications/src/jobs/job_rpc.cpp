#include "services/notifications/src/jobs/job_rpc.hpp"

#include "bordero/notifications/v1/events.pb.h"
#include "platform/lists/list_page.hpp"
#include "platform/policy/capability.hpp"
#include "platform/policy/policy.hpp"
#include "platform/projection/deals.hpp"
#include "services/notifications/src/exports/columns.hpp"
#include "services/notifications/src/exports/list_contract.hpp"

namespace bordero::notifications {
namespace {

using lists::FieldType;

const lists::Spec& spec() {
  static const lists::Spec all = {
      .resource = "jobs",
      .fields = {{"status",
                  {.column = "j.status",
                   .type = FieldType::keyword,
                   .keywords = {"queued", "running", "done", "failed", "cancelled"}}},
                 {"list", {.column = "j.list", .type = FieldType::text}},
                 {"created_at",
                  {.column = "j.created_at", .type = FieldType::instant, .sortable = true}}},
      .default_order = "created_at desc",
      .id_column = "j.id"};
  return all;
}

using LeftDeals = Result<std::vector<std::string>>;

void show(StoredJob& job, const Caller& caller, const LeftDeals& left) {
  auto& can = *job.view.mutable_can();
  policy::add_capability(can, "download", may_download(job.view, job.rights, caller, left));
  policy::add_capability(can, "cancel", may_cancel(job.view));
}

Result<void> may_read(const ListContract& list, const Caller& caller) {
  const std::string& permission = list.method->permission;
  if (permission == "session" || policy::role_may(caller.role, permission)) return {};
  return forbidden("role_not_allowed");
}

v1::Job new_job(const Caller& caller, const v1::StartExportRequest& request,
                const std::vector<Column>& columns) {
  v1::Job job;
  job.set_id(JobId::make().str());
  job.set_user_id(caller.user_id);
  job.set_status(v1::JOB_STATUS_QUEUED);
  job.set_list(request.list());
  job.set_format(request.format());
  job.set_filter(request.filter());
  job.set_q(request.q());
  job.set_order_by(request.order_by());
  *job.mutable_ids() = request.ids();
  for (const Column& column : columns) {
    std::string path;
    for (const auto* step : column.path) path += (path.empty() ? "" : ".") + step->name();
    job.add_fields(path);
  }
  return job;
}

}  // namespace

awaitable<Result<v1::Job>> JobRpc::start_export(Context& ctx,
                                                const v1::StartExportRequest& request) {
  CO_TRY(const ListContract list, find_list(request.list()));
  CO_TRY_VOID(may_read(list, ctx.caller));
  CO_TRY(const auto columns, read_columns(list.rows->message_type(), request));
  CO_TRY(const auto page_requests, list_requests(list, request));
  // One row tells whether filter and order are good, and how many rows there will be.
  std::string no_token;
  CO_TRY(const ListReply first,
         co_await ask_page(peers_, list, ctx, *page_requests[0], 1, std::move(no_token)));
  CO_TRY_VOID(check_total(first.total, first.total_estimated));

  CO_TRY(auto tx, co_await db_.begin(ctx));
  if (co_await count_open_jobs(tx, ctx.caller) >= kMaxJobsAPerson) {
    Error error{.kind = ErrorKind::too_many, .reason = "too_many_jobs"};
    error.retry_after_s = 30;
    co_return error;
  }
  v1::Job job = new_job(ctx.caller, request, columns);
  const bool chosen = !request.ids().empty();
  job.set_rows_total(chosen ? request.ids_size() : first.total);
  job.set_total_estimated(!chosen && first.total_estimated);
  insert_job(tx, ctx.caller, job, request);
  CO_TRY(const auto id, parse_id<v1::Job>(job.id(), "job_id"));
  CO_TRY(StoredJob stored, co_await find_job(tx, ctx.caller, id));
  v1::JobStarted event;
  *event.mutable_job() = stored.view;
  mq::publish(tx, ctx, event, about_job(stored.view));
  show(stored, ctx.caller, std::vector<std::string>());
  CO_TRY_VOID(co_await tx.commit(stored.view));
  co_return std::move(stored.view);
}

awaitable<Result<v1::ListJobsReply>> JobRpc::list(Context& ctx,
                                                  const v1::ListJobsRequest& request) {
  const LeftDeals left = co_await projection::left_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  lists::ListSource source{.columns = std::string(kJobColumns) + ", " + kJobRights,
                           .from = "jobs j",
                           .where = "j.user_id = $1",
                           .params = {ctx.caller.user_id}};
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await read_page(tx, spec(), asked, std::move(source)));
  v1::ListJobsReply reply;
  for (const pg::Row& row : page.rows) {
    StoredJob job = stored_job(row);
    show(job, ctx.caller, left);
    *reply.add_jobs() = std::move(job.view);
  }
  put_page(page, reply);
  co_return reply;
}

awaitable<Result<v1::Job>> JobRpc::get(Context& ctx, const v1::GetJobRequest& request) {
  CO_TRY(const auto id, parse_id<v1::Job>(request.job_id(), "job_id"));
  const LeftDeals left = co_await projection::left_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(StoredJob job, co_await find_job(tx, ctx.caller, id));
  show(job, ctx.caller, left);
  co_return std::move(job.view);
}

awaitable<Result<v1::Job>> JobRpc::cancel(Context& ctx, const v1::CancelJobRequest& request) {
  CO_TRY(const auto id, parse_id<v1::Job>(request.job_id(), "job_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));
  CO_TRY(const StoredJob before, co_await lock_job(tx, ctx.caller, id));
  CO_TRY_VOID(may_cancel(before.view));
  save_cancelled(tx, id);
  StoredJob after = before;
  after.view = co_await view_job(tx, id);
  v1::JobFinished event;
  *event.mutable_before() = before.view;
  *event.mutable_after() = after.view;
  mq::publish(tx, ctx, event, about_job(after.view));
  show(after, ctx.caller, std::vector<std::string>());
  CO_TRY_VOID(co_await tx.commit(after.view));
  co_return std::move(after.view);
}

awaitable<Result<common::v1::LongFile>> JobRpc::get_file(Context& ctx,
                                                         const v1::GetJobFileRequest& request) {
  CO_TRY(const auto id, parse_id<v1::Job>(request.job_id(), "job_id"));
  const LeftDeals left = co_await projection::left_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(const StoredJob job, co_await find_job(tx, ctx.caller, id));
  CO_TRY_VOID(may_download(job.view, job.rights, ctx.caller, left));
  auto part = co_await find_part(tx, id, request.offset());
  if (!part) co_return invalid_field("offset", "out_of_range");
  common::v1::LongFile file;
  file.set_content_type(content_type_of(job.view.format()));
  file.set_file_name(job.view.file_name());
  file.set_data(std::move(*part));
  file.set_size(job.view.file_size());
  co_return file;
}

}  // namespace bordero::notifications
