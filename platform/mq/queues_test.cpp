#include <gmock/gmock.h>
#include <google/protobuf/dynamic_message.h>

#include "platform/mq/command.hpp"
#include "platform/mq/mq_fixture.hpp"
#include "platform/mq/topology.hpp"
#include "platform/rpc/queues.hpp"

// Queues besides those of events: commands through an outbox.
namespace bordero::mq {
namespace {

using namespace std::chrono_literals;
using google::protobuf::FileDescriptorProto;
using ::testing::IsEmpty;

// A contract of the test's own, as a service would declare it.
class Contract {
 public:
  Contract() {
    FileDescriptorProto file;
    file.set_name("bordero/tasks/v1/commands_of_the_test.proto");
    file.set_package("bordero.tasks.v1.test");
    file.set_syntax("proto3");
    file.add_dependency("bordero/queues.proto");
    Queue& queue = *file.mutable_options()->AddExtension(bordero::queue);
    queue.set_name("tasks.commands");
    queue.add_senders("crm");
    auto& message = *file.add_message_type();
    message.set_name("FinishTask");
    message.mutable_options()->SetExtension(bordero::command, "tasks.finish_task");
    auto& field = *message.add_field();
    field.set_name("task_id");
    field.set_json_name("task_id");
    field.set_number(1);
    field.set_type(google::protobuf::FieldDescriptorProto::TYPE_STRING);
    field.set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
    file_ = pool_.BuildFile(file);
    ensure(file_ != nullptr, "the test's contract is valid");
  }
  std::unique_ptr<google::protobuf::Message> finish_task(const std::string& id) {
    const auto* type = file_->FindMessageTypeByName("FinishTask");
    std::unique_ptr<google::protobuf::Message> message(factory_.GetPrototype(type)->New());
    message->GetReflection()->SetString(message.get(), type->field(0), id);
    return message;
  }
  const google::protobuf::FileDescriptor* file() const { return file_; }

 private:
  google::protobuf::DescriptorPool pool_{google::protobuf::DescriptorPool::generated_pool()};
  google::protobuf::DynamicMessageFactory factory_{&pool_};
  const google::protobuf::FileDescriptor* file_ = nullptr;
};

class QueuesTest : public MqTest {
 protected:
  Contract contract_;
  std::vector<std::string> actors_;  // Touched on the worker's thread alone.

  void start_commands(const std::string& url) {
    auto settings = consumer_settings(url);
    settings.queue = "tasks.commands";
    consumer_ = std::make_unique<Consumer>(settings, io_.get_executor(), *db_);
    consumer_->on(
        "tasks.#",
        [this](pg::Transaction& tx, Context& ctx, const Event& event) -> awaitable<Result<void>> {
          actors_.push_back(event.meta.actor());
          if (event.meta.subject() == "wrong" && refusing_) co_return invalid("wrong_wish");
          tx.execute(R"sql(
              INSERT INTO applied (event_id, subject, version, trace_id, deliveries)
              VALUES ($1, $2, 1, $3, $4))sql",
                     event.meta.id(), event.meta.subject(), ctx.trace.trace_id, event.deliveries);
          co_return Result<void>();
        });
    consumer_->start();
  }
  void wish(const std::string& subject, const std::string& sender = "crm") {
    const bool kept = run(send_one(subject, sender));
    ensure(kept, "the wish is committed");
  }
  awaitable<bool> send_one(std::string subject, std::string sender) {
    Context context = system_context("test", 10s);
    context.caller = {.user_id = kUser, .role = Role::agent};
    auto tx = co_await db_->begin(context);
    const auto command = contract_.finish_task("t1");
    send(*tx, context, sender, *command, subject);
    const auto done = co_await tx->commit();
    co_return done.ok();
  }

  std::atomic<bool> refusing_ = true;
  static constexpr const char* kUser = "018f0000-0000-7000-8000-00000000000a";
};

TEST_F(QueuesTest, ACommandComesToItsHandlerOnceAndToNobodyElse) {
  std::atomic<int> overheard = 0;
  const Subscription everything(
      broker_.url(), "gateway.stream", {"#"}, io_.get_executor(),
      [&](const Event&) { ++overheard; }, [] {});
  start_relay(broker_.url());
  start_commands(broker_.url());
  ASSERT_TRUE(eventually([&] { return everything.connected() && consumer_->connected(); }));

  wish("t1");
  wish("t2");

  ASSERT_TRUE(eventually([&] { return applied() == 2 && pending() == 0; }));
  std::string actor;
  on_worker([&] { actor = actors_.at(0); });
  EXPECT_EQ(actor, kUser) << "whose wish it is travels with it";
  EXPECT_EQ(overheard, 0) << "a wish is no fact";
}

TEST_F(QueuesTest, ACommandWaitsForAServiceThatHasNotStartedYet) {
  start_relay(broker_.url());
  wish("t1");
  publish_versions("client", 1, 1);
  Broker looking(broker_.url(), "test");
  declare_events(looking);

  start_commands(broker_.url());

  EXPECT_TRUE(eventually([&] { return applied() == 1; }));
}

TEST_F(QueuesTest, WhatIsParkedGoesBackToTheQueueThatItCameFrom) {
  start_relay(broker_.url());
  start_commands(broker_.url());
  wish("wrong");
  const auto parked = [&] { return Consumer::list_parked(broker_.url(), "tasks", 10); };
  ASSERT_TRUE(eventually([&] { return parked().size() == 1; }));
  EXPECT_EQ(parked().front().queue, "tasks.commands");
  EXPECT_EQ(parked().front().reason, "wrong_wish");
  EXPECT_EQ(parked().front().type, "tasks.finish_task");

  refusing_ = false;
  EXPECT_EQ(Consumer::replay_parked(broker_.url(), "tasks", ""), 1);

  EXPECT_TRUE(eventually([&] { return applied() == 1; }));
  EXPECT_TRUE(eventually([&] { return parked().empty(); }));
}

TEST_F(QueuesTest, OnlyADeclaredSenderSends) {
  EXPECT_THROW(wish("t1", "payments"), Impossible);
  EXPECT_EQ(pending(), 0);
}

TEST(QueueContract, RefusesWhatContradictsItself) {
  const Contract contract;
  const auto declared = rpc::queues_in({contract.file()});
  EXPECT_EQ(declared.sent_by("crm"), std::vector<std::string>{"tasks.commands"});
  EXPECT_THAT(declared.sent_by("auth"), IsEmpty());

  const auto with = [](const std::string& package, auto change) {
    google::protobuf::DescriptorPool pool(google::protobuf::DescriptorPool::generated_pool());
    FileDescriptorProto file;
    file.set_name("test.proto");
    file.set_package(package);
    file.add_dependency("bordero/queues.proto");
    change(*file.mutable_options());
    return rpc::queues_in({pool.BuildFile(file)});
  };
  const auto foreign = [](auto& options) {
    Queue& queue = *options.AddExtension(bordero::queue);
    queue.set_name("crm.commands");
    queue.add_senders("gateway");
  };
  EXPECT_THROW(with("bordero.tasks.v1", foreign), std::logic_error);
  EXPECT_EQ(with("bordero.crm.v1", foreign).by_name.size(), 1U);
  const auto open_door = [&](auto& options) {
    foreign(options);
    Webhook& door = *options.AddExtension(bordero::webhook);
    door.set_path("/crm/door");
    door.set_queue("crm.commands");
  };
  EXPECT_THROW(with("bordero.crm.v1", open_door), std::logic_error) << "without a secret";
  EXPECT_NO_THROW(rpc::queues());
}

}  // namespace
}  // namespace bordero::mq
