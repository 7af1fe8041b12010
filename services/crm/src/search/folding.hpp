#pragma once

#include "platform/search/folding.hpp"

namespace bordero::crm {
using namespace search;
}  // namespace bordero::crm
