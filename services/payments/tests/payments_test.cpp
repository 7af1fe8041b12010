#include <gtest/gtest.h>

#include "platform/testing/stores.hpp"
#include "services/payments/src/service.hpp"

namespace bordero::payments {
namespace {

TEST(Migrations, MakeASchemaFromNothing) {
  const testing::FreshDatabase database("payments", migrations());

  EXPECT_EQ(database.value("SELECT count(*) FROM outbox"), "0");
}

}  // namespace
}  // namespace bordero::payments
