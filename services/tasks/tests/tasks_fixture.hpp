#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/events.pb.h"
#include "bordero/crm/v1/search.pb.h"
#include "bordero/tasks/v1/events.pb.h"
#include "platform/http/json.hpp"
#include "platform/mq/mq.hpp"
#include "platform/projection/deals.hpp"
#include "platform/testing/stores.hpp"
#include "services/tasks/src/service.hpp"
#include "services/tasks/tests/fake_peers.hpp"

namespace bordero::tasks {

struct Person {
  std::string id = Uuid::v7().str();
  Role role = Role::agent;
};

// The service in this process on an empty migrated database, asked through its dispatcher.
class TasksTest : public ::testing::Test {
 protected:
  TasksTest() {
    ensure(sodium_init() >= 0, "libsodium starts");
    crypto_sign_keypair(reinterpret_cast<unsigned char*>(public_key_.data()),
                        reinterpret_cast<unsigned char*>(secret_key_.data()));
    peers_.set("crm", std::make_unique<SilentCrm>());
    peers_.set("payments", std::make_unique<OneDealsPayments>(payments_deal_));
    service_ = std::make_unique<Service>(io_.get_executor(), config(), peers_);
    service_->add_to(dispatcher_);
    dispatcher_.check("tasks");
    for (const Person* person :
         {&agent_, &colleague_, &executor_, &other_executor_, &finance_, &head_, &admin_}) {
      given_user(*person);
    }
  }
  void TearDown() override { clock::shift(std::chrono::seconds(0)); }

  Config config(const std::string& amqp_url = "amqp://unused") const {
    return {.pg_dsn = database_.dsn(), .redis_url = redis_url_, .amqp_url = amqp_url};
  }

  void given_user(const Person& person, const std::string& name = "") {
    database_.execute("INSERT INTO users VALUES ('" + person.id + "', '" +
                      (name.empty() ? "Имя " + person.id.substr(30) : name) + "', '" +
                      std::string(role_name(person.role)) + "', 'active', 1)");
  }

  awaitable<rpc::AnyReply> ask(const Person& who, const char* method, const rpc::Message& request,
                               const std::string& key = "") {
    rpc::Envelope envelope;
    envelope.method = std::string("bordero.tasks.v1.") + method;
    envelope.caller_service = "gateway";
    envelope.identity_token = token_of(who);
    envelope.idempotency_key = key;
    return dispatcher_.dispatch(std::move(envelope), request);
  }
  template <class Reply>
  Result<Reply> call(const Person& who, const char* method, const rpc::Message& request,
                     const std::string& key = "") {
    auto answer = run(ask(who, method, request, key));
    if (!answer) return std::move(answer).error();
    return static_cast<Reply&>(*answer->message);
  }
  template <class T>
  T run(awaitable<T> work) {
    std::vector<awaitable<T>> all;
    all.push_back(std::move(work));
    return std::move(run_all(std::move(all))[0]);
  }
  // Several at once, as different requests are.
  template <class T>
  std::vector<T> run_all(std::vector<awaitable<T>> works) {
    std::vector<std::optional<T>> results(works.size());
    std::exception_ptr failure;
    std::size_t left = works.size();
    const auto keep = [](awaitable<T> work, std::optional<T>& result) -> awaitable<void> {
      result.emplace(co_await std::move(work));
    };
    for (std::size_t i = 0; i < works.size(); ++i) {
      asio::co_spawn(io_, keep(std::move(works[i]), results[i]), [&](std::exception_ptr failed) {
        if (failed) failure = failed;
        --left;
      });
    }
    io_.restart();
    for (std::size_t ran = 1; left > 0 && ran > 0;) ran = io_.run_one();
    if (failure) std::rethrow_exception(failure);
    std::vector<T> values;
    for (auto& result : results) values.push_back(std::move(*result));
    return values;
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
  template <class Work>
  Result<void> apply(Work work) {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    Context ctx = system_context("test", std::chrono::seconds(10));
    const auto in_one = [&]() -> awaitable<Result<void>> {
      CO_TRY(auto tx, co_await db.begin(ctx));
      CO_TRY_VOID(co_await work(tx, ctx));
      co_return co_await tx.commit();
    };
    return run(in_one());
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
  int events(const std::string& type) const {
    return std::stoi(
        database_.value("SELECT count(*) FROM outbox WHERE type LIKE '%" + type + "'"));
  }
  int count(const std::string& from_where) const {
    return std::stoi(database_.value("SELECT count(*) FROM " + from_where));
  }

  template <class T>
  T must(Result<T> result) {
    if (result) return std::move(result).value();
    std::string why = result.error().reason;
    for (const auto& field : result.error().fields) why += " " + field.field + ":" + field.code;
    throw std::runtime_error("refused: " + why);
  }
  template <class T>
  static std::string fault(const Result<T>& result) {
    if (result) return "";
    if (result.error().fields.empty()) return result.error().reason;
    return result.error().fields[0].field + ":" + result.error().fields[0].code;
  }

  std::string token_of(const Person& who) const {
    rpc::Identity identity;
    identity.caller.user_id = who.id;
    identity.caller.role = who.role;
    identity.expires_at = std::chrono::duration_cast<std::chrono::seconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count() +
                          100;
    return rpc::sign_identity(identity, "k1", secret_key_);
  }

  asio::io_context io_;
  testing::FreshDatabase database_{"tasks", migrations()};
  std::string redis_url_ = testing::fresh_redis_url();
  std::string public_key_ = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret_key_ = std::string(crypto_sign_SECRETKEYBYTES, '\0');
  rpc::Peers peers_;
  rpc::KeyRing keys_{[this]() -> awaitable<Result<std::vector<rpc::PublicKey>>> {
    std::vector<rpc::PublicKey> all;
    all.push_back({"k1", public_key_});
    co_return all;
  }};
  rpc::Dispatcher dispatcher_{keys_};
  std::unique_ptr<Service> service_;
  int deals_ = 0;
  std::string payments_deal_;

  Person agent_{.role = Role::agent};
  Person colleague_{.role = Role::agent};
  Person executor_{.role = Role::executor};
  Person other_executor_{.role = Role::executor};
  Person finance_{.role = Role::finance};
  Person head_{.role = Role::head};
  Person admin_{.role = Role::admin};
};

}  // namespace bordero::tasks
