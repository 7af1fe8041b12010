#pragma once

#include <array>
#include <cstdio>
#include <fstream>
#include <set>

#include "bordero/auth/v1/sessions.pb.h"
#include "bordero/common/v1/files.pb.h"
#include "platform/json/json.hpp"
#include "platform/lists/filter.hpp"
#include "services/notifications/src/jobs/job.hpp"
#include "services/notifications/tests/notifications_fixture.hpp"

namespace bordero::notifications {

// Stands for CRM: a list of deals, read page by page.
class FakeDeals : public rpc::Channel {
 public:
  awaitable<rpc::AnyReply> call(rpc::Envelope envelope, const rpc::Message& request,
                                const rpc::Message& prototype) override {
    rpc::Answer answer;
    if (!envelope.method.ends_with("/ListDeals")) {
      answer.message.reset(prototype.New());
      co_return answer;
    }
    const auto& asked = static_cast<const crm::v1::ListDealsRequest&>(request);
    tokens.insert(envelope.identity_token);
    const auto filter = lists::parse_filter(asked.filter());
    if (!filter) co_return filter.error();
    if (asked.page_size() > 1) {
      ++pages;
      if (before_page) before_page(pages);
      if (down) co_return unavailable("crm_down");
    }
    answer.message = page_of(asked);
    co_return answer;
  }
  bool connected() const override { return !down; }

  std::vector<crm::v1::Deal> deals;
  bool down = false;
  int pages = 0;
  std::function<void(int)> before_page;
  std::set<std::string> tokens;

 private:
  std::unique_ptr<crm::v1::ListDealsReply> page_of(const crm::v1::ListDealsRequest& asked) const {
    auto reply = std::make_unique<crm::v1::ListDealsReply>();
    const std::size_t from =
        asked.page_token().empty() ? 0 : std::stoul(std::string(asked.page_token()));
    const auto found = found_by(asked.filter());
    const std::size_t to =
        std::min(from + static_cast<std::size_t>(asked.page_size()), found.size());
    for (std::size_t i = from; i < to; ++i) *reply->add_deals() = found[i];
    if (to < found.size()) reply->set_next_page_token(std::to_string(to));
    reply->set_total_size(static_cast<int>(found.size()));
    return reply;
  }
  std::vector<crm::v1::Deal> found_by(const std::string& filter) const {
    if (!filter.starts_with("id = ")) return deals;
    std::vector<crm::v1::Deal> found;
    for (const auto& deal : deals) {
      if (filter.find(deal.id()) != std::string::npos) found.push_back(deal);
    }
    return found;
  }
};

// Stands for Auth: every session lives until it is ended.
class FakeSessions : public rpc::Channel {
 public:
  awaitable<rpc::AnyReply> call(rpc::Envelope envelope, const rpc::Message& request,
                                const rpc::Message& prototype) override {
    rpc::Answer answer;
    answer.message.reset(prototype.New());
    if (!envelope.method.ends_with("/RenewIdentity")) co_return answer;
    const auto& asked = static_cast<const auth::v1::RenewIdentityRequest&>(request);
    if (ended.contains(asked.session_id())) co_return unauthenticated("session_expired");
    auto& renewed = static_cast<auth::v1::RenewedIdentity&>(*answer.message);
    renewed.set_identity_token("as " + asked.user_id());
    co_return answer;
  }
  bool connected() const override { return true; }

  std::set<std::string> ended;
};

class ExportsTest : public NotificationsTest {
 protected:
  ExportsTest() {
    auto deals = std::make_unique<FakeDeals>();
    auto sessions = std::make_unique<FakeSessions>();
    deals_ = deals.get();
    sessions_ = sessions.get();
    peers_.set("crm", std::move(deals));
    peers_.set("auth", std::move(sessions));
  }

  void given_deals(int count) {
    for (int i = 0; i < count; ++i) {
      crm::v1::Deal deal;
      deal.set_id(Uuid::v7().str());
      deal.set_number("2026-" + std::to_string(1000 + i));
      deal.set_title(i == 0 ? "=HYPERLINK(\"http://x\")" : "КАСКО; «Мазда» " + std::to_string(i));
      deal.set_status(crm::v1::DEAL_STATUS_DRAFT);
      deal.set_calculation_count(i);
      deal.mutable_deadline()->set_date("2026-11-23");
      deal.set_created_at("2026-11-23T07:15:30Z");
      deals_->deals.push_back(deal);
    }
  }
  static v1::StartExportRequest deals_as(common::v1::ExportFormat format) {
    v1::StartExportRequest request;
    request.set_list("deals");
    request.set_format(format);
    request.set_title("Сделки");
    for (const char* field :
         {"number", "title", "status", "calculation_count", "deadline.date", "created_at"}) {
      request.add_columns()->set_field(field);
    }
    request.mutable_columns(2)->set_title("Статус");
    auto* word = request.mutable_columns(2)->add_words();
    word->set_value("draft");
    word->set_word("Черновик");
    return request;
  }

  Result<common::v1::Job> start_export(const Person& who, const v1::StartExportRequest& request,
                                       const std::string& key = "") {
    return call<common::v1::Job>(who, "JobService/StartExport", request, key);
  }
  Result<common::v1::Job> job(const Person& who, const std::string& id) {
    common::v1::GetJobRequest request;
    request.set_job_id(id);
    return call<common::v1::Job>(who, "JobService/GetJob", request);
  }
  Result<common::v1::Job> cancel(const Person& who, const std::string& id) {
    common::v1::CancelJobRequest request;
    request.set_job_id(id);
    return call<common::v1::Job>(who, "JobService/CancelJob", request);
  }
  Result<common::v1::LongFile> part(const Person& who, const std::string& id,
                                    std::int64_t offset = 0) {
    v1::GetJobFileRequest request;
    request.set_job_id(id);
    request.set_offset(offset);
    return call<common::v1::LongFile>(who, "JobService/GetJobFile", request);
  }
  // All of it, put together as the gateway does.
  std::string file(const Person& who, const std::string& id) {
    std::string bytes;
    while (true) {
      const auto next = part(who, id, static_cast<std::int64_t>(bytes.size()));
      ensure(next.ok(), "the file is the owner's");
      bytes += next->data();
      if (static_cast<std::int64_t>(bytes.size()) >= next->size()) return bytes;
    }
  }
  bool ends(const std::string& id, const std::string& status) {
    return eventually("SELECT status FROM jobs WHERE id = '" + id + "'", status);
  }
  std::string events() {
    return database_.value(
        "SELECT string_agg(type, ' ' ORDER BY seq) FROM outbox WHERE type LIKE '%.job.%'");
  }

  // What a reader that shares nothing with the writer finds: one line a row, cells with types.
  static std::string read_workbook(const std::string& bytes) {
    char name[] = "/tmp/bordero-export-XXXXXX";
    const int descriptor = mkstemp(name);
    ensure(descriptor >= 0, "a temporary file can be made");
    close(descriptor);
    std::ofstream(name, std::ios::binary) << bytes;
    const std::string command = std::string("python3 tests/integration/workbook.py ") + name;
    std::string read;
    std::array<char, 4096> piece{};
    FILE* pipe = popen(command.c_str(), "r");
    while (const std::size_t size = fread(piece.data(), 1, piece.size(), pipe)) {
      read.append(piece.data(), size);
    }
    pclose(pipe);
    std::remove(name);
    return read;
  }

  FakeDeals* deals_ = nullptr;
  FakeSessions* sessions_ = nullptr;
};

}  // namespace bordero::notifications
