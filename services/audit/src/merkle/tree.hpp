#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/bytes.hpp"
#include "platform/base/result.hpp"

// The Merkle tree of RFC 9162, section 2.1, with SHA-256.
namespace bordero::audit {

using Hash = std::array<std::uint8_t, 32>;

Hash leaf_hash(std::string_view record);              // SHA-256(0x00 || record).
Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(0x01 || left || right).

using bordero::hex;
std::string hex(const Hash& hash);
std::string bytes_of(const Hash& hash);

// A tree that only grows. It keeps the roots of its complete subtrees, largest first: as many as
// its size has binary ones, so appending and the root cost O(log n).
class Tree {
 public:
  Tree() = default;
  // Reads what `packed` wrote; refuses peaks that do not belong to this size.
  static Result<Tree> unpack(std::int64_t size, std::string_view packed);

  void append(const Hash& leaf);
  Hash root() const;  // Of the empty tree: the hash of nothing.
  std::int64_t size() const { return size_; }
  std::string packed() const;

 private:
  std::int64_t size_ = 0;
  std::vector<Hash> peaks_;
};

}  // namespace bordero::audit
