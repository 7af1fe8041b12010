#include "platform/json/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "bordero/audit/v1/audit.pb.h"
#include "bordero/auth/v1/sessions.pb.h"
#include "bordero/crm/v1/clients.pb.h"
#include "bordero/crm/v1/deals.pb.h"
#include "bordero/crm/v1/insurers.pb.h"

namespace bordero {
namespace {

using testing::ElementsAre;
using testing::Field;

auto error_at(const std::string& field, const std::string& code) {
  return testing::AllOf(Field(&FieldError::field, field), Field(&FieldError::code, code));
}

std::string reason_of(const std::string& text) {
  crm::v1::CreateClientRequest request;
  const auto parsed = json::parse(text, request);
  return parsed ? "" : parsed.error().reason;
}

std::vector<FieldError> errors_of(const std::string& text) {
  crm::v1::CreateDealRequest request;
  const auto parsed = json::parse(text, request);
  return parsed ? std::vector<FieldError>{} : parsed.error().fields;
}

TEST(JsonWrite, OmitsWhatIsEmptyAndKeepsNumbersAndBooleans) {
  crm::v1::ListInsurersReply reply;
  reply.add_insurers()->set_name("А\"\n\x01");

  EXPECT_EQ(json::text(reply), R"({"insurers":[{"name":"А\"\n\u0001","active":false,"version":0}],)"
                               R"("total_size":0,"total_estimated":false,"groups":[]})");
}

TEST(JsonWrite, ATextThatWasSentAsEmptyIsSaid) {
  crm::v1::BatchDeal item;
  item.set_title("");

  EXPECT_EQ(json::text(item), R"({"version":0,"title":""})");
}

TEST(JsonWrite, ListsOfTheOutermostMessageAreWrittenEmpty) {
  EXPECT_EQ(json::text(crm::v1::ListInsurersReply()),
            R"({"insurers":[],"total_size":0,"total_estimated":false,"groups":[]})");
}

TEST(JsonWrite, EnumsAreTheirTails) {
  crm::v1::Deal deal;
  deal.set_status(crm::v1::DEAL_STATUS_CLIENT_DECISION);
  crm::v1::Insurer insurer;
  insurer.add_products(crm::v1::PRODUCT_DMS);

  EXPECT_THAT(json::text(deal), testing::HasSubstr(R"("status":"client_decision")"));
  EXPECT_THAT(json::text(insurer), testing::HasSubstr(R"("products":["dms"])"));
}

TEST(JsonWrite, MoneyIsADecimalText) {
  crm::v1::InsuredObject object;
  object.mutable_loan_balance()->set_amount_minor(1234567);
  object.mutable_loan_balance()->set_currency("RUB");

  EXPECT_THAT(json::text(object),
              testing::HasSubstr(R"("loan_balance":{"amount":"12345.67","currency":"RUB"})"));
}

TEST(JsonWrite, RawJsonGoesVerbatimAndWideNumbersStayNumbers) {
  audit::v1::Entry entry;
  entry.set_position(9007199254740993);
  entry.set_after(R"({"a":[1,null]})");

  EXPECT_EQ(json::text(entry),
            R"({"position":9007199254740993,"after":{"a":[1,null]},"entity_version":0})");
}

TEST(JsonRead, ReadsWhatItWrites) {
  crm::v1::Deal deal;
  deal.set_id("018f0000-0000-7000-8000-000000000001");
  deal.set_status(crm::v1::DEAL_STATUS_DRAFT);
  deal.set_version(7);
  auto& object = *deal.add_objects();
  object.set_kind(crm::v1::OBJECT_KIND_FLEET);
  object.add_vehicles()->set_vin("X");
  object.mutable_loan_balance()->set_amount_minor(-5);
  object.mutable_loan_balance()->set_currency("EUR");

  crm::v1::Deal read;
  ASSERT_TRUE(json::parse(json::text(deal), read));

  EXPECT_EQ(read.SerializeAsString(), deal.SerializeAsString());
}

TEST(JsonRead, StoredJsonKeepsRawPartsAndPassesOverWhatIsNew) {
  audit::v1::Entry entry;

  ASSERT_TRUE(json::parse_stored(
      R"({"after":{"x":[1,2.5,"я",true,null]},"from_the_future":{"a":1},"position":"odd"})",
      entry));

  EXPECT_EQ(entry.after(), R"({"x":[1,2.5,"я",true,null]})");
  EXPECT_EQ(entry.position(), 0);
}

TEST(JsonRead, EveryWrongFieldIsNamed) {
  EXPECT_THAT(
      errors_of(R"({"title":5,"nope":1,"objects":[{"kind":"boat"},{"year":1e3,"extra":{}}],
                    "client_id":["a"]})"),
      ElementsAre(error_at("title", "wrong_type"), error_at("nope", "unknown_field"),
                  error_at("objects[0].kind", "unknown_value"),
                  error_at("objects[1].year", "wrong_type"),
                  error_at("objects[1].extra", "wrong_type"), error_at("client_id", "wrong_type")));
}

TEST(JsonRead, IntegersKeepTheirRange) {
  EXPECT_THAT(errors_of(R"({"objects":[{"year":2147483648}]})"),
              ElementsAre(error_at("objects[0].year", "out_of_range")));
  EXPECT_THAT(errors_of(R"({"objects":[{"year":18446744073709551615}]})"),
              ElementsAre(error_at("objects[0].year", "out_of_range")));
  EXPECT_TRUE(errors_of(R"({"objects":[{"year":2147483647}]})").empty());
}

TEST(JsonRead, MoneyIsRefusedInAnyOtherForm) {
  const auto codes = [](const std::string& money) {
    return errors_of(R"({"objects":[{"loan_balance":)" + money + "}]}");
  };
  const std::string path = "objects[0].loan_balance";

  EXPECT_TRUE(codes(R"({"amount":"1.5","currency":"RUB"})").empty());
  EXPECT_THAT(codes(R"({"amount":1.5,"currency":"RUB"})"),
              ElementsAre(error_at(path + ".amount", "wrong_type")));
  EXPECT_THAT(codes(R"({"amount":"1e3","currency":"rub"})"),
              ElementsAre(error_at(path + ".amount", "not_an_amount"),
                          error_at(path + ".currency", "not_a_currency")));
  EXPECT_THAT(codes(R"({"amount_minor":1,"currency":"RUB"})"),
              ElementsAre(error_at(path + ".amount_minor", "unknown_field"),
                          error_at(path + ".amount", "required")));
  EXPECT_THAT(codes("15"), ElementsAre(error_at(path, "wrong_type")));
}

TEST(JsonRead, UpdateMasksComeFromTheKeysThatArePresent) {
  crm::v1::UpdateDealRequest request;
  request.set_title("old");
  std::vector<std::string> present;

  ASSERT_TRUE(json::parse(R"({"title":null,"start_date":"2026-11-23"})", request, &present));

  EXPECT_THAT(present, ElementsAre("title", "start_date"));
  EXPECT_EQ(request.title(), "");
  EXPECT_FALSE(json::parse(R"({"update_mask":{"paths":["title"]}})", request));
}

TEST(JsonRead, OnlyJsonToTheLetter) {
  for (const char* text : {"",
                           " ",
                           "{",
                           "{}x",
                           "{} {}",
                           "{'a':1}",
                           "{a:1}",
                           R"({"a":1,})",
                           "// c\n{}",
                           "{\"a\":01}",
                           "{\"a\":+1}",
                           "{\"a\":NaN}",
                           "{\"a\":\"\t\"}",
                           "{\"a\":\"\\x\"}",
                           "\xEF\xBB\xBF{}",
                           "{\"full_name\":\"\xC0\xAF\"}",
                           "{\"full_name\":\"\xED\xA0\x80\"}",
                           "{\"full_name\":\"\xF5\x80\x80\x80\"}",
                           R"({"full_name":"\ud800"})",
                           R"({"full_name":"\ud800\u0041"})",
                           R"({"full_name":"\udc00"})",
                           "tru"}) {
    EXPECT_EQ(reason_of(text), "malformed_json") << text;
  }
  EXPECT_EQ(reason_of("[]"), "body_not_an_object");
  EXPECT_EQ(reason_of("null"), "body_not_an_object");
  EXPECT_EQ(reason_of(R"({"full_name":"a\u0000b"})"), "nul_in_text");
  EXPECT_EQ(reason_of(R"({"full_name":"\ud83d\ude00"})"), "");
}

TEST(JsonRead, AKeyIsSaidOnce) {
  EXPECT_EQ(reason_of(R"({"full_name":"a","full_name":"a"})"), "duplicate_key");
  EXPECT_EQ(reason_of(R"({"full_name":"a","full\u005fname":"b"})"), "duplicate_key");
  EXPECT_EQ(reason_of(R"({"contacts":[{"name":"a","name":"b"}]})"), "duplicate_key");
  EXPECT_EQ(reason_of(R"({"contacts":[{"name":"a"},{"name":"b"}]})"), "");
}

TEST(JsonRead, DepthAndNumberOfValuesAreBounded) {
  const auto nested = [](std::size_t depth) {
    std::string text = R"({"a":)";
    return text + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  const auto wide = [](int values) {
    std::string text = R"({"a":[0)";
    for (int i = 1; i < values; ++i) text += ",0";
    return text + "]}";
  };

  EXPECT_EQ(reason_of(nested(31)), "invalid_argument");
  EXPECT_EQ(reason_of(nested(32)), "json_too_deep");
  EXPECT_EQ(reason_of(nested(100'000)), "json_too_deep");
  EXPECT_EQ(reason_of(wide(9'998)), "invalid_argument");
  EXPECT_EQ(reason_of(wide(9'999)), "json_too_many_values");
}

TEST(JsonParameters, FillFieldsByTheirType) {
  crm::v1::ListDealsRequest list;
  EXPECT_TRUE(json::set_from_text(list, "page_size", "20"));
  EXPECT_TRUE(json::set_from_text(list, "filter", "status = \"draft\""));
  EXPECT_EQ(list.page_size(), 20);
  EXPECT_EQ(list.filter(), "status = \"draft\"");

  crm::v1::CreateInsurerRequest insurer;
  EXPECT_TRUE(json::set_from_text(insurer, "products", "dms"));
  EXPECT_TRUE(json::set_from_text(insurer, "products", "ns"));
  EXPECT_THAT(insurer.products(), ElementsAre(crm::v1::PRODUCT_DMS, crm::v1::PRODUCT_NS));
}

TEST(JsonParameters, RefuseWhatDoesNotFit) {
  crm::v1::ListDealsRequest list;
  const auto code = [&](const char* field, std::string_view text) {
    const auto set = json::set_from_text(list, field, text);
    return set ? "" : set.error().fields[0].code;
  };

  EXPECT_EQ(code("page_size", "20x"), "wrong_type");
  EXPECT_EQ(code("page_size", ""), "wrong_type");
  EXPECT_EQ(code("page_size", "99999999999"), "out_of_range");
  EXPECT_EQ(code("nope", "1"), "unknown_field");
  EXPECT_EQ(code("filter", "\xFF"), "not_utf8");
  EXPECT_EQ(code("filter", std::string_view("a\0b", 3)), "nul_in_text");
}

// What is accepted reads back as the same message; nothing else happens, whatever the bytes.
TEST(JsonRead, AnyBytesAreReadOrRefused) {
  const std::string good =
      R"({"title":"a\u00e9\ud83d\ude00","objects":[{"kind":"fleet","year":2022,"vehicles":[{}],)"
      R"("loan_balance":{"amount":"-1.50","currency":"RUB"}}],"executor_id":null})";
  constexpr std::string_view kBytes = "{}[]\",:\\u0dD8eE+-.1\x00\x7f\xc0\xed\xa0\xff \n";
  std::mt19937 dice(7);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = good;
    for (unsigned change = 0; change <= dice() % 3; ++change) {
      const std::size_t at = dice() % text.size();
      switch (dice() % 3) {
        case 0:
          text[at] = kBytes[dice() % kBytes.size()];
          break;
        case 1:
          text.erase(at, 1 + dice() % 4);
          break;
        default:
          text.insert(at, 1, kBytes[dice() % kBytes.size()]);
      }
    }
    crm::v1::CreateDealRequest read;
    if (!json::parse(text, read)) continue;
    ++accepted;
    crm::v1::CreateDealRequest again;
    ASSERT_TRUE(json::parse(json::text(read), again)) << text;
    ASSERT_EQ(again.SerializeAsString(), read.SerializeAsString()) << text;
  }
  EXPECT_GT(accepted, 100);
}

}  // namespace
}  // namespace bordero
