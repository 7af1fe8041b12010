#include "services/auth/tests/auth_fixture.hpp"

#include "bordero/auth/v1/views.pb.h"

namespace bordero::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ViewsTest : public AuthTest {
 protected:
  v1::CreateViewRequest asked(const std::string& name,
                              v1::ViewScope scope = v1::VIEW_SCOPE_PERSONAL) {
    v1::CreateViewRequest request;
    request.set_resource("deals");
    request.set_name(name);
    request.set_scope(scope);
    request.set_filter("status = active");
    request.add_columns("title");
    request.add_columns("deadline_on");
    return request;
  }
  Result<v1::View> create(const SignedIn& who, const v1::CreateViewRequest& request) {
    return call<v1::View>("ViewService/CreateView", request, &who);
  }
  v1::UpdateViewRequest renaming(const v1::View& view, const std::string& name) {
    v1::UpdateViewRequest request;
    request.set_view_id(view.id());
    request.set_version(view.version());
    request.set_name(name);
    request.mutable_update_mask()->add_paths("name");
    return request;
  }
  Result<v1::View> update(const SignedIn& who, const v1::UpdateViewRequest& request) {
    return call<v1::View>("ViewService/UpdateView", request, &who);
  }
  Result<common::v1::Empty> remove(const SignedIn& who, const v1::View& view) {
    v1::DeleteViewRequest request;
    request.set_view_id(view.id());
    return call<common::v1::Empty>("ViewService/DeleteView", request, &who);
  }
  std::vector<std::string> names(const SignedIn& who, const std::string& filter = "") {
    v1::ListViewsRequest request;
    request.set_filter(filter);
    const auto reply = call<v1::ListViewsReply>("ViewService/ListViews", request, &who).value();
    std::vector<std::string> all;
    for (const auto& view : reply.views()) all.push_back(view.name());
    return all;
  }

  SignedIn ann_ = given_signed_in("ann", "agent");
  SignedIn bob_ = given_signed_in("bob", "agent");
  SignedIn admin_ = given_signed_in("admin", "admin");
};

TEST_F(ViewsTest, PersonalOnesAreTheirAuthors) {
  forget_published();
  const auto mine = create(ann_, asked("Мои")).value();

  EXPECT_EQ(mine.author_id(), ann_.user_id);
  EXPECT_EQ(mine.author_name(), "ann");
  EXPECT_THAT(mine.columns(), ElementsAre("title", "deadline_on"));
  EXPECT_THAT(names(ann_), ElementsAre("Мои"));
  EXPECT_THAT(names(bob_), IsEmpty());
  EXPECT_THAT(names(admin_), IsEmpty());
  EXPECT_EQ(update(admin_, renaming(mine, "x")).error().kind, ErrorKind::not_found);
  EXPECT_EQ(remove(bob_, mine).error().kind, ErrorKind::not_found);
  EXPECT_THAT(published(), ElementsAre("auth.view.created 1"));
}

TEST_F(ViewsTest, SharedOnesAreSeenByAllAndChangedByAuthorOrAdmin) {
  const auto shared = create(ann_, asked("Наши", v1::VIEW_SCOPE_SHARED)).value();
  forget_published();

  EXPECT_THAT(names(bob_, "resource = deals"), ElementsAre("Наши"));
  EXPECT_THAT(names(bob_, "resource = clients"), IsEmpty());
  EXPECT_EQ(update(bob_, renaming(shared, "x")).error().reason, "not_your_view");
  EXPECT_EQ(remove(bob_, shared).error().reason, "not_your_view");
  const auto renamed = update(admin_, renaming(shared, "Общие")).value();
  EXPECT_EQ(renamed.version(), 2);
  EXPECT_EQ(update(ann_, renaming(shared, "Поздно")).error().kind, ErrorKind::stale);
  EXPECT_TRUE(remove(ann_, renamed).ok());
  EXPECT_THAT(names(bob_), IsEmpty());
  EXPECT_THAT(published(), ElementsAre("auth.view.updated 2", "auth.view.deleted 3"));
}

TEST_F(ViewsTest, EveryDrawingOfAListIsKept) {
  for (const auto layout : {v1::VIEW_LAYOUT_TABLE, v1::VIEW_LAYOUT_BOARD, v1::VIEW_LAYOUT_CALENDAR,
                            v1::VIEW_LAYOUT_WEEK}) {
    auto request = asked("Вид " + std::to_string(layout));
    request.set_resource("tasks");
    request.set_layout(layout);
    const auto made = create(ann_, request).value();
    EXPECT_EQ(made.layout(), layout);

    auto change = renaming(made, made.name() + " по неделям");
    change.set_layout(v1::VIEW_LAYOUT_WEEK);
    change.mutable_update_mask()->add_paths("layout");
    EXPECT_EQ(update(ann_, change).value().layout(), v1::VIEW_LAYOUT_WEEK);
  }
}

TEST_F(ViewsTest, AnAdminMayMakeASharedOnePersonalAgain) {
  const auto shared = create(ann_, asked("Наши", v1::VIEW_SCOPE_SHARED)).value();
  v1::UpdateViewRequest request;
  request.set_view_id(shared.id());
  request.set_version(1);
  request.set_scope(v1::VIEW_SCOPE_PERSONAL);
  request.mutable_update_mask()->add_paths("scope");

  EXPECT_TRUE(update(admin_, request).ok());

  EXPECT_THAT(names(admin_), IsEmpty());
  EXPECT_THAT(names(ann_), ElementsAre("Наши"));
}

TEST_F(ViewsTest, NamesAreToldApartAndTheirNumberIsLimited) {
  EXPECT_TRUE(create(ann_, asked("Мои")).ok());
  EXPECT_EQ(create(ann_, asked("МОИ")).error().reason, "view_name_taken");
  EXPECT_TRUE(create(bob_, asked("Мои")).ok());
  EXPECT_TRUE(create(ann_, asked("Мои", v1::VIEW_SCOPE_SHARED)).ok());
  EXPECT_EQ(create(bob_, asked("мои", v1::VIEW_SCOPE_SHARED)).error().reason,
            "shared_view_name_taken");
  auto broken = asked("Другие");
  broken.set_filter("status =");
  EXPECT_EQ(create(ann_, broken).error().fields.at(0).field, "filter");

  for (int i = 2; i < 100; ++i) ASSERT_TRUE(create(ann_, asked(std::to_string(i))).ok());
  EXPECT_EQ(create(ann_, asked("ещё")).error().reason, "too_many_views");
}

TEST_F(ViewsTest, ARepeatedCreateMakesOne) {
  idempotency_key_ = "key-of-a-view-0001";
  const auto first = create(ann_, asked("Мои")).value();
  const auto second = create(ann_, asked("Мои")).value();
  EXPECT_TRUE(replayed_);
  EXPECT_EQ(first.id(), second.id());
  idempotency_key_ = "";
  EXPECT_THAT(names(ann_), ElementsAre("Мои"));
}

TEST_F(ViewsTest, ColumnsOfListsAreKeptListByList) {
  const auto choose = [&](const std::string& resource, std::vector<std::string> columns) {
    v1::UpdatePreferencesRequest request;
    request.mutable_update_mask()->add_paths("columns");
    auto* chosen = request.add_columns();
    chosen->set_resource(resource);
    for (const auto& column : columns) chosen->add_columns(column);
    return call<v1::Preferences>("UserService/UpdatePreferences", request, &ann_);
  };
  EXPECT_TRUE(choose("deals", {"title", "status"}).ok());
  EXPECT_TRUE(choose("clients", {"short_name"}).ok());
  const auto both = choose("deals", {"status"}).value();
  ASSERT_EQ(both.columns_size(), 2);
  EXPECT_EQ(both.columns(1).resource(), "deals");
  EXPECT_THAT(both.columns(1).columns(), ElementsAre("status"));

  EXPECT_EQ(choose("deals", {"a b"}).error().fields.at(0).field, "columns[0].columns");
  EXPECT_EQ(choose("deals", {"a", "a"}).error().fields.at(0).code, "repeated");
  const auto left = choose("deals", {}).value();
  ASSERT_EQ(left.columns_size(), 1);
  EXPECT_EQ(left.columns(0).resource(), "clients");
  const auto kept =
      call<v1::Preferences>("UserService/GetPreferences", v1::GetPreferencesRequest(), &ann_);
  EXPECT_EQ(kept.value().columns_size(), 1);
}

}  // namespace
}  // namespace bordero::auth
