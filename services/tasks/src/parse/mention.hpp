#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bordero::tasks {

// Those of the names that «@ирина», «@соколова» or «@ирина.соколова» may mean, by position: each
// part begins a word of the name, whole words before beginnings.
std::vector<std::size_t> match_mention(std::string_view mention,
                                       const std::vector<std::string>& names);

}  // namespace bordero::tasks
