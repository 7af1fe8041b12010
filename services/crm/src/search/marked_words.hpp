#pragma once

#include "platform/search/marked_words.hpp"

namespace bordero::crm {
using namespace search;
}  // namespace bordero::crm
