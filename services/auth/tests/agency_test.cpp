#include "bordero/auth/v1/agency.pb.h"
#include "platform/base/bytes.hpp"
#include "services/auth/tests/auth_fixture.hpp"

namespace bordero::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Four by two pixels.
const std::string& png() {
  static const std::string bytes = *from_hex(
      "89504e470d0a1a0a0000000d49484452000000040000000208060000007fa87d63000000114944415478"
      "9c637854a0d0808c19d005000e990f913614d5cc0000000049454e44ae426082");
  return bytes;
}

class AgencyTest : public AuthTest {
 protected:
  Result<v1::Agency> get(const SignedIn& who) {
    return call<v1::Agency>("AgencyService/GetAgency", v1::GetAgencyRequest(), &who);
  }
  static v1::UpdateAgencyRequest named(const std::string& name, int version = 1) {
    v1::UpdateAgencyRequest request;
    request.set_version(version);
    request.set_name(name);
    request.mutable_update_mask()->add_paths("name");
    return request;
  }
  static v1::UpdateAgencyRequest with_logo(const std::string& logo, int version = 1) {
    v1::UpdateAgencyRequest request;
    request.set_version(version);
    request.set_logo(logo);
    request.mutable_update_mask()->add_paths("logo");
    return request;
  }
  Result<v1::Agency> update(const SignedIn& who, const v1::UpdateAgencyRequest& request) {
    return call<v1::Agency>("AgencyService/UpdateAgency", request, &who);
  }
  Result<common::v1::File> logo(const SignedIn& who, const std::string& digest = "") {
    v1::GetLogoRequest request;
    request.set_digest(digest);
    return call<common::v1::File>("AgencyService/GetLogo", request, &who);
  }
  std::string fault(const v1::UpdateAgencyRequest& request) {
    const auto refusal = update(admin_, request);
    if (refusal) return "";
    const Error& error = refusal.error();
    if (error.fields.empty()) return error.reason;
    return error.fields[0].field + ":" + error.fields[0].code;
  }

  SignedIn ann_ = given_signed_in("ann", "agent");
  SignedIn admin_ = given_signed_in("admin", "admin");
};

TEST_F(AgencyTest, IsThereFromTheBeginningAndSeenByAll) {
  const auto seen = get(ann_).value();

  EXPECT_EQ(seen.name(), "Страховое агентство");
  EXPECT_FALSE(seen.share_names_in_messages());
  EXPECT_EQ(seen.time_zone(), clock::time_zone());
  EXPECT_EQ(seen.version(), 1);
  ASSERT_EQ(seen.can_size(), 1);
  EXPECT_FALSE(seen.can(0).allowed());
  EXPECT_TRUE(get(admin_)->can(0).allowed());
  EXPECT_EQ(logo(ann_).error().reason, "logo_not_found");
}

TEST_F(AgencyTest, IsChangedByAdminsAndToldWhole) {
  forget_published();
  auto request = named("  Меридиан ");
  request.set_phone("+7 495 000-00-00");
  request.set_address("Москва");
  request.set_share_names_in_messages(true);
  for (const char* field : {"phone", "address", "share_names_in_messages"}) {
    request.mutable_update_mask()->add_paths(field);
  }
  EXPECT_EQ(update(ann_, request).error().reason, "role_not_allowed");

  const auto after = update(admin_, request).value();

  EXPECT_EQ(after.name(), "Меридиан");
  EXPECT_EQ(after.version(), 2);
  EXPECT_EQ(get(ann_)->phone(), "+7 495 000-00-00");
  EXPECT_THAT(published(), ElementsAre("auth.agency.updated 2"));
  EXPECT_EQ(database_.value("SELECT body::jsonb->'before'->>'name' || ' ' || "
                            "(body::jsonb->'after'->>'address') FROM outbox"),
            "Страховое агентство Москва");
}

TEST_F(AgencyTest, WhoIsSecondIsTold) {
  EXPECT_EQ(update(admin_, named("Первое")).value().version(), 2);

  const auto late = update(admin_, named("Второе"));

  EXPECT_EQ(late.error().kind, ErrorKind::stale);
  EXPECT_EQ(late.error().reason, "settings_changed");
  EXPECT_EQ(update(admin_, named("Второе", 0)).error().kind, ErrorKind::version_required);
  EXPECT_EQ(get(ann_)->name(), "Первое");
}

TEST_F(AgencyTest, NothingNewIsNoChange) {
  forget_published();

  EXPECT_EQ(update(admin_, named("Страховое агентство")).value().version(), 1);

  EXPECT_THAT(published(), IsEmpty());
}

TEST_F(AgencyTest, ARepeatIsAnsweredTheSame) {
  idempotency_key_ = "key-of-the-agency-01";
  EXPECT_EQ(update(admin_, named("Меридиан")).value().version(), 2);

  EXPECT_EQ(update(admin_, named("Меридиан")).value().version(), 2);

  EXPECT_TRUE(replayed_);
}

TEST_F(AgencyTest, WhatCannotStandOnAPaperIsRefused) {
  EXPECT_EQ(fault(named("  ")), "name:required");
  EXPECT_EQ(fault(named("Две\nстроки")), "name:control_character");
  EXPECT_EQ(fault(named(std::string(121, 'a'))), "name:too_long");
  auto zone = named("Меридиан");
  zone.mutable_update_mask()->add_paths("time_zone");
  EXPECT_EQ(fault(zone), "time_zone:not_settable");
  EXPECT_EQ(fault(with_logo("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")), "logo:not_a_picture");
  EXPECT_EQ(fault(with_logo(png().substr(0, 30))), "logo:not_a_picture");
  EXPECT_EQ(fault(with_logo(std::string(256 * 1024 + 1, 'a'))), "logo:too_long");
  EXPECT_EQ(get(ann_)->version(), 1);
}

TEST_F(AgencyTest, TheLogoIsKeptToldByItsDigestAndTakenAway) {
  forget_published();

  const auto with = update(admin_, with_logo(png())).value();

  EXPECT_EQ(with.logo_digest(), hex(sha256(png())));
  const auto file = logo(ann_).value();
  EXPECT_EQ(file.content_type(), "image/png");
  EXPECT_EQ(file.data(), png());
  EXPECT_TRUE(logo(ann_, with.logo_digest()).ok());
  EXPECT_EQ(logo(ann_, "another").error().reason, "logo_not_found");
  EXPECT_EQ(database_.value("SELECT octet_length(body) < 1000 FROM outbox"), "t");
  // Another change leaves it where it is.
  EXPECT_EQ(update(admin_, named("Меридиан", 2)).value().logo_digest(), with.logo_digest());
  EXPECT_EQ(update(admin_, with_logo("", 3)).value().logo_digest(), "");
  EXPECT_EQ(logo(ann_).error().reason, "logo_not_found");
}

TEST_F(AgencyTest, CopiesAreExportedToTheirServicesAlone) {
  ASSERT_TRUE(update(admin_, with_logo(png())).ok());
  v1::ExportLogoRequest picture;
  picture.set_digest(hex(sha256(png())));
  const auto asked = [&](const char* service, const char* method, const auto& request) {
    auto from = envelope(method, nullptr);
    from.caller_service = service;
    return run(dispatcher_->dispatch(std::move(from), request));
  };

  const auto agency = asked("crm", "AgencyService/ExportAgency", v1::ExportAgencyRequest());
  ASSERT_TRUE(agency.ok());
  EXPECT_EQ(static_cast<const v1::Agency&>(*agency->message).version(), 2);
  const auto file = asked("crm", "AgencyService/ExportLogo", picture);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(static_cast<const common::v1::File&>(*file->message).data(), png());
  EXPECT_TRUE(asked("notifications", "AgencyService/ExportAgency", v1::ExportAgencyRequest()).ok());
  EXPECT_FALSE(asked("notifications", "AgencyService/ExportLogo", picture).ok());
  EXPECT_FALSE(asked("tasks", "AgencyService/ExportAgency", v1::ExportAgencyRequest()).ok());
}

}  // namespace
}  // namespace bordero::auth
