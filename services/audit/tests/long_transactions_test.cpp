#include "platform/telemetry/metrics.hpp"
#include "services/audit/src/long_transactions/sampler.hpp"
#include "services/audit/tests/audit_fixture.hpp"

namespace bordero::audit {
namespace {

TEST_F(AuditTest, ALongTransactionIsSampled) {
  LongTransactionSampler sampler(db_, std::chrono::seconds(0));
  EXPECT_EQ(*run(sampler.sample()), 0);
  const auto open = [this](Context& ctx) -> awaitable<std::optional<pg::Transaction>> {
    auto tx = co_await db_.begin(ctx);
    co_await tx->query("SELECT 1");
    co_return std::move(tx).value();
  };
  Context ctx = system_context("test", std::chrono::seconds(30));

  {
    const auto held = run(open(ctx));
    EXPECT_EQ(*run(sampler.sample()), 1);
  }

  EXPECT_THAT(telemetry::metrics_text(), ::testing::HasSubstr("bordero_audit_long_transactions 1"));
}

}  // namespace
}  // namespace bordero::audit
