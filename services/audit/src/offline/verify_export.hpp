#pragma once

#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "services/audit/src/heads/head.hpp"
#include "services/audit/src/verify/log_check.hpp"

namespace bordero::audit {

struct ExportVerdict {
  std::optional<Problem> problem;  // For malformed lines the position is the line's number, from 1.
  std::int64_t size = 0;
  std::int64_t vouched_size = 0;
  std::int64_t head_count = 0;
  std::string root;  // Hex.

  std::string sentence() const;
};

// Checks an export without a database: records, heads and their signatures, that the heads are of
// one growing log, that it also extends each head of `earlier`, and that versions have no holes.
ExportVerdict verify_export(std::istream& file, const std::vector<std::string>& public_keys,
                            const std::vector<Head>& earlier);

}  // namespace bordero::audit
