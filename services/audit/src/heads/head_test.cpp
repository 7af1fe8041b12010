#include "services/audit/src/heads/head.hpp"

#include <gtest/gtest.h>

namespace bordero::audit {
namespace {

Tree test_tree(int size) {
  Tree tree;
  for (int i = 0; i < size; ++i) tree.append(leaf_hash(std::to_string(i)));
  return tree;
}

TEST(SignedHead, HoldsUnderItsKeyAndUntouched) {
  const SigningKey key(std::string(32, 'k'));
  const Head head = key.sign(test_tree(3), *parse_instant("2026-11-23T10:15:30.123456Z"));

  EXPECT_TRUE(signature_holds(head, key.public_key()));
  EXPECT_FALSE(signature_holds(head, SigningKey(std::string(32, 'x')).public_key()));
}

TEST(SignedHead, DoesNotHoldWithAnotherSizeRootOrTime) {
  const SigningKey key(std::string(32, 'k'));
  const Head head = key.sign(test_tree(3), clock::now());

  Head larger = head;
  larger.size = 4;
  Head other = head;
  other.root[0] ^= 1;
  Head later = head;
  later.signed_at += std::chrono::seconds(1);
  Head torn = head;
  torn.signature.pop_back();

  EXPECT_FALSE(signature_holds(larger, key.public_key()));
  EXPECT_FALSE(signature_holds(other, key.public_key()));
  EXPECT_FALSE(signature_holds(later, key.public_key()));
  EXPECT_FALSE(signature_holds(torn, key.public_key()));
}

}  // namespace
}  // namespace bordero::audit
