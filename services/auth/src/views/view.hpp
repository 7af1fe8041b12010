#pragma once

#include "bordero/auth/v1/views.pb.h"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::auth {

using ViewId = Id<v1::View>;

inline constexpr int kMaxViews = 100;  // Of one author.

// The name without outer spaces, and what was not said.
void complete_view(v1::View& view);
// Whether the view can be kept. What fields the list has only its own service knows; here the
// filter is checked for its grammar, names for their form.
Result<void> check_view(const v1::View& view);
// Whether the caller may change or delete the view; others' personal views do not exist for them.
Result<void> may_change(const v1::View& view, const Caller& caller);
// The name of a list or a field: small letters, digits, underscores and points.
bool is_field_name(std::string_view text);

}  // namespace bordero::auth
