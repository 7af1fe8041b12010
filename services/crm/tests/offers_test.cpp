#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "bordero/crm/v1/offers.pb.h"
#include "services/crm/src/offers/offer_pdf.hpp"
#include "services/crm/src/offers/offer_rpc.hpp"
#include "services/crm/tests/calculation_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

class OfferTest : public CalculationTest {
 protected:
  v1::Calculation given_ready(const std::string& deal_id, std::int64_t premium = 8425000) {
    return must(
        move(agent_, given_calculation(agent_, deal_id, premium), v1::CALCULATION_STATUS_READY));
  }
  v1::CreateOfferRequest offer_of(const std::vector<v1::Calculation>& calculations) {
    v1::CreateOfferRequest request;
    request.set_deal_id(calculations.front().deal_id());
    for (const auto& one : calculations) request.add_calculation_ids(one.id());
    return request;
  }
  Result<v1::Offer> create(const Person& who, const v1::CreateOfferRequest& request) {
    return call<v1::Offer>(who, "OfferService/CreateOffer", request);
  }
  Result<v1::Offer> get(const Person& who, const std::string& id) {
    v1::GetOfferRequest request;
    request.set_offer_id(id);
    return call<v1::Offer>(who, "OfferService/GetOffer", request);
  }
  common::v1::File pdf_of(const std::string& id, v1::Language language = v1::LANGUAGE_UNSPECIFIED) {
    v1::GetOfferPdfRequest request;
    request.set_offer_id(id);
    request.set_language(language);
    return must(call<common::v1::File>(finance_, "OfferService/GetOfferPdf", request));
  }

  // Four by two half-transparent pixels, as a bytea literal.
  static std::string png() {
    return "\\x89504e470d0a1a0a0000000d49484452000000040000000208060000007fa87d63000000114944415478"
           "9c637854a0d0808c19d005000e990f913614d5cc0000000049454e44ae426082";
  }

  // The words of a PDF, as poppler reads them.
  static std::string words_in(const std::string& pdf) {
    const auto path = std::filesystem::temp_directory_path() / (Uuid::v7().str() + ".pdf");
    std::ofstream(path, std::ios::binary) << pdf;
    std::string words;
    FILE* pipe = popen(("pdftotext -layout " + path.string() + " -").c_str(), "r");
    std::array<char, 4096> part{};
    for (std::size_t size; (size = fread(part.data(), 1, part.size(), pipe)) > 0;) {
      words.append(part.data(), size);
    }
    pclose(pipe);
    std::filesystem::remove(path);
    for (std::size_t at; (at = words.find("\u00A0")) != std::string::npos;)
      words.replace(at, 2, " ");
    return words;
  }
};

TEST_F(OfferTest, IsNumberedDatedAndWithoutACommission) {
  const auto deal = given_deal(agent_);
  const auto cheap = given_ready(deal.id(), 6890000);
  const auto dear = given_ready(deal.id());

  const auto offer = must(create(agent_, offer_of({dear, cheap})));
  const auto second = must(create(agent_, offer_of({cheap})));

  EXPECT_EQ(offer.number(), deal.number() + "/1");
  EXPECT_EQ(second.number(), deal.number() + "/2");
  EXPECT_EQ(offer.offered_on(), clock::today().str());
  EXPECT_EQ(offer.language(), v1::LANGUAGE_RU);
  EXPECT_EQ(offer.columns(0).calculation_version(), 2);
  EXPECT_TRUE(offer.rows(0).cells(1).best());
  for (const auto& row : offer.rows()) {
    EXPECT_FALSE(row.internal());
    EXPECT_NE(row.key(), "commission");
  }
  EXPECT_EQ(events("crm.offer.created"), 1 + 1);
  EXPECT_EQ(database_.value("SELECT count(*) FROM offers WHERE snapshot::text LIKE '%commission%'"),
            "0");
  EXPECT_EQ(database_.value("SELECT count(*) FROM deal_events WHERE kind = 'offer_created'"), "2");
}

TEST_F(OfferTest, StaysAsItWasWhenTheQuoteChanges) {
  const auto deal = given_deal(agent_);
  const auto quote = given_ready(deal.id());
  const auto offer = must(create(agent_, offer_of({quote})));
  const auto pdf = pdf_of(offer.id());
  v1::UpdateCalculationRequest request;
  request.set_calculation_id(quote.id());
  request.set_version(quote.version());
  set_money(request.mutable_premium(), 100);
  request.mutable_update_mask()->add_paths("premium");
  must(update(agent_, request));

  const auto later = must(get(agent_, offer.id()));

  EXPECT_EQ(later.SerializeAsString(), offer.SerializeAsString());
  EXPECT_EQ(later.rows(0).cells(0).money().amount_minor(), 8425000);
  EXPECT_EQ(pdf_of(offer.id()).data(), pdf.data());
  EXPECT_THROW(database_.execute("UPDATE offers SET snapshot = '{}'"), std::exception);
  EXPECT_THROW(database_.execute("DELETE FROM offers"), std::exception);
}

TEST_F(OfferTest, HoldsTheRowsThatWereChosen) {
  const auto quote = given_ready(given_deal(agent_).id());
  auto request = offer_of({quote});
  request.add_rows("premium");
  request.add_rows("terms.repair");

  const auto offer = must(create(agent_, request));

  ASSERT_EQ(offer.rows_size(), 2);
  EXPECT_EQ(offer.rows(1).key(), "terms.repair");
  request.add_rows("commission");
  const auto refusal = create(agent_, request);
  EXPECT_EQ(refusal.error().fields[0].field, "rows[2]");
  EXPECT_EQ(refusal.error().fields[0].code, "unknown_row");
}

TEST_F(OfferTest, DraftsAndQuotesOfOtherDealsAreNotOffered) {
  const auto deal = given_deal(agent_);
  const auto ready = given_ready(deal.id());
  const auto draft = given_calculation(agent_, deal.id());
  const auto foreign = given_ready(given_deal(agent_).id());

  EXPECT_EQ(create(agent_, offer_of({ready, draft})).error().reason, "calculation_not_ready");
  EXPECT_EQ(create(agent_, offer_of({ready, foreign})).error().fields[0].code, "not_of_this_deal");
  EXPECT_EQ(events("crm.offer.created"), 0);
}

TEST_F(OfferTest, RolesReadThroughTheDeal) {
  const auto deal = given_deal(agent_);
  const auto request = offer_of({given_ready(deal.id())});
  const auto offer = must(create(agent_, request));

  EXPECT_EQ(create(head_, request).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(create(colleague_, request).error().reason, "deal_not_found");
  EXPECT_EQ(get(colleague_, offer.id()).error().reason, "offer_not_found");
  v1::ListOffersRequest list;
  list.set_deal_id(deal.id());
  for (const Person* reads : {&agent_, &finance_, &head_, &admin_}) {
    EXPECT_TRUE(get(*reads, offer.id()).ok());
    const auto page = must(call<v1::ListOffersReply>(*reads, "OfferService/ListOffers", list));
    EXPECT_EQ(page.offers_size(), 1);
  }
  v1::GetOfferPdfRequest pdf;
  pdf.set_offer_id(offer.id());
  EXPECT_EQ(call<common::v1::File>(executor_, "OfferService/GetOfferPdf", pdf).error().reason,
            "offer_not_found");
}

TEST_F(OfferTest, ThePdfSaysItInBothLanguagesAndNeverTheCommission) {
  const auto deal = given_deal(agent_);
  const auto offer = must(create(agent_, offer_of({given_ready(deal.id())})));

  const auto file = pdf_of(offer.id());
  const std::string russian = words_in(file.data());
  const std::string english = words_in(pdf_of(offer.id(), v1::LANGUAGE_EN).data());

  EXPECT_EQ(file.content_type(), "application/pdf");
  EXPECT_THAT(file.file_name(), HasSubstr("Предложение"));
  for (const char* word : {"Сравнение предложений", "Орехов Глеб", "Росполис", "84 250 ₽",
                           "Страховая сумма", "СТОА дилера", "КАСКО"}) {
    EXPECT_THAT(russian, HasSubstr(word));
  }
  EXPECT_THAT(russian, HasSubstr(deal.number() + "/1"));
  for (const char* word : {"Comparison of quotes", "RUB 84,250", "dealer's garage"}) {
    EXPECT_THAT(english, HasSubstr(word));
  }
  for (const std::string& text : {russian, english}) {
    EXPECT_THAT(text, Not(AnyOf(HasSubstr("омисси"), HasSubstr("КВ"), HasSubstr("ommission"),
                                HasSubstr("15 165"), HasSubstr("15,165"), HasSubstr("18 %"))));
  }
}

TEST_F(OfferTest, ItsHeadIsTheAgencyAsItWasCalledThen) {
  const auto deal = given_deal(agent_);
  const auto nameless = must(create(agent_, offer_of({given_ready(deal.id())})));
  database_.execute(
      "INSERT INTO agency VALUES ('00000000-0000-7000-8000-00000000a9e1', "
      "'Агентство «Меридиан»', '+7 495 000-00-00', 'Москва, ул. Примерная, 1', false, 'd1', 2)");
  database_.execute("INSERT INTO agency_logos VALUES ('d1', '" + png() + "')");

  const auto offer = must(create(agent_, offer_of({given_ready(deal.id())})));
  const std::string pdf = pdf_of(offer.id()).data();
  database_.execute("UPDATE agency SET name = 'Другое', logo_digest = '', version = 3");

  EXPECT_EQ(pdf_of(offer.id()).data(), pdf);
  const std::string words = words_in(pdf);
  for (const char* word : {"Агентство «Меридиан»", "+7 495 000-00-00", "Москва, ул. Примерная, 1",
                           "Сравнение предложений"}) {
    EXPECT_THAT(words, HasSubstr(word));
  }
  EXPECT_THAT(words_in(pdf_of(nameless.id()).data()), Not(HasSubstr("Меридиан")));
  EXPECT_THAT(pdf, HasSubstr("/Subtype /Image"));
  EXPECT_THAT(pdf_of(nameless.id()).data(), Not(HasSubstr("/Subtype /Image")));
}

TEST_F(OfferTest, APictureThatCannotBeDrawnIsLeftOut) {
  v1::Offer offer;
  offer.set_number("2026-000001/1");
  offer.set_offered_on("2026-11-23");
  offer.set_agency_name("Меридиан");

  for (const std::string logo : {"", "no picture", "\x89PNG\r\n\x1a\nbroken", "\xFF\xD8\xFF\xD9"}) {
    const auto pdf = offer_pdf(offer, logo, v1::LANGUAGE_RU, config().font_folder);
    EXPECT_THAT(words_in(pdf), HasSubstr("Меридиан"));
  }
}

TEST_F(OfferTest, WhileAllAreBusyDrawingAPdfIsRefusedAtOnce) {
  const auto deal = given_deal(agent_);
  const auto offer = must(create(agent_, offer_of({given_ready(deal.id())})));
  pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
  ThreadPool busy({.threads = 0, .waiting = 0, .busy = "drawing_busy"});
  OfferRpc rpc(db, config().font_folder, busy);
  Context ctx = system_context("test", std::chrono::seconds(10));
  ctx.caller = {.user_id = agent_.id, .role = Role::agent};
  v1::GetOfferPdfRequest request;
  request.set_offer_id(offer.id());

  const auto refusal = run(rpc.get_offer_pdf(ctx, request));

  EXPECT_EQ(refusal.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(refusal.error().reason, "drawing_busy");
}

TEST_F(OfferTest, ALargePdfHoldsEveryRow) {
  v1::Offer offer;
  offer.set_number("2026-000001/1");
  offer.set_offered_on("2026-11-23");
  for (int i = 0; i < 8; ++i) offer.add_columns()->set_insurer_name("Страховая компания с именем");
  for (int i = 0; i < 60; ++i) {
    auto& row = *offer.add_rows();
    row.set_name("Условие с длинным названием " + std::to_string(i));
    row.set_kind(v1::ROW_KIND_TEXT);
    for (int k = 0; k < 8; ++k) row.add_cells()->set_text("включено полностью, без исключений");
  }

  const std::string pdf = offer_pdf(offer, "", v1::LANGUAGE_RU, config().font_folder);

  EXPECT_LT(pdf.size(), 1'000'000u);
  const std::string words = words_in(pdf);
  const std::string name = "Условие с длинным";
  int rows = 0;
  for (auto at = words.find(name); at != std::string::npos; at = words.find(name, at + 1)) ++rows;
  EXPECT_EQ(rows, 60) << words;
}

}  // namespace
}  // namespace bordero::crm
