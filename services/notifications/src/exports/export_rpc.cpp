#include "services/notifications/src/exports/export_rpc.hpp"

#include <algorithm>

#include "platform/json/json.hpp"
#include "platform/policy/capability.hpp"
#include "platform/policy/policy.hpp"
#include "platform/projection/deals.hpp"
#include "services/notifications/src/exports/columns.hpp"
#include "services/notifications/src/exports/export_kind.hpp"
#include "services/notifications/src/exports/list_contract.hpp"

namespace bordero::notifications {
namespace {

using LeftDeals = Result<std::vector<std::string>>;

Result<void> may_read(const ListContract& list, const Caller& caller) {
  const std::string& permission = list.method->permission;
  if (permission == "session" || policy::may(caller, permission)) return {};
  return forbidden("role_not_allowed");
}

common::v1::Job export_of(const v1::StartExportRequest& request,
                          const std::vector<Column>& columns) {
  common::v1::Job job;
  job.set_list(request.list());
  job.set_format(request.format());
  job.set_filter(request.filter());
  job.set_q(request.q());
  job.set_order_by(request.order_by());
  for (const Column& column : columns) {
    std::string path;
    for (const auto* step : column.path) path += (path.empty() ? "" : ".") + step->name();
    job.add_fields(path);
  }
  return job;
}

}  // namespace

awaitable<Result<common::v1::Job>> ExportRpc::start_export(Context& ctx,
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
  CO_TRY_VOID(co_await jobs::may_start(tx, ctx.caller, kMaxJobsAPerson));
  const bool chosen = !request.ids().empty();
  const jobs::NewJob made{.kind = kExport,
                          .caller = ctx.caller,
                          .request = json::text(request),
                          .total = chosen ? request.ids_size() : first.total,
                          .total_estimated = !chosen && first.total_estimated};
  const jobs::Kind kind = export_shape();
  const auto id = co_await jobs::insert_job(tx, service_, kind, made);
  save_export(tx, *id, export_of(request, columns));
  co_await jobs::tell_started(tx, ctx, service_, *id);
  CO_TRY(auto stored, co_await jobs::find_job(tx, service_, ctx.caller, *id));
  std::vector<jobs::StoredJob> one;
  one.push_back(std::move(stored));
  co_await show(ctx, one);
  common::v1::Job& view = one.front().view;
  policy::add_capability(*view.mutable_can(), "cancel", jobs::may_cancel(view));
  CO_TRY_VOID(co_await tx.commit(view));
  co_return std::move(view);
}

awaitable<Result<common::v1::LongFile>> ExportRpc::get_file(Context& ctx,
                                                            const v1::GetJobFileRequest& request) {
  CO_TRY(const auto id, parse_id<common::v1::Job>(request.job_id(), "job_id"));
  const LeftDeals left = co_await projection::left_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(const auto job, co_await jobs::find_job(tx, service_, ctx.caller, id));
  CO_TRY_VOID(may_download(job.view, rights_of(job.row), ctx.caller, left));
  auto part = co_await find_part(tx, id, request.offset());
  if (!part) co_return invalid_field("offset", "out_of_range");
  common::v1::LongFile file;
  file.set_content_type(content_type_of(job.view.format()));
  file.set_file_name(job.view.file_name());
  file.set_data(std::move(*part));
  file.set_size(job.view.file_size());
  co_return file;
}

awaitable<void> ExportRpc::show(Context& ctx, std::vector<jobs::StoredJob>& jobs) {
  const bool any_file = std::any_of(jobs.begin(), jobs.end(), [](const jobs::StoredJob& job) {
    return job.view.status() == common::v1::JOB_STATUS_DONE;
  });
  LeftDeals left = std::vector<std::string>();
  if (any_file) left = co_await projection::left_deals(redis_, ctx.caller);
  for (jobs::StoredJob& job : jobs) {
    policy::add_capability(*job.view.mutable_can(), "download",
                           may_download(job.view, rights_of(job.row), ctx.caller, left));
  }
}

}  // namespace bordero::notifications
