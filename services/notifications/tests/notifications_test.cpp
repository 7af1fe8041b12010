#include <gtest/gtest.h>

#include "platform/testing/stores.hpp"
#include "services/notifications/src/service.hpp"

namespace bordero::notifications {
namespace {

TEST(Migrations, MakeASchemaFromNothing) {
  const testing::FreshDatabase database("notifications", migrations());

  EXPECT_EQ(database.value("SELECT count(*) FROM outbox"), "0");
}

}  // namespace
}  // namespace bordero::notifications
