#include "bordero/common/v1/common.pb.h"
#include "platform/pg/pg_fixture.hpp"

namespace bordero::pg {
namespace {

class IdempotencyTest : public PgTest {
 protected:
  // Makes a thing and answers with a message; what `begin` or the commit refused is returned.
  awaitable<Result<std::string>> make_thing(Context ctx, int id) {
    CO_TRY(auto tx, co_await db_->begin(ctx));
    tx.execute("INSERT INTO things (id, name) VALUES ($1, 'x')", id);
    common::v1::Group reply;
    reply.set_value("made");
    reply.set_count(id);
    CO_TRY_VOID(co_await tx.commit(reply));
    co_return reply.SerializeAsString();
  }
  ErrorKind kind_of(Context ctx, int id) {
    const auto made = run(try_thing(ctx, id));
    return made;
  }
  awaitable<ErrorKind> try_thing(Context ctx, int id) {
    const auto made = co_await make_thing(ctx, id);
    last_ = made ? Error{} : made.error();
    co_return made ? ErrorKind{} : made.error().kind;
  }

  Error last_;
};

constexpr ErrorKind kMade{};

TEST_F(IdempotencyTest, ARepeatGetsTheKeptAnswer) {
  EXPECT_EQ(kind_of(keyed("k"), 1), kMade);
  EXPECT_TRUE(last_.reason.empty());

  EXPECT_EQ(kind_of(keyed("k"), 1), ErrorKind::replayed);
  common::v1::Group kept;
  ASSERT_TRUE(kept.ParseFromString(last_.kept_answer));
  EXPECT_EQ(kept.count(), 1);
  EXPECT_EQ(count(), "1");
}

TEST_F(IdempotencyTest, OtherContentUnderTheKeyIsAMismatch) {
  kind_of(keyed("k", "d1"), 1);

  EXPECT_EQ(kind_of(keyed("k", "d2"), 2), ErrorKind::mismatch);
  EXPECT_EQ(count(), "1");
}

TEST_F(IdempotencyTest, KeysAreOfOneActorAndRoute) {
  kind_of(keyed("k"), 1);
  Context other_route = keyed("k");
  other_route.method = "bordero.test.v1.ThingService/OtherThing";
  Context other_actor = keyed("k");
  other_actor.caller = system_caller("other");

  kind_of(other_route, 2);
  kind_of(other_actor, 3);

  EXPECT_EQ(count(), "3");
}

TEST_F(IdempotencyTest, ARefusalIsNotKept) {
  auto refused_work = [&]() -> awaitable<void> {
    Context ctx = keyed("k");
    auto tx = co_await db_->begin(ctx);
    tx->execute("INSERT INTO things (id, name) VALUES (1, 'x')");
  };
  run(refused_work());

  EXPECT_EQ(kind_of(keyed("k"), 1), kMade);
  EXPECT_TRUE(last_.reason.empty());
}

TEST_F(IdempotencyTest, OneStillRunningIsToldToWait) {
  auto work = [&]() -> awaitable<Error> {
    Context ctx = keyed("k");
    auto tx = co_await db_->begin(ctx);
    co_await tx->query("SELECT 1");
    const auto second = co_await make_thing(keyed("k"), 2);
    EXPECT_FALSE(second);
    const auto first = co_await tx->commit();
    EXPECT_TRUE(first.ok());
    co_return second.error();
  };

  const Error error = run(work());
  EXPECT_EQ(error.reason, "idempotency_in_progress");
  EXPECT_EQ(error.kind, ErrorKind::refused);
  EXPECT_GT(error.retry_after_s, 0);
}

TEST_F(IdempotencyTest, ManyAtOnceHaveOneEffect) {
  int made = 0;
  int told = 0;
  int done = 0;
  constexpr int kTries = 40;
  auto one = [&](int id) -> awaitable<void> {
    const auto result = co_await make_thing(keyed("k"), id);
    result ? ++made : ++told;
  };
  for (int i = 0; i < kTries; ++i) {
    asio::co_spawn(io_, one(i), [&](std::exception_ptr error) {
      EXPECT_FALSE(error);
      ++done;
    });
  }
  io_.restart();
  while (done < kTries) io_.run_one();

  EXPECT_EQ(made, 1);
  EXPECT_EQ(told, kTries - 1);
  EXPECT_EQ(count(), "1");
}

TEST_F(IdempotencyTest, ACommitWithoutAReplyIsKeptToo) {
  auto work = [&]() -> awaitable<void> {
    Context ctx = keyed("k");
    auto tx = co_await db_->begin(ctx);
    EXPECT_TRUE(co_await tx->commit());
  };
  run(work());

  EXPECT_EQ(kind_of(keyed("k"), 1), ErrorKind::replayed);
  EXPECT_EQ(last_.kept_answer, "");
}

TEST_F(IdempotencyTest, OnlyTheMethodsOwnReplyIsKept) {
  auto work = [&]() -> awaitable<void> {
    Context ctx = keyed("k");
    ctx.method = "bordero.crm.v1.DealService/CreateDeal";
    auto tx = co_await db_->begin(ctx);
    const common::v1::Group another;
    const auto ended = co_await tx->commit(another);
    EXPECT_FALSE(ended.ok());
  };

  EXPECT_THROW(run(work()), Impossible);
}

TEST_F(IdempotencyTest, OldKeysAreForgotten) {
  kind_of(keyed("old"), 1);
  kind_of(keyed("new"), 2);
  fresh_.execute(
      "UPDATE idempotency_keys SET created_at = now() - interval '49 hours' "
      "WHERE key = 'old'");

  EXPECT_EQ(fresh_.value("SELECT forget_old_work(100)"), "1");
  EXPECT_EQ(fresh_.value("SELECT key FROM idempotency_keys"), "new");
}

}  // namespace
}  // namespace bordero::pg
