#include "services/auth/src/users/preferences.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>

#include "services/auth/src/views/view.hpp"

namespace bordero::auth {
namespace {

constexpr int kMaxLists = 50;  // Whose columns one person chose.

Result<std::string> one_of(const std::string& value, std::initializer_list<const char*> allowed,
                           const std::string& fallback, const char* field) {
  if (value.empty()) return fallback;
  const bool known = std::find(allowed.begin(), allowed.end(), value) != allowed.end();
  if (!known) return invalid_field(field, "unknown_value");
  return value;
}

Result<void> check_columns(const v1::ListColumns& chosen, const std::string& field) {
  if (!is_field_name(chosen.resource())) return invalid_field(field + ".resource", "not_a_list");
  std::set<std::string> seen;
  for (const std::string& column : chosen.columns()) {
    if (!is_field_name(column)) return invalid_field(field + ".columns", "not_a_field");
    if (!seen.insert(column).second) return invalid_field(field + ".columns", "repeated");
  }
  return {};
}

// The chosen columns of one list in place of the earlier; none stand for the list's own.
void choose_columns(v1::Preferences& preferences, const v1::ListColumns& chosen) {
  auto& all = *preferences.mutable_columns();
  for (int i = 0; i < all.size(); ++i) {
    if (all[i].resource() != chosen.resource()) continue;
    all.DeleteSubrange(i, 1);
    break;
  }
  if (!chosen.columns().empty()) *all.Add() = chosen;
}

Result<void> patch_columns(v1::Preferences& preferences,
                           const v1::UpdatePreferencesRequest& request) {
  for (int i = 0; i < request.columns_size(); ++i) {
    TRY(check_columns(request.columns(i), "columns[" + std::to_string(i) + "]"));
    choose_columns(preferences, request.columns(i));
  }
  if (preferences.columns_size() > kMaxLists) return invalid_field("columns", "too_many_lists");
  return {};
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
    } else if (path == "columns") {
      TRY(patch_columns(preferences, request));
    } else {
      return invalid_field(path, "cannot_be_set");
    }
  }
  return preferences;
}

}  // namespace bordero::auth
