#pragma once

#include <boost/asio/thread_pool.hpp>
#include <unordered_map>
#include <unordered_set>

#include "platform/jobs/work.hpp"
#include "platform/redis/client.hpp"
#include "services/notifications/src/exports/list_contract.hpp"
#include "services/notifications/src/exports/sheet.hpp"
#include "services/notifications/src/jobs/job_store.hpp"

namespace bordero::notifications {

// One attempt at the file of an export.
class ExportRun {
 public:
  ExportRun(redis::Client& redis, rpc::Peers& peers, asio::thread_pool& pool, jobs::Work& work,
            v1::StartExportRequest request);
  awaitable<Result<void>> run();

 private:
  using Contract = const ListContract&;

  awaitable<Result<void>> begin();
  awaitable<Result<void>> read_all(Contract list, const std::vector<Column>& columns);
  awaitable<Result<ListReply>> read_page(Contract list, google::protobuf::Message& request,
                                         std::string page_token);
  awaitable<Result<void>> read_pages(Contract list, google::protobuf::Message& request,
                                     const std::vector<Column>& columns);
  void take_rows(Contract list, const ListReply& page, const std::vector<Column>& columns);
  bool has_chosen() const { return !request_.ids().empty(); }
  void add_chosen();
  awaitable<Result<void>> tell_progress(const ListReply& page);
  awaitable<Result<void>> keep_file(std::string file);

  redis::Client& redis_;
  rpc::Peers& peers_;
  asio::thread_pool& pool_;
  jobs::Work& work_;
  const v1::StartExportRequest request_;
  const JobId id_;
  std::unique_ptr<Sheet> sheet_;
  std::unordered_set<std::string> seen_;  // Rows that moved down the list while it was read.
  std::unordered_map<std::string, CellRow> chosen_;  // Rows chosen one by one, before their order.
  int rows_ = 0;
  int total_ = 0;
  bool estimated_ = false;
};

}  // namespace bordero::notifications
