#include "services/notifications/src/exports/export_run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bordero/notifications/v1/events.pb.h"
#include "platform/projection/deals.hpp"
#include "services/notifications/src/inbox/tell.hpp"

namespace bordero::notifications {
namespace {

using google::protobuf::Message;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr int kPage = 200;
// Every event stands in the audit log for ever, so a short export tells only its end.
constexpr auto kTellEvery = seconds(3);

// Blocking work on another thread; resumes where it was called.
template <class Work>
awaitable<void> on_pool(asio::thread_pool& pool, Work work) {
  const auto job = [&work]() -> awaitable<void> {
    work();
    co_return;
  };
  co_await asio::co_spawn(pool, job, asio::use_awaitable);
}

std::string id_of(const Message& row) {
  const auto* field = row.GetDescriptor()->FindFieldByName("id");
  const bool text = field != nullptr && !field->is_repeated() &&
                    field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING;
  return text ? row.GetReflection()->GetString(row, field) : std::string();
}

Context context_of(const TakenJob& job) {
  Context ctx = system_context("export", kStepLimit);
  ctx.caller = job.caller;
  return ctx;
}

Error not_ours() { return refused(kNotOurs); }

}  // namespace

awaitable<void> tell_end(pg::Transaction& tx, Context& ctx, const TakenJob& job,
                         const std::vector<std::string>& channels) {
  const auto id = parse_id<v1::Job>(job.view.id(), "job_id");
  v1::JobFinished event;
  *event.mutable_before() = job.view;
  *event.mutable_after() = co_await view_job(tx, *id);
  mq::publish(tx, ctx, event, about_job(event.after()));
  const std::string& title = job.request.title();
  // A job ends once, so its id stands for what happened.
  const Cause cause{.event_id = job.view.id(), .actor_id = ""};
  for (const News& news : about_export(event.after(), title.empty() ? job.view.list() : title)) {
    co_await tell(tx, ctx, news, cause, channels);
  }
}

awaitable<Result<void>> ExportRun::run() {
  CO_TRY(const ListContract list, find_list(job_.request.list()));
  CO_TRY(const auto columns, read_columns(list.rows->message_type(), job_.request));
  const bool csv = job_.request.format() == v1::EXPORT_FORMAT_CSV;
  sheet_ = csv ? csv_sheet(columns, job_.request.language())
               : xlsx_sheet(columns, job_.request.language());
  CO_TRY_VOID(co_await remember_left_deals());
  CO_TRY_VOID(co_await read_all(list, columns));
  std::string file;
  co_await on_pool(pool_, [&] { file = sheet_->finish(); });
  if (file.size() > kMaxExportBytes) co_return refused("file_too_large");
  CO_TRY_VOID(co_await identity_.renew());
  co_return co_await keep_file(std::move(file));
}

// Before the first row is read: what is left later makes the file somebody else's.
awaitable<Result<void>> ExportRun::remember_left_deals() {
  const auto left = co_await projection::just_left(redis_, job_.caller);
  Context ctx = context_of(job_);
  CO_TRY(auto tx, co_await db_.begin(ctx));
  if (!co_await save_left_deals(tx, job_, left)) co_return not_ours();
  co_return co_await tx.commit();
}

awaitable<Result<void>> ExportRun::read_all(Contract list, const std::vector<Column>& columns) {
  CO_TRY(const auto requests, list_requests(list, job_.request));
  for (const auto& request : requests) {
    CO_TRY_VOID(co_await read_pages(list, *request, columns));
  }
  add_chosen();
  co_return Result<void>();
}

awaitable<Result<void>> ExportRun::read_pages(Contract list, Message& request,
                                              const std::vector<Column>& columns) {
  std::string page_token;
  do {
    CO_TRY(const ListReply page, co_await read_page(list, request, page_token));
    co_await on_pool(pool_, [&] { take_rows(list, page, columns); });
    if (job_.view.rows_done() > kMaxExportRows) co_return refused("too_many_rows");
    if (sheet_->taken() > kMaxExportBytes) co_return refused("file_too_large");
    CO_TRY_VOID(co_await tell_progress(page));
    page_token = page.next_page_token;
  } while (!page_token.empty());
  co_return Result<void>();
}

awaitable<Result<ListReply>> ExportRun::read_page(Contract list, Message& request,
                                                  std::string page_token) {
  CO_TRY(const std::string token, co_await identity_.token());
  Context ctx = context_of(job_);
  ctx.identity_token = token;
  co_return co_await ask_page(peers_, list, ctx, request, kPage, std::move(page_token));
}

void ExportRun::take_rows(Contract list, const ListReply& page,
                          const std::vector<Column>& columns) {
  const auto* reflection = page.message->GetReflection();
  const int rows = reflection->FieldSize(*page.message, list.rows);
  int taken = 0;
  for (int i = 0; i < rows; ++i) {
    const Message& row = reflection->GetRepeatedMessage(*page.message, list.rows, i);
    const std::string id = id_of(row);
    if (!id.empty() && !seen_.insert(id).second) continue;
    CellRow cells = cells_of(row, columns, job_.request.language());
    if (has_chosen()) {
      chosen_.emplace(id, std::move(cells));
    } else {
      sheet_->add(cells);
    }
    ++taken;
  }
  job_.view.set_rows_done(job_.view.rows_done() + taken);
}

// Lists answer them in an order of their own, some of them at a time.
void ExportRun::add_chosen() {
  for (const std::string& id : job_.request.ids()) {
    auto row = chosen_.extract(Uuid::parse(id).value_or(Uuid()).str());
    if (!row.empty()) sheet_->add(row.mapped());
  }
}

awaitable<Result<void>> ExportRun::tell_progress(const ListReply& page) {
  if (page.total > 0 && !has_chosen()) {
    job_.view.set_rows_total(page.total);
    job_.view.set_total_estimated(page.total_estimated);
  }
  const bool tell = steady_clock::now() - told_at_ >= kTellEvery;
  if (tell) job_.view.set_version(job_.view.version() + 1);
  Context ctx = context_of(job_);
  CO_TRY(auto tx, co_await db_.begin(ctx));
  if (!co_await save_progress(tx, job_, clock::now() + kLease, tell)) co_return not_ours();
  if (tell) {
    told_at_ = steady_clock::now();
    v1::JobUpdated event;
    *event.mutable_before() = told_;
    *event.mutable_after() = told_ = job_.view;
    mq::publish(tx, ctx, event, about_job(job_.view));
  }
  co_return co_await tx.commit();
}

awaitable<Result<void>> ExportRun::keep_part(int number, std::string part) {
  Context ctx = context_of(job_);
  CO_TRY(auto tx, co_await db_.begin(ctx));
  if (!co_await save_part(tx, job_, number, std::move(part))) co_return not_ours();
  co_return co_await tx.commit();
}

awaitable<Result<void>> ExportRun::keep_file(std::string file) {
  int number = 0;
  for (std::size_t at = 0; at < file.size(); at += kPartBytes) {
    CO_TRY_VOID(co_await keep_part(number++, file.substr(at, kPartBytes)));
  }
  const std::string& title = job_.request.title();
  const std::string name = job_file_name(title.empty() ? job_.request.list() : title,
                                         job_.request.format(), clock::today());
  Context ctx = context_of(job_);
  CO_TRY(auto tx, co_await db_.begin(ctx));
  const auto size = static_cast<std::int64_t>(file.size());
  if (!co_await save_done(tx, job_, name, size)) co_return not_ours();
  co_await tell_end(tx, ctx, job_, channels_);
  co_return co_await tx.commit();
}

}  // namespace bordero::notifications
