#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {
namespace {

TEST_F(CrmTest, InsurersAreWrittenByAdminsAndReadByAll) {
  v1::CreateInsurerRequest request;
  request.set_name("СК «Волга»");
  request.add_products(v1::PRODUCT_KASKO);
  EXPECT_EQ(call<v1::Insurer>(agent_, "InsurerService/CreateInsurer", request).error().reason,
            "role_not_allowed");

  const auto made = must(call<v1::Insurer>(admin_, "InsurerService/CreateInsurer", request));

  EXPECT_EQ(made.short_name(), "СК «Волга»");
  EXPECT_TRUE(made.active());
  EXPECT_EQ(call<v1::Insurer>(admin_, "InsurerService/CreateInsurer", request).error().reason,
            "insurer_name_taken");
  for (const Person* who : {&agent_, &executor_, &finance_, &head_, &admin_}) {
    const auto list = must(call<v1::ListInsurersReply>(*who, "InsurerService/ListInsurers",
                                                       v1::ListInsurersRequest()));
    EXPECT_EQ(list.insurers_size(), 1);
    EXPECT_EQ(list.insurers(0).can(0).allowed(), who == &admin_);
  }
}

TEST_F(CrmTest, InsurerIsChangedByVersion) {
  v1::CreateInsurerRequest create;
  create.set_name("СК «Ока»");
  const auto made = must(call<v1::Insurer>(admin_, "InsurerService/CreateInsurer", create));
  v1::UpdateInsurerRequest request;
  request.set_insurer_id(made.id());
  request.set_version(1);
  request.add_products(v1::PRODUCT_OSAGO);
  request.add_products(v1::PRODUCT_OSAGO);
  request.mutable_update_mask()->add_paths("products");
  request.mutable_update_mask()->add_paths("active");
  EXPECT_EQ(
      call<v1::Insurer>(admin_, "InsurerService/UpdateInsurer", request).error().fields[0].code,
      "repeated");

  request.mutable_products()->RemoveLast();
  const auto changed = must(call<v1::Insurer>(admin_, "InsurerService/UpdateInsurer", request));

  EXPECT_FALSE(changed.active());
  EXPECT_EQ(changed.products_size(), 1);
  EXPECT_EQ(call<v1::Insurer>(admin_, "InsurerService/UpdateInsurer", request).error().kind,
            ErrorKind::stale);
}

}  // namespace
}  // namespace bordero::crm
