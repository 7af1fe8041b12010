#pragma once

#include <string>

namespace bordero::crm {

// Columns of `clients c` for lists and single reads: policies in force, what they cost a year, and
// the earliest deadline. Of everything, or of what the caller in $1 may see.
std::string client_figures(bool own);

}  // namespace bordero::crm
