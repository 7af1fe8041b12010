#include "services/tasks/src/parse/mention.hpp"

#include <algorithm>

#include "platform/search/folding.hpp"

namespace bordero::tasks {
namespace {

using Words = std::vector<std::u32string>;

bool fits(const Words& parts, const Words& name, bool whole) {
  return std::all_of(parts.begin(), parts.end(), [&](const std::u32string& part) {
    return std::any_of(name.begin(), name.end(), [&](const std::u32string& word) {
      return whole ? word == part : word.starts_with(part);
    });
  });
}

std::vector<std::size_t> matches(const Words& parts, const std::vector<Words>& names, bool whole) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (fits(parts, names[i], whole)) found.push_back(i);
  }
  return found;
}

}  // namespace

std::vector<std::size_t> match_mention(std::string_view mention,
                                       const std::vector<std::string>& names) {
  std::vector<Words> folded;
  for (const auto& name : names) folded.push_back(search::folded_words(name));
  const std::u32string other = search::other_layout(search::fold(mention));
  // Typed on the other keyboard layout it is tried last.
  for (const std::string& typed : {std::string(mention), search::encode_utf8(other)}) {
    const Words parts = search::folded_words(typed);
    if (parts.empty()) continue;
    for (const bool whole : {true, false}) {
      if (auto found = matches(parts, folded, whole); !found.empty()) return found;
    }
  }
  return {};
}

}  // namespace bordero::tasks
