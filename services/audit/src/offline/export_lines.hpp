#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "services/audit/src/entries/entry.hpp"
#include "services/audit/src/heads/head.hpp"

// An export is JSON lines: the form's name, then heads and entries (each head before the entries
// that it covers last), then the end. What was hashed stands in it unchanged.
namespace bordero::audit {

struct ExportStart {};
struct ExportEnd {
  std::int64_t size = 0;
};
struct ExportedEntry {
  Entry entry;
  Hash leaf{};
};
using ExportLine = std::variant<ExportStart, Head, ExportedEntry, ExportEnd>;

std::string start_line();
std::string entry_line(const Entry& entry, std::string_view leaf);
std::string head_line(const Head& head);
std::string end_line(std::int64_t size);

// Refuses what none of the above wrote.
Result<ExportLine> read_line(std::string_view line);
// A head on its own, as `GET /api/v1/audit/head` answers it.
Result<Head> read_head(std::string_view json);

}  // namespace bordero::audit
