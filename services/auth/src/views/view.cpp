#include "services/auth/src/views/view.hpp"

#include <algorithm>
#include <set>

#include "platform/lists/filter.hpp"

namespace bordero::auth {
namespace {

bool is_word(std::string_view text) {
  return is_field_name(text) && text.find_first_of("0123456789.") == std::string_view::npos;
}

// "deadline_on, created_at desc"
bool is_order(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == ',' ||
           c == ' ';
  };
  return std::all_of(text.begin(), text.end(), fits);
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

}  // namespace

bool is_field_name(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  return !text.empty() && text[0] >= 'a' && text[0] <= 'z' &&
         std::all_of(text.begin(), text.end(), fits);
}

void complete_view(v1::View& view) {
  view.set_name(trimmed(view.name()));
  if (view.scope() == v1::VIEW_SCOPE_UNSPECIFIED) view.set_scope(v1::VIEW_SCOPE_PERSONAL);
  if (view.layout() == v1::VIEW_LAYOUT_UNSPECIFIED) view.set_layout(v1::VIEW_LAYOUT_TABLE);
}

Result<void> check_view(const v1::View& view) {
  if (!is_word(view.resource())) return invalid_field("resource", "not_a_list");
  if (view.name().empty()) return invalid_field("name", "required");
  TRY(lists::parse_filter(view.filter()));
  if (!is_order(view.order_by())) return invalid_field("order_by", "bad_order", "field [desc], …");
  if (!view.group_by().empty() && !is_field_name(view.group_by())) {
    return invalid_field("group_by", "not_a_field");
  }
  std::set<std::string> seen;
  for (int i = 0; i < view.columns_size(); ++i) {
    const std::string field = "columns[" + std::to_string(i) + "]";
    if (!is_field_name(view.columns(i))) return invalid_field(field, "not_a_field");
    if (!seen.insert(view.columns(i)).second) return invalid_field(field, "repeated");
  }
  return {};
}

Result<void> may_change(const v1::View& view, const Caller& caller) {
  if (view.author_id() == caller.user_id) return {};
  if (view.scope() != v1::VIEW_SCOPE_SHARED) return not_found("view_not_found");
  if (caller.role == Role::admin) return {};
  return forbidden("not_your_view");
}

}  // namespace bordero::auth
