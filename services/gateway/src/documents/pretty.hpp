#pragma once

#include <boost/json/value.hpp>

#include <string>

namespace bordero::gateway {

// JSON with two spaces a level, so that a change of the document is a change of few lines.
std::string pretty(const boost::json::value& value);

}  // namespace bordero::gateway
