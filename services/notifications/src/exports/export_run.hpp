#pragma once

#include <boost/asio/thread_pool.hpp>
#include <unordered_map>
#include <unordered_set>

#include "platform/redis/client.hpp"
#include "services/notifications/src/exports/list_contract.hpp"
#include "services/notifications/src/exports/session_identity.hpp"
#include "services/notifications/src/exports/sheet.hpp"
#include "services/notifications/src/jobs/job_store.hpp"

namespace bordero::notifications {

inline constexpr std::chrono::seconds kStepLimit{10};
inline constexpr std::chrono::seconds kLease{60};
// The reason of a run that ended because the job was cancelled or is somebody else's by now.
inline constexpr const char* kNotOurs = "job_taken_away";

// Tells the owner, by the inbox and these channels too, and the audit log how the job ended.
awaitable<void> tell_end(pg::Transaction& tx, Context& ctx, const TakenJob& job,
                         const std::vector<std::string>& channels);

// One attempt at one export.
class ExportRun {
 public:
  ExportRun(pg::Database& db, redis::Client& redis, rpc::Peers& peers, asio::thread_pool& pool,
            const std::vector<std::string>& channels, TakenJob& job)
      : db_(db),
        redis_(redis),
        peers_(peers),
        pool_(pool),
        channels_(channels),
        job_(job),
        identity_(peers, job.caller),
        told_(job.view) {}
  awaitable<Result<void>> run();

 private:
  using Contract = const ListContract&;

  awaitable<Result<void>> remember_left_deals();
  awaitable<Result<void>> read_all(Contract list, const std::vector<Column>& columns);
  awaitable<Result<ListReply>> read_page(Contract list, google::protobuf::Message& request,
                                         std::string page_token);
  awaitable<Result<void>> read_pages(Contract list, google::protobuf::Message& request,
                                     const std::vector<Column>& columns);
  void take_rows(Contract list, const ListReply& page, const std::vector<Column>& columns);
  bool has_chosen() const { return !job_.request.ids().empty(); }
  void add_chosen();
  awaitable<Result<void>> tell_progress(const ListReply& page);
  awaitable<Result<void>> keep_file(std::string file);
  awaitable<Result<void>> keep_part(int number, std::string part);

  pg::Database& db_;
  redis::Client& redis_;
  rpc::Peers& peers_;
  asio::thread_pool& pool_;
  const std::vector<std::string>& channels_;
  TakenJob& job_;
  SessionIdentity identity_;
  std::unique_ptr<Sheet> sheet_;
  std::unordered_set<std::string> seen_;  // Rows that moved down the list while it was read.
  std::unordered_map<std::string, CellRow> chosen_;  // Rows chosen one by one, before their order.
  v1::Job told_;                                     // As the last event has it.
  std::chrono::steady_clock::time_point told_at_ = std::chrono::steady_clock::now();
};

}  // namespace bordero::notifications
