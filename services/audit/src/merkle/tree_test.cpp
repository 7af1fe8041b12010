#include "services/audit/src/merkle/tree.hpp"

#include <gtest/gtest.h>

namespace bordero::audit {
namespace {

Hash test_leaf(std::size_t index) { return leaf_hash("record " + std::to_string(index)); }

// MTH as section 2.1.1 writes it: split at the largest power of two below the size.
Hash model_root(const std::vector<Hash>& leaves, std::size_t from, std::size_t size) {
  if (size == 1) return leaves[from];
  std::size_t left = 1;
  while (2 * left < size) left *= 2;
  return node_hash(model_root(leaves, from, left), model_root(leaves, from + left, size - left));
}

TEST(Tree, HasTheRootOfTheModelAtEverySize) {
  std::vector<Hash> leaves;
  Tree tree;

  for (std::size_t size = 1; size <= 300; ++size) {
    leaves.push_back(test_leaf(size));
    tree.append(leaves.back());
    ASSERT_EQ(tree.root(), model_root(leaves, 0, size)) << "size " << size;
    ASSERT_EQ(tree.size(), static_cast<std::int64_t>(size));
  }
}

// The vectors that implementations of Certificate Transparency share.
TEST(Tree, HasTheRootsOfTheKnownVectors) {
  const std::vector<std::string> records = {"",
                                            "00",
                                            "10",
                                            "2021",
                                            "3031",
                                            "40414243",
                                            "5051525354555657",
                                            "606162636465666768696a6b6c6d6e6f"};
  const std::vector<std::string> roots = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  Tree tree;

  EXPECT_EQ(hex(tree.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t i = 0; i < records.size(); ++i) {
    tree.append(leaf_hash(from_hex(records[i]).value()));
    EXPECT_EQ(hex(tree.root()), roots[i]) << "size " << i + 1;
  }
}

TEST(Tree, GoesOnFromItsPackedForm) {
  Tree whole;
  for (std::size_t size = 0; size < 100; ++size) {
    auto resumed = Tree::unpack(whole.size(), whole.packed());
    ASSERT_TRUE(resumed);
    whole.append(test_leaf(size));
    resumed->append(test_leaf(size));
    ASSERT_EQ(resumed->root(), whole.root());
  }
}

TEST(Tree, RefusesPeaksOfAnotherSize) {
  Tree tree;
  tree.append(test_leaf(0));

  EXPECT_FALSE(Tree::unpack(3, tree.packed()));
  EXPECT_FALSE(Tree::unpack(-1, ""));
  EXPECT_TRUE(Tree::unpack(2, tree.packed()));
}

TEST(Hex, ReadsWhatItWrote) {
  EXPECT_EQ(from_hex(hex("\x01\xff ")).value(), "\x01\xff ");
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("zz"));
}

}  // namespace
}  // namespace bordero::audit
