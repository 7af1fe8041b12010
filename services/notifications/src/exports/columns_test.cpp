#include "services/notifications/src/exports/columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordero/crm/v1/clients.pb.h"
#include "bordero/crm/v1/deals.pb.h"
#include "bordero/payments/v1/commission_rules.pb.h"
#include "bordero/payments/v1/payments.pb.h"
#include "services/notifications/src/exports/list_contract.hpp"

namespace bordero::notifications {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::Not;

const auto* deal_type = crm::v1::Deal::descriptor();

v1::StartExportRequest asking(const std::vector<std::string>& fields) {
  v1::StartExportRequest request;
  for (const auto& field : fields) request.add_columns()->set_field(field);
  return request;
}
std::string text_of(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? "not a text" : *text;
}

TEST(ExportColumns, WithoutAnyAllPlainFieldsLeave) {
  const auto columns = read_columns(deal_type, {});

  ASSERT_TRUE(columns.ok());
  EXPECT_THAT(*columns, Contains(Field(&Column::title, "client_name")));
  EXPECT_THAT(*columns, Not(Contains(Field(&Column::title, "members"))));
  EXPECT_THAT(*columns, Not(Contains(Field(&Column::title, "deadline"))));
}

TEST(ExportColumns, WhatTheRowsDoNotHaveIsRefusedByName) {
  for (const char* field : {"nothing", "deadline", "deadline.nothing", "title.x", "can", ".", ""}) {
    const auto columns = read_columns(deal_type, asking({"title", field}));
    ASSERT_FALSE(columns.ok()) << field;
    EXPECT_EQ(columns.error().fields.at(0).field, "columns[1].field") << field;
    EXPECT_EQ(columns.error().fields.at(0).code, "unknown_value") << field;
  }
}

TEST(ExportColumns, SensitiveFieldsStay) {
  const auto columns = read_columns(deal_type, asking({"objects.document"}));

  ASSERT_FALSE(columns.ok());
  EXPECT_EQ(columns.error().fields.at(0).code, "sensitive_field");
}

TEST(ExportCells, AreOfTheTypeOfTheirField) {
  payments::v1::Payment payment;
  payment.mutable_amount()->set_amount_minor(8425050);
  payment.mutable_amount()->set_currency("RUB");
  payment.set_planned_date("2026-11-23");
  payment.set_confirmed_at("2026-11-23T07:15:30Z");
  payment.set_instalment_number(2);
  payment.set_status(payments::v1::PAYMENT_STATUS_PLANNED);
  auto request = asking({"amount", "planned_date", "confirmed_at", "instalment_number", "status",
                         "notes", "overdue"});
  auto* word = request.mutable_columns(4)->add_words();
  word->set_value("planned");
  word->set_word("План");
  const auto columns = read_columns(payments::v1::Payment::descriptor(), request);
  ASSERT_TRUE(columns.ok());

  const CellRow cells = cells_of(payment, *columns, v1::EXPORT_LANGUAGE_RU);

  ASSERT_EQ(cells.size(), 8U);
  EXPECT_EQ(std::get<Amount>(cells[0]).minor, 8425050);
  EXPECT_EQ(std::get<Date>(cells[1]).str(), "2026-11-23");
  EXPECT_EQ(time_text(std::get<Moment>(cells[2])), "10:15:30") << "the agency's clock";
  EXPECT_EQ(std::get<std::int64_t>(cells[3]), 2);
  EXPECT_EQ(text_of(cells[4]), "План");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(cells[5]));
  EXPECT_EQ(text_of(cells[6]), "нет");
  EXPECT_EQ(text_of(cells[7]), "RUB");
}

TEST(ExportCells, APercentIsANumber) {
  payments::v1::CommissionRule rule;
  rule.set_rate_percent("18.5");
  const auto columns =
      read_columns(payments::v1::CommissionRule::descriptor(), asking({"rate_percent"}));
  ASSERT_TRUE(columns.ok());

  const CellRow cells = cells_of(rule, *columns, v1::EXPORT_LANGUAGE_RU);

  EXPECT_EQ(std::get<Decimal>(cells[0]).digits, "18.5");
}

TEST(ExportCells, WhatARowHasManyOfIsJoined) {
  crm::v1::Client client;
  client.add_contacts()->set_phone("+79161234567");
  client.add_contacts()->set_email("a@example.com");
  client.add_contacts()->set_phone("+79160000000");
  const auto columns =
      read_columns(crm::v1::Client::descriptor(), asking({"contacts.phone", "full_name"}));
  ASSERT_TRUE(columns.ok());

  const CellRow cells = cells_of(client, *columns, v1::EXPORT_LANGUAGE_EN);

  EXPECT_EQ(text_of(cells[0]), "+79161234567; +79160000000");
}

TEST(ExportCells, WhatIsInsideAnotherRecordIsFound) {
  crm::v1::Deal deal;
  const auto columns = read_columns(deal_type, asking({"deadline.date"}));
  ASSERT_TRUE(columns.ok());
  EXPECT_TRUE(
      std::holds_alternative<std::monostate>(cells_of(deal, *columns, v1::EXPORT_LANGUAGE_RU)[0]));

  deal.mutable_deadline()->set_date("2026-12-01");

  const CellRow cells = cells_of(deal, *columns, v1::EXPORT_LANGUAGE_RU);
  EXPECT_EQ(std::get<Date>(cells[0]).str(), "2026-12-01");
}

TEST(ExportLists, AreThoseOfTheContractThatComeInPages) {
  for (const char* name : {"deals", "clients", "calculations", "policies", "payments", "tasks",
                           "commission_rules", "users", "notifications", "audit/entries"}) {
    EXPECT_TRUE(find_list(name).ok()) << name;
  }
  for (const char* name : {"", "nothing", "search", "reminders", "deals/{deal_id}/journal",
                           "deals/", "auth/session", "../deals"}) {
    const auto list = find_list(name);
    ASSERT_FALSE(list.ok()) << name;
    EXPECT_EQ(list.error().fields.at(0).field, "list");
  }
}

TEST(ExportLists, RefuseParametersThatTheyDoNotTake) {
  const auto payments = find_list("payments");
  v1::StartExportRequest request;
  request.set_q("ромашка");
  EXPECT_EQ(list_requests(*payments, request).error().fields.at(0).field, "q");

  request.clear_q();
  auto& parameter = *request.add_parameters();
  for (const char* name : {"nothing", "page_size", "filter"}) {
    parameter.set_name(name);
    const auto refused = list_requests(*payments, request);
    ASSERT_FALSE(refused.ok()) << name;
    EXPECT_EQ(refused.error().fields.at(0).field, "parameters[0].name");
  }

  parameter.set_name("view");
  parameter.set_value("unread");
  EXPECT_TRUE(list_requests(*find_list("notifications"), request).ok());
}

}  // namespace
}  // namespace bordero::notifications
