#include <gtest/gtest.h>

#include "platform/testing/stores.hpp"
#include "services/@name@/src/service.hpp"

namespace bordero::@name@ {
namespace {

TEST(Migrations, MakeASchemaFromNothing) {
  const testing::FreshDatabase database("@name@", migrations());

  EXPECT_EQ(database.value("SELECT count(*) FROM outbox"), "0");
}

}  // namespace
}  // namespace bordero::@name@
