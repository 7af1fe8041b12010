#include "platform/rpc/contract.hpp"

#include <gtest/gtest.h>

#include <set>

namespace bordero::rpc {
namespace {

TEST(Contract, RoutesAreReadFromTheOptions) {
  const Method* method = find_method("bordero.crm.v1.DealService/TransitionDeal");

  ASSERT_NE(method, nullptr);
  EXPECT_EQ(method->service, "crm");
  EXPECT_EQ(method->verb, Verb::post);
  EXPECT_EQ(method->path, "/api/v1/deals/{deal_id}/transition");
  EXPECT_EQ(method->permission, "deals.write");
  EXPECT_TRUE(method->changes());
}

TEST(Contract, NoTwoMethodsShareARoute) {
  std::set<std::string> routes;
  for (const Method& method : methods()) {
    if (!method.has_route || method.joined) continue;
    const std::string route = std::string(verb_name(method.verb)) + " " + method.path;
    EXPECT_TRUE(routes.insert(route).second) << route;
  }
}

TEST(Contract, EventsAreKnownByType) {
  ASSERT_TRUE(events().contains("crm.deal.status_changed"));
  EXPECT_EQ(event_type(events().at("crm.deal.status_changed")), "crm.deal.status_changed");
}

TEST(Contract, AFieldTakesTheClassOfItsMessageUnlessItNamesOne) {
  const auto* client = events().at("crm.client.created")->FindFieldByName("client")->message_type();

  EXPECT_EQ(class_of(client->FindFieldByName("full_name")), PERSONAL);
  EXPECT_EQ(class_of(client->FindFieldByName("status")), INTERNAL);
}

}  // namespace
}  // namespace bordero::rpc
