#pragma once

#include <google/protobuf/descriptor.h>

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"

// How the JSON of events stands in the log.
namespace bordero::audit {

// Keys sorted, no spaces, shortest escapes: one text for one value.
std::string canonical_json(const boost::json::value& value);

// Follows the classes of the message's fields: a sensitive value, and one of a field that this
// release does not know, stays by name only; a secret leaves no trace at all.
void mask(boost::json::value& value, const google::protobuf::Descriptor* type);
inline constexpr std::string_view kMasked = "***";

// What an event's body says, parted the way the log keeps it.
struct Change {
  std::string before;
  std::string after;    // The entity itself for an event without before and after.
  std::string details;  // All other fields, or empty.
  std::string reason;
};
Result<Change> read_change(std::string_view body, const google::protobuf::Descriptor* type);

}  // namespace bordero::audit
