#include <gtest/gtest.h>

#include "platform/testing/stores.hpp"
#include "services/tasks/src/service.hpp"

namespace bordero::tasks {
namespace {

TEST(Migrations, MakeASchemaFromNothing) {
  const testing::FreshDatabase database("tasks", migrations());

  EXPECT_EQ(database.value("SELECT count(*) FROM outbox"), "0");
}

}  // namespace
}  // namespace bordero::tasks
