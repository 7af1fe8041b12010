#include "services/notifications/src/exports/export_run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/projection/deals.hpp"

namespace bordero::notifications {
namespace {

using google::protobuf::Message;

constexpr int kPage = 200;

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

}  // namespace

ExportRun::ExportRun(redis::Client& redis, rpc::Peers& peers, asio::thread_pool& pool,
                     jobs::Work& work, v1::StartExportRequest request)
    : redis_(redis),
      peers_(peers),
      pool_(pool),
      work_(work),
      request_(std::move(request)),
      id_{*Uuid::parse(work.job_id())},
      total_(work.view().total()),
      estimated_(work.view().total_estimated()) {}

awaitable<Result<void>> ExportRun::run() {
  CO_TRY(const ListContract list, find_list(request_.list()));
  CO_TRY(const auto columns, read_columns(list.rows->message_type(), request_));
  const bool csv = request_.format() == common::v1::EXPORT_FORMAT_CSV;
  sheet_ = csv ? csv_sheet(columns, request_.language()) : xlsx_sheet(columns, request_.language());
  CO_TRY_VOID(co_await begin());
  CO_TRY_VOID(co_await read_all(list, columns));
  std::string file;
  co_await on_pool(pool_, [&] { file = sheet_->finish(); });
  if (file.size() > kMaxExportBytes) co_return refused("file_too_large");
  work_.set_state(std::to_string(file.size()));
  co_return co_await keep_file(std::move(file));
}

// Before the first row is read: what is left later makes the file somebody else's. What an attempt
// before this one left is no part of this one's file.
awaitable<Result<void>> ExportRun::begin() {
  const auto left = co_await projection::just_left(redis_, work_.caller());
  work_.count(0, total_, estimated_);
  const jobs::Effect effect = [id = id_, left](pg::Transaction& tx,
                                               Context&) -> awaitable<Result<void>> {
    save_left_deals(tx, id, left);
    delete_parts(tx, id);
    co_return Result<void>();
  };
  co_return co_await work_.write(effect);
}

awaitable<Result<void>> ExportRun::read_all(Contract list, const std::vector<Column>& columns) {
  CO_TRY(const auto requests, list_requests(list, request_));
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
    if (rows_ > kMaxExportRows) co_return refused("too_many_rows");
    if (sheet_->taken() > kMaxExportBytes) co_return refused("file_too_large");
    CO_TRY_VOID(co_await tell_progress(page));
    page_token = page.next_page_token;
  } while (!page_token.empty());
  co_return Result<void>();
}

awaitable<Result<ListReply>> ExportRun::read_page(Contract list, Message& request,
                                                  std::string page_token) {
  CO_TRY(const std::string token, co_await work_.token());
  Context ctx = work_.context();
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
    CellRow cells = cells_of(row, columns, request_.language());
    if (has_chosen()) {
      chosen_.emplace(id, std::move(cells));
    } else {
      sheet_->add(cells);
    }
    ++taken;
  }
  rows_ += taken;
}

// Lists answer them in an order of their own, some of them at a time.
void ExportRun::add_chosen() {
  for (const std::string& id : request_.ids()) {
    auto row = chosen_.extract(Uuid::parse(id).value_or(Uuid()).str());
    if (!row.empty()) sheet_->add(row.mapped());
  }
}

awaitable<Result<void>> ExportRun::tell_progress(const ListReply& page) {
  if (page.total > 0 && !has_chosen()) {
    total_ = page.total;
    estimated_ = page.total_estimated;
  }
  co_return co_await work_.progress(rows_, total_, estimated_);
}

awaitable<Result<void>> ExportRun::keep_file(std::string file) {
  int number = 0;
  for (std::size_t at = 0; at < file.size(); at += kPartBytes) {
    const jobs::Effect effect = [id = id_, number, part = file.substr(at, kPartBytes)](
                                    pg::Transaction& tx, Context&) -> awaitable<Result<void>> {
      insert_part(tx, id, number, part);
      co_return Result<void>();
    };
    CO_TRY_VOID(co_await work_.write(effect));
    ++number;
  }
  co_return Result<void>();
}

}  // namespace bordero::notifications
