#pragma once

#include <array>
#include <utility>

namespace bordero::pg {

// A host that vanished is noticed within seconds, whether something is being sent to it or waited
// for from it: the kernel's own patience is a quarter of an hour and two hours.
inline constexpr std::array<std::pair<const char*, const char*>, 4> kPatience = {{
    {"tcp_user_timeout", "10000"},
    {"keepalives_idle", "5"},
    {"keepalives_interval", "2"},
    {"keepalives_count", "3"},
}};

}  // namespace bordero::pg
