#pragma once

#include "bordero/auth/v1/users.pb.h"
#include "platform/base/result.hpp"

namespace bordero::auth {

// What somebody prefers who never said so.
v1::Preferences default_preferences();
// The preferences with the fields of the mask changed; an empty value returns to the default.
Result<v1::Preferences> patch(v1::Preferences preferences,
                              const v1::UpdatePreferencesRequest& request);

}  // namespace bordero::auth
