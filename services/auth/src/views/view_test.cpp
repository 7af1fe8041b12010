#include "services/auth/src/views/view.hpp"

#include <gmock/gmock.h>

namespace bordero::auth {
namespace {

v1::View view(const std::string& filter = "") {
  v1::View made;
  made.set_resource("deals");
  made.set_name("  Просроченные ");
  made.set_filter(filter);
  made.set_author_id("ann");
  complete_view(made);
  return made;
}

std::string refused_field(const v1::View& view) {
  const auto checked = check_view(view);
  return checked ? "" : checked.error().fields.at(0).field;
}

TEST(View, IsCompletedWithWhatWasNotSaid) {
  const auto made = view();

  EXPECT_EQ(made.name(), "Просроченные");
  EXPECT_EQ(made.scope(), v1::VIEW_SCOPE_PERSONAL);
  EXPECT_EQ(made.layout(), v1::VIEW_LAYOUT_TABLE);
}

TEST(View, IsCheckedForItsForm) {
  EXPECT_EQ(refused_field(view("status = active")), "");
  EXPECT_EQ(refused_field(view("status = ")), "filter");

  auto other = view();
  other.set_resource("Deals; --");
  EXPECT_EQ(refused_field(other), "resource");
  other = view();
  other.set_name("");
  EXPECT_EQ(refused_field(other), "name");
  other = view();
  other.set_order_by("deadline_on desc, created_at");
  EXPECT_EQ(refused_field(other), "");
  other.set_order_by("now()");
  EXPECT_EQ(refused_field(other), "order_by");
  other = view();
  other.set_group_by("due_on.month");
  EXPECT_EQ(refused_field(other), "");
  other.set_group_by("Due");
  EXPECT_EQ(refused_field(other), "group_by");
  other = view();
  other.add_columns("title");
  other.add_columns("client.full_name");
  EXPECT_EQ(refused_field(other), "");
  other.add_columns("title");
  EXPECT_EQ(refused_field(other), "columns[2]");
  other.set_columns(2, "a b");
  EXPECT_EQ(refused_field(other), "columns[2]");
}

TEST(View, IsChangedByItsAuthorAndSharedOnesByAdmins) {
  const Caller ann{.user_id = "ann", .role = Role::agent};
  const Caller bob{.user_id = "bob", .role = Role::agent};
  const Caller admin{.user_id = "adm", .role = Role::admin};
  auto personal = view();
  auto shared = view();
  shared.set_scope(v1::VIEW_SCOPE_SHARED);

  EXPECT_TRUE(may_change(personal, ann));
  EXPECT_TRUE(may_change(shared, ann));
  EXPECT_TRUE(may_change(shared, admin));
  EXPECT_EQ(may_change(shared, bob).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(may_change(personal, admin).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace bordero::auth
