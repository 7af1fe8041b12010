#include "services/audit/src/offline/verify_export.hpp"

#include <map>

#include "services/audit/src/offline/export_lines.hpp"
#include "services/audit/src/offline/version_check.hpp"

namespace bordero::audit {
namespace {

// Reads lines into the two checks until one finds something or the file ends.
class Reading {
 public:
  explicit Reading(const std::vector<std::string>& public_keys) : log_(public_keys) {}

  void expect(const Head& head) { log_.expect(head); }

  void read(std::istream& file) {
    std::string line;
    while (!ended_ && !problem() && std::getline(file, line)) take(line);
    if (problem()) return;
    if (!ended_) return fail("file_cut", line_number_);
    if (std::getline(file, line)) return fail("line_malformed", line_number_ + 1);
    if (log_.tree().size() > 0 && log_.head_count() == 0) fail("no_signed_head", 0);
    if (const auto hole = versions_.first_hole(); !problem() && hole)
      fail("version_missing", *hole);
  }

  std::optional<Problem> problem() const { return own_ ? own_ : log_.problem(); }
  const LogCheck& log() const { return log_; }

 private:
  void fail(std::string code, std::int64_t position) {
    own_ = Problem{.code = std::move(code), .position = position};
  }

  void take(const std::string& text) {
    ++line_number_;
    const auto line = read_line(text);
    if (!line) return fail(line.error().reason, line_number_);
    const bool starts = std::holds_alternative<ExportStart>(*line);
    if (starts != (line_number_ == 1)) return fail("line_malformed", line_number_);
    if (const auto* head = std::get_if<Head>(&*line)) log_.expect(*head);
    if (const auto* exported = std::get_if<ExportedEntry>(&*line)) {
      log_.add(exported->entry, exported->leaf);
      versions_.add(exported->entry);
    }
    if (const auto* end = std::get_if<ExportEnd>(&*line)) {
      ended_ = true;
      log_.finish();
      if (!problem() && end->size != log_.tree().size()) fail("file_cut", line_number_);
    }
  }

  LogCheck log_;
  VersionCheck versions_;
  std::optional<Problem> own_;
  std::int64_t line_number_ = 0;
  bool ended_ = false;
};

const std::map<std::string, std::string>& sentences() {
  static const std::map<std::string, std::string> all = {
      {"entry_changed", "the entry was changed after it was recorded"},
      {"entry_missing", "an entry is missing"},
      {"entry_repeated", "an entry stands in a place that is taken"},
      {"head_signature_wrong", "the head over this many entries was not signed with the given key"},
      {"head_out_of_order", "a head stands after entries that it does not cover"},
      {"head_root_differs", "entries from here to the next signed head were rewritten"},
      {"log_cut", "the log ends here, but a signed head covers more"},
      {"no_signed_head", "no signed head covers any of the entries"},
      {"version_missing", "the version before this entry's was never recorded"},
      {"file_cut", "the file ends too early"},
      {"form_unknown", "the file is not an export that this release knows"}};
  return all;
}

}  // namespace

std::string ExportVerdict::sentence() const {
  if (problem) {
    const auto found = sentences().find(problem->code);
    const std::string what =
        found != sentences().end() ? found->second : "the line is not one of an export";
    return "The log does not hold. " + problem->code + " at " + std::to_string(problem->position) +
           ": " + what + ".";
  }
  std::string text = "The log holds: " + std::to_string(size) + " entries, " +
                     std::to_string(head_count) + " signed heads, root " + root + ".";
  if (vouched_size < size) {
    text += " The last " + std::to_string(size - vouched_size) + " are not signed yet.";
  }
  return text;
}

ExportVerdict verify_export(std::istream& file, const std::vector<std::string>& public_keys,
                            const std::vector<Head>& earlier) {
  Reading reading(public_keys);
  for (const auto& head : earlier) reading.expect(head);
  reading.read(file);
  const LogCheck& log = reading.log();
  return {.problem = reading.problem(),
          .size = log.tree().size(),
          .vouched_size = log.vouched_size(),
          .head_count = log.head_count(),
          .root = hex(log.tree().root())};
}

}  // namespace bordero::audit
