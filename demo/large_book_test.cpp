#include "demo/large_book.hpp"

#include <gtest/gtest.h>

#include <set>

namespace bordero::large {
namespace {

std::set<std::string> owners(int clients, unsigned looked_at) {
  const SeedOptions size{.clients = clients, .deals = 3 * clients, .policies = 2 * clients};
  const Book book(size, *Date::parse("2026-11-23"));
  std::set<std::string> found;
  for (unsigned client = 1; client <= looked_at; ++client)
    found.insert(book.client(client).owner_id);
  return found;
}

// What one agent reads is as long in a small network as in a large one.
TEST(LargeBook, HasAgentsInProportionToItsClients) {
  EXPECT_EQ(owners(20'000, 20'000).size(), 20u);
  EXPECT_EQ(owners(100, 100).size(), 8u);
  EXPECT_GT(owners(1'000'000, 20'000).size(), 990u);
}

}  // namespace
}  // namespace bordero::large
