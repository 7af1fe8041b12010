#pragma once

#include <string>

#include "platform/lists/filter.hpp"
#include "platform/lists/list_query.hpp"

namespace bordero::lists {

// What today(), month_start(-1), me() and the like stand for, as the text of a value that a field
// of this type is compared with. Dates are those of the agency's zone. `me` is the caller's id.
Result<std::string> value_of_function(const Value& function, FieldType type, const std::string& me);

}  // namespace bordero::lists
