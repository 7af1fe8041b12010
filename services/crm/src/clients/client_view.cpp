#include "services/crm/src/clients/client_view.hpp"

#include "platform/base/clock.hpp"
#include "platform/search/folding.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/clients/check_digits.hpp"
#include "services/crm/src/clients/phone.hpp"

namespace bordero::crm {
namespace {

void warn(v1::Client& view, const std::string& field, const char* code) {
  auto* warning = view.add_warnings();
  warning->set_field(field);
  warning->set_code(code);
}

void add_warnings(v1::Client& view) {
  if (!view.tax_number().empty() && !looks_like_inn(view.tax_number())) {
    warn(view, "tax_number", "tax_number_check_digit");
  }
  if (!view.registration_number().empty() && !looks_like_ogrn(view.registration_number())) {
    warn(view, "registration_number", "registration_number_check_digit");
  }
  for (int i = 0; i < view.contacts_size(); ++i) {
    const auto& contact = view.contacts(i);
    if (contact.phone().empty() || !contact.phone_e164().empty()) continue;
    warn(view, "contacts[" + std::to_string(i) + "].phone", "phone_not_recognised");
  }
}

Result<void> check_past(const std::string& date, const char* field) {
  if (!date.empty() && date > clock::today().str()) return invalid_field(field, "in_the_future");
  return {};
}

Result<void> check_consent(const v1::Consent& consent) {
  TRY(check_past(consent.given_on(), "consent.given_on"));
  TRY(check_past(consent.withdrawn_on(), "consent.withdrawn_on"));
  if (consent.withdrawn_on().empty()) return {};
  if (consent.given_on().empty()) return invalid_field("consent.given_on", "required");
  if (consent.withdrawn_on() < consent.given_on()) {
    return invalid_field("consent.withdrawn_on", "before_given_on");
  }
  return {};
}

Result<void> both(const Result<void>& first, const Result<void>& second) {
  return first ? second : first;
}

}  // namespace

Client rule_view(const v1::Client& view) {
  return {.type = view.type(), .status = view.status(), .archived = view.archived()};
}

Result<void> complete_client(v1::Client& client) {
  if (search::is_blank(client.full_name())) {
    return invalid_field("full_name", "required");
  }
  if (!client.birth_date().empty() && client.type() != v1::CLIENT_TYPE_INDIVIDUAL) {
    return invalid_field("birth_date", "individuals_only");
  }
  if (client.birth_date() > clock::today().str()) return invalid_field("birth_date", "not_born");
  TRY(check_consent(client.consent()));
  int primary = 0;
  for (auto& contact : *client.mutable_contacts()) {
    contact.set_phone_e164(phone_e164(contact.phone()));
    primary += contact.is_primary() ? 1 : 0;
  }
  if (primary > 1) return invalid_field("contacts", "one_primary_contact");
  if (client.short_name().empty()) client.set_short_name(client.full_name());
  return {};
}

search::MarkedWords words_of(const v1::Client& client) {
  search::MarkedWords words;
  words.add_tax_number(client.tax_number());
  for (const auto& contact : client.contacts()) {
    words.add_phone(contact.phone_e164());
    words.add_email(contact.email());
  }
  words.add_words(client.full_name());
  words.add_words(client.short_name());
  for (const auto& contact : client.contacts()) words.add_words(contact.name());
  return words;
}

void show_client(v1::Client& view, const Caller& caller, const policy::Relation& relation) {
  constexpr const char* kMissing = "client_not_found";
  const Client client = rule_view(view);
  const auto write = may(caller, "clients.write", "clients.read", relation, kMissing);
  add_warnings(view);
  auto& can = *view.mutable_can();
  add_capability(can, "update", both(write, may_change(client)));
  add_capability(can, "archive", both(write, may_archive(client)));
  add_capability(can, "restore", both(write, may_restore(client)));
  Result<void> create;
  if (!policy::may(caller, "deals.create")) create = forbidden("role_not_allowed");
  add_capability(can, "create_deal", both(create, may_change(client)));
}

}  // namespace bordero::crm
