#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "platform/pg/result_set.hpp"

namespace bordero::pg {

// Puts one column, which is not NULL, into the field of its step.
void fill_field(google::protobuf::Message& message, const ResultSet& result, int row,
                const FillStep& step);

// "2026-11-23 10:15:30.5+00" as "2026-11-23T10:15:30.500000Z"; sessions run in UTC.
std::string rfc3339(std::string_view timestamptz);

}  // namespace bordero::pg
