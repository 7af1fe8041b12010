#include "services/auth/src/users/preferences.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace bordero::auth {
namespace {

Result<std::string> one_of(const std::string& value, std::initializer_list<const char*> allowed,
                           const std::string& fallback, const char* field) {
  if (value.empty()) return fallback;
  const bool known = std::find(allowed.begin(), allowed.end(), value) != allowed.end();
  if (!known) return invalid_field(field, "unknown_value");
  return value;
}

}  // namespace

v1::Preferences default_preferences() {
  v1::Preferences preferences;
  preferences.set_theme("system");
  preferences.set_language("ru");
  preferences.set_density("normal");
  preferences.set_single_keys(true);
  return preferences;
}

Result<v1::Preferences> patch(v1::Preferences preferences,
                              const v1::UpdatePreferencesRequest& request) {
  for (const std::string& path : request.update_mask().paths()) {
    if (path == "theme") {
      preferences.set_theme(
          TRY(one_of(request.theme(), {"light", "dark", "system"}, "system", "theme")));
    } else if (path == "language") {
      preferences.set_language(TRY(one_of(request.language(), {"ru", "en"}, "ru", "language")));
    } else if (path == "density") {
      preferences.set_density(
          TRY(one_of(request.density(), {"compact", "normal", "spacious"}, "normal", "density")));
    } else if (path == "single_keys") {
      preferences.set_single_keys(request.single_keys());
    } else {
      return invalid_field(path, "cannot_be_set");
    }
  }
  return preferences;
}

}  // namespace bordero::auth
