#include "services/audit/src/merkle/tree.hpp"

#include <openssl/evp.h>

#include <bit>
#include <cstring>
#include <memory>

namespace bordero::audit {
namespace {

// OpenSSL's SHA-256 uses the processor's instructions for it; the context is kept, because making
// one costs more than hashing a node.
Hash sha256(std::uint8_t prefix, std::string_view first, std::string_view second) {
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  Hash hash;
  unsigned int size = 0;
  const bool done = EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), &prefix, 1) == 1 &&
                    EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
                    EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
                    EVP_DigestFinal_ex(context.get(), hash.data(), &size) == 1;
  ensure(done && size == hash.size(), "SHA-256 is there");
  return hash;
}

std::string_view view(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

Hash hash_of_nothing() {
  Hash hash;
  unsigned int size = 0;
  ensure(EVP_Digest("", 0, hash.data(), &size, EVP_sha256(), nullptr) == 1, "SHA-256 is there");
  return hash;
}

}  // namespace

Hash leaf_hash(std::string_view record) { return sha256(0x00, record, {}); }

Hash node_hash(const Hash& left, const Hash& right) {
  return sha256(0x01, view(left), view(right));
}

std::string hex(const Hash& hash) { return bordero::hex(view(hash)); }

std::string bytes_of(const Hash& hash) { return std::string(view(hash)); }

Result<Tree> Tree::unpack(std::int64_t size, std::string_view packed) {
  const auto count = static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(size)));
  if (size < 0 || packed.size() != count * sizeof(Hash)) return invalid("peaks_do_not_fit_size");
  Tree tree;
  tree.size_ = size;
  tree.peaks_.resize(count);
  if (count > 0) std::memcpy(tree.peaks_.data(), packed.data(), packed.size());
  return tree;
}

void Tree::append(const Hash& leaf) {
  Hash grown = leaf;
  // Each trailing one of the size is a complete subtree as large as what has grown so far.
  for (auto rest = static_cast<std::uint64_t>(size_); (rest & 1) != 0; rest >>= 1) {
    grown = node_hash(peaks_.back(), grown);
    peaks_.pop_back();
  }
  peaks_.push_back(grown);
  ++size_;
}

Hash Tree::root() const {
  if (peaks_.empty()) return hash_of_nothing();
  Hash root = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_hash(peaks_[i], root);
  return root;
}

std::string Tree::packed() const {
  std::string bytes;
  bytes.reserve(peaks_.size() * sizeof(Hash));
  for (const Hash& peak : peaks_) bytes += view(peak);
  return bytes;
}

}  // namespace bordero::audit
