#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/pg/result_set.hpp"

namespace bordero::pg {

// One statement on one connection. It is prepared at its second use: many a list is asked for once,
// and what is prepared costs the server memory for as long as the connection lives.
struct Statement {
  enum class State : std::uint8_t { kNew, kOnce, kSent, kReady };

  std::string name;
  State state = State::kNew;
  std::uint64_t last_use = 0;
  std::shared_ptr<Shape> shape = {};  // Known after the first result.
};

// The prepared statements of one connection by SQL text, bounded.
class StatementCache {
 public:
  static constexpr std::size_t kMax = 200;

  std::shared_ptr<Statement> find_or_add(std::string_view sql);
  // Takes out the least used ones beyond the bound; their names are for DEALLOCATE.
  std::vector<std::string> trim();
  std::size_t size() const { return by_sql_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view sql) const {
      return std::hash<std::string_view>()(sql);
    }
  };

  std::unordered_map<std::string, std::shared_ptr<Statement>, Hash, std::equal_to<>> by_sql_;
  std::uint64_t uses_ = 0;
  std::uint64_t names_ = 0;
};

}  // namespace bordero::pg
