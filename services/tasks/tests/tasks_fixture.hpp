#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/events.pb.h"
#include "bordero/crm/v1/search.pb.h"
#include "bordero/tasks/v1/events.pb.h"
#include "platform/json/json.hpp"
#include "platform/mq/mq.hpp"
#include "platform/projection/deals.hpp"
#include "platform/testing/service_test.hpp"
#include "services/tasks/src/service.hpp"
#include "services/tasks/tests/fake_peers.hpp"

namespace bordero::tasks {

using testing::fault;
using testing::must;
using testing::Person;

// Tasks in this process.
class TasksTest : public testing::ServiceTest {
 protected:
  TasksTest() : ServiceTest("tasks", migrations()) {
    peers_.set("crm", std::make_unique<SilentCrm>());
    peers_.set("payments", std::make_unique<OneDealsPayments>(payments_deal_));
    service_ = std::make_unique<Service>(io_.get_executor(), config(), peers_);
    service_->add_to(dispatcher_);
    dispatcher_.check("tasks");
    given_user(other_executor_);
  }

  Config config(const std::string& amqp_url = "amqp://unused") const {
    return {.pg_dsn = database_.dsn(), .redis_url = redis_url_, .amqp_url = amqp_url};
  }

  // ---- deals, as CRM's events tell them ----
  crm::v1::Deal given_deal(const Person& lead, const std::vector<const Person*>& others = {}) {
    crm::v1::Deal deal;
    deal.set_id(Uuid::v7().str());
    deal.set_number("2026-" + std::to_string(100000 + ++deals_));
    deal.set_title("КАСКО Mazda CX-5");
    deal.set_client_id(Uuid::v7().str());
    deal.set_client_name("Орехов Глеб");
    deal.set_status(crm::v1::DEAL_STATUS_DRAFT);
    deal.set_lead_agent_id(lead.id);
    deal.set_version(1);
    add_member(deal, lead, crm::v1::MEMBER_FUNCTION_LEAD_AGENT);
    for (const Person* other : others) {
      const bool executes = other->role == Role::executor;
      if (executes) deal.set_executor_id(other->id);
      add_member(
          deal, *other,
          executes ? crm::v1::MEMBER_FUNCTION_EXECUTOR : crm::v1::MEMBER_FUNCTION_PARTICIPANT);
    }
    keep(deal);
    return deal;
  }
  static void add_member(crm::v1::Deal& deal, const Person& who, crm::v1::MemberFunction function) {
    auto& member = *deal.add_members();
    member.set_user_id(who.id);
    member.set_function(function);
  }
  void keep(const crm::v1::Deal& deal) {
    const auto done = apply([&](pg::Transaction& tx, Context&) -> awaitable<Result<void>> {
      co_await projection::keep_deal(tx, deal);
      co_return Result<void>();
    });
    ensure(done.ok(), "a copy is kept");
  }
  // The deal without this member, kept and told.
  crm::v1::Deal without(crm::v1::Deal deal, const Person& who) {
    crm::v1::Deal after = deal;
    after.clear_members();
    for (const auto& member : deal.members()) {
      if (member.user_id() != who.id) *after.add_members() = member;
    }
    after.set_version(deal.version() + 1);
    keep(after);
    return after;
  }

  // A handler with one event, in a transaction of its own.
  using Handler = awaitable<Result<void>> (*)(pg::Transaction&, Context&, const mq::Event&);
  Result<void> tell(Handler handler, const google::protobuf::Message& message,
                    const std::string& actor = "") {
    mq::Event event;
    event.meta.set_id(Uuid::v7().str());
    event.meta.set_actor(actor);
    event.meta.set_type(std::string(rpc::event_type(message.GetDescriptor())));
    event.body = json::text(message);
    return apply([&](pg::Transaction& tx, Context& ctx) { return handler(tx, ctx, event); });
  }

  // ---- tasks ----
  v1::CreateTaskRequest new_task(const std::string& subject = "Рассчитать КАСКО") {
    v1::CreateTaskRequest request;
    request.set_subject(subject);
    return request;
  }
  Result<v1::Task> create(const Person& who, const v1::CreateTaskRequest& request) {
    return call<v1::Task>(who, "TaskService/CreateTask", request);
  }
  v1::Task given_task(const Person& author, const Person& assignee,
                      const std::string& deal_id = "") {
    auto request = new_task();
    request.set_assignee_id(assignee.id);
    request.set_deal_id(deal_id);
    return must(create(author, request));
  }
  Result<v1::Task> get(const Person& who, const std::string& id) {
    v1::GetTaskRequest request;
    request.set_task_id(id);
    return call<v1::Task>(who, "TaskService/GetTask", request);
  }
  Result<v1::Task> move(const Person& who, const v1::Task& task, v1::TaskStatus status,
                        const std::string& words = "") {
    v1::TransitionTaskRequest request;
    request.set_task_id(task.id());
    request.set_version(task.version());
    request.set_status(status);
    if (status == v1::TASK_STATUS_CANCELLED) {
      request.set_reason(words);
    } else {
      request.set_comment(words);
    }
    return call<v1::Task>(who, "TaskService/TransitionTask", request);
  }
  v1::ListTasksReply list(const Person& who, const std::string& filter = "",
                          const std::string& q = "") {
    v1::ListTasksRequest request;
    request.set_filter(filter);
    request.set_q(q);
    return must(call<v1::ListTasksReply>(who, "TaskService/ListTasks", request));
  }
  int hits(const Person& who, const std::string& typed) {
    crm::v1::SearchRequest request;
    request.set_q(typed);
    return must(call<crm::v1::SearchReply>(who, "SearchService/Search", request)).results_size();
  }
  std::unique_ptr<Service> service_;
  int deals_ = 0;
  std::string payments_deal_;
  Person other_executor_{.role = Role::executor};
};

}  // namespace bordero::tasks
