#pragma once

#include "platform/search/search_query.hpp"

namespace bordero::crm {
using namespace search;
}  // namespace bordero::crm
