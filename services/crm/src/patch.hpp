#pragma once

#include "platform/rpc/patch.hpp"

namespace bordero::crm {
using rpc::check_version;
using rpc::patch;
}  // namespace bordero::crm
