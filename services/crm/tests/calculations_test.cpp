#include "services/crm/tests/calculation_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(CalculationTest, IsADraftWithWhatWasGiven) {
  const auto deal = given_deal(agent_);

  const auto made = given_calculation(agent_, deal.id());

  EXPECT_EQ(made.status(), v1::CALCULATION_STATUS_DRAFT);
  EXPECT_EQ(made.version(), 1);
  EXPECT_EQ(made.deal_number(), deal.number());
  EXPECT_EQ(made.insurer_name(), "Росполис");
  EXPECT_EQ(made.premium().amount_minor(), 8425000);
  EXPECT_EQ(made.expected_commission().amount_minor(), 1516500);
  EXPECT_EQ(made.calculated_on(), clock::today().str());
  EXPECT_EQ(made.terms().repair(), v1::REPAIR_DEALER);
  EXPECT_THAT(made.allowed_statuses(), ElementsAre("ready", "declined", "expired"));
  EXPECT_EQ(events("crm.calculation.created"), 1);
  EXPECT_EQ(must(get_deal(agent_, deal.id())).calculation_count(), 1);
}

TEST_F(CalculationTest, ABareQuoteIsADraftToo) {
  const auto deal = given_deal(agent_);
  v1::CreateCalculationRequest request;
  request.set_deal_id(deal.id());
  request.set_insurer_id(insurer_);
  request.set_product(v1::PRODUCT_OTHER);

  const auto made = must(create(agent_, request));

  EXPECT_FALSE(made.has_premium());
  EXPECT_FALSE(made.has_deductible());
  const auto refusal = move(agent_, made, v1::CALCULATION_STATUS_READY);
  EXPECT_EQ(refusal.error().reason, "calculation_not_complete");
  EXPECT_EQ(refusal.error().fields[0].field, "premium");
}

TEST_F(CalculationTest, BadInputNamesItsField) {
  const auto deal = given_deal(agent_);
  const auto field_of = [&](const v1::CreateCalculationRequest& request) {
    const auto refusal = create(agent_, request);
    return refusal ? std::string() : refusal.error().fields.at(0).field;
  };

  auto request = kasko(deal.id());
  request.set_insurer_id(Uuid::v7().str());
  EXPECT_EQ(field_of(request), "insurer_id");
  request = kasko(deal.id());
  request.set_valid_until(clock::today().plus_days(-1).str());
  request.set_calculated_on(clock::today().plus_days(-9).str());
  EXPECT_EQ(field_of(request), "valid_until");
  request = kasko(deal.id());
  request.add_object_titles("Яхта");
  EXPECT_EQ(field_of(request), "object_titles[0]");
  request = kasko(deal.id());
  request.mutable_terms()->set_days(10);
  EXPECT_EQ(field_of(request), "terms.days");
  EXPECT_EQ(events("crm.calculation.created"), 0);
}

TEST_F(CalculationTest, RolesReadAndWriteThroughTheDeal) {
  const auto deal = given_deal(agent_);
  const auto made = given_calculation(agent_, deal.id());

  for (const Person* sees : {&agent_, &finance_, &head_, &admin_}) {
    EXPECT_TRUE(get(*sees, made.id()).ok());
    EXPECT_EQ(list(*sees).total_size(), 1);
  }
  for (const Person* hidden : {&colleague_, &executor_}) {
    EXPECT_EQ(get(*hidden, made.id()).error().reason, "calculation_not_found");
    EXPECT_EQ(move(*hidden, made, v1::CALCULATION_STATUS_READY).error().reason,
              "calculation_not_found");
    EXPECT_EQ(create(*hidden, kasko(deal.id())).error().reason, "deal_not_found");
    EXPECT_EQ(list(*hidden).total_size(), 0);
  }
  for (const Person* reads : {&finance_, &head_}) {
    EXPECT_EQ(move(*reads, made, v1::CALCULATION_STATUS_READY).error().kind, ErrorKind::forbidden);
    EXPECT_FALSE(must(get(*reads, made.id())).can(0).allowed());
  }
  must(add_member(agent_, deal.id(), executor_, v1::MEMBER_FUNCTION_EXECUTOR));
  EXPECT_TRUE(move(executor_, made, v1::CALCULATION_STATUS_READY).ok());
  must(remove_member(agent_, deal.id(), executor_));
  EXPECT_EQ(get(executor_, made.id()).error().reason, "calculation_not_found");
}

TEST_F(CalculationTest, StepsAreRecordedInEventsHistoryAndTimeline) {
  const auto deal = given_deal(agent_);
  auto made = given_calculation(agent_, deal.id());
  const auto refusal = move(agent_, made, v1::CALCULATION_STATUS_CHOSEN);
  EXPECT_EQ(refusal.error().reason, "calculation_transition_not_allowed");
  EXPECT_THAT(refusal.error().allowed, ElementsAre("ready", "declined", "expired"));

  made = must(move(agent_, made, v1::CALCULATION_STATUS_READY));
  made = must(move(agent_, made, v1::CALCULATION_STATUS_CHOSEN));

  EXPECT_EQ(made.version(), 3);
  EXPECT_EQ(events("crm.calculation.status_changed"), 2);
  const auto changes = history(agent_, made.id());
  ASSERT_EQ(changes.history_size(), 3);
  EXPECT_EQ(changes.history(0).changes(0).field(), "status");
  EXPECT_EQ(changes.history(0).changes(0).from(), "\"ready\"");
  EXPECT_EQ(changes.history(0).changes(0).to(), "\"chosen\"");
  EXPECT_EQ(changes.history(0).actor_id(), agent_.id);
  EXPECT_EQ(changes.history(2).changes(0).from(), "") << "a new quote comes from nothing";
  EXPECT_EQ(database_.value("SELECT count(*) FROM deal_events WHERE kind = "
                            "'calculation_status_changed' AND details->>'to' = 'chosen'"),
            "1");
}

TEST_F(CalculationTest, SomebodyElseWasFirst) {
  const auto made = given_calculation(agent_, given_deal(agent_).id());
  must(move(agent_, made, v1::CALCULATION_STATUS_READY));

  const auto late = move(agent_, made, v1::CALCULATION_STATUS_DECLINED);
  auto unversioned = made;
  unversioned.set_version(0);

  EXPECT_EQ(late.error().kind, ErrorKind::stale);
  EXPECT_EQ(late.error().current_version, 2);
  EXPECT_EQ(move(agent_, unversioned, v1::CALCULATION_STATUS_DECLINED).error().kind,
            ErrorKind::version_required);
}

TEST_F(CalculationTest, OfTwoAtOnceOneWins) {
  const auto made = given_calculation(agent_, given_deal(agent_).id());
  std::vector<awaitable<rpc::AnyReply>> both;
  const auto ready = transition_of(made, v1::CALCULATION_STATUS_READY);
  const auto declined = transition_of(made, v1::CALCULATION_STATUS_DECLINED);
  both.push_back(ask(agent_, "CalculationService/TransitionCalculation", ready));
  both.push_back(ask(admin_, "CalculationService/TransitionCalculation", declined));

  const auto answers = run_all(std::move(both));

  EXPECT_EQ(answers[0].ok() + answers[1].ok(), 1);
  EXPECT_EQ(events("crm.calculation.status_changed"), 1);
}

TEST_F(CalculationTest, ARepeatedCreateAnswersTheSame) {
  const auto request = kasko(given_deal(agent_).id());
  const auto first =
      must(call<v1::Calculation>(agent_, "CalculationService/CreateCalculation", request, "key-1"));
  const auto again =
      must(call<v1::Calculation>(agent_, "CalculationService/CreateCalculation", request, "key-1"));

  EXPECT_EQ(first.id(), again.id());
  EXPECT_EQ(list(agent_).total_size(), 1);
}

TEST_F(CalculationTest, FieldsLockAsTheQuoteGoesOn) {
  auto made = given_calculation(agent_, given_deal(agent_).id());
  v1::UpdateCalculationRequest request;
  request.set_calculation_id(made.id());
  request.set_version(1);
  request.mutable_premium()->set_amount_minor(8000000);
  request.mutable_premium()->set_currency("RUB");
  request.mutable_update_mask()->add_paths("premium");
  made = must(update(agent_, request));
  EXPECT_EQ(made.premium().amount_minor(), 8000000);
  EXPECT_EQ(history(agent_, made.id()).history(0).changes(0).field(), "premium");

  request.set_version(2);
  EXPECT_EQ(must(update(agent_, request)).version(), 2) << "nothing changed, nothing happened";
  made = must(move(agent_, made, v1::CALCULATION_STATUS_READY));
  made = must(move(agent_, made, v1::CALCULATION_STATUS_CHOSEN));
  request.set_version(made.version());
  request.mutable_premium()->set_amount_minor(1);

  const auto refusal = update(agent_, request);

  EXPECT_EQ(refusal.error().reason, "calculation_field_locked");
  EXPECT_EQ(refusal.error().fields[0].field, "premium");
  EXPECT_EQ(events("crm.calculation.updated"), 1);
}

TEST_F(CalculationTest, ACopyForAnotherInsurerKeepsConditionsWithoutTheAnswer) {
  const auto made = given_calculation(agent_, given_deal(agent_).id());
  v1::CopyCalculationRequest request;
  request.set_calculation_id(made.id());
  const auto same =
      must(call<v1::Calculation>(agent_, "CalculationService/CopyCalculation", request));
  request.set_insurer_id(other_insurer_);
  const auto other =
      must(call<v1::Calculation>(agent_, "CalculationService/CopyCalculation", request));

  EXPECT_EQ(same.premium().amount_minor(), made.premium().amount_minor());
  EXPECT_EQ(same.copied_from_id(), made.id());
  EXPECT_EQ(other.insurer_name(), "Северная");
  EXPECT_FALSE(other.has_premium());
  EXPECT_EQ(other.coverage_sum().amount_minor(), made.coverage_sum().amount_minor());
  EXPECT_EQ(other.terms().repair(), v1::REPAIR_DEALER);
}

TEST_F(CalculationTest, AClosedDealKeepsItsQuotes) {
  const auto deal = given_deal(agent_);
  const auto made = given_calculation(agent_, deal.id());
  must(transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLOSED, "отказ")));

  EXPECT_EQ(move(agent_, made, v1::CALCULATION_STATUS_READY).error().reason, "deal_is_closed");
  EXPECT_EQ(create(agent_, kasko(deal.id())).error().reason, "deal_is_closed");
  EXPECT_TRUE(get(agent_, made.id()).ok());
}

TEST_F(CalculationTest, ListsFilterSortAndGroup) {
  const auto deal = given_deal(agent_);
  const auto cheap = given_calculation(agent_, deal.id(), 6890000);
  const auto dear = given_calculation(agent_, deal.id(), 8425000);
  must(move(agent_, dear, v1::CALCULATION_STATUS_READY));
  given_calculation(colleague_, given_deal(colleague_).id(), 100);

  const auto found = list(agent_, "deal_id = \"" + deal.id() + "\" AND premium > 70000.50");
  const auto sorted = list(agent_, "", "premium", "status");

  ASSERT_EQ(found.calculations_size(), 1);
  EXPECT_EQ(found.calculations(0).id(), dear.id());
  ASSERT_EQ(sorted.calculations_size(), 2);
  EXPECT_EQ(sorted.calculations(0).id(), cheap.id());
  ASSERT_EQ(sorted.groups_size(), 2);
  EXPECT_EQ(sorted.groups(1).value(), "ready");
  EXPECT_EQ(list(finance_).total_size(), 3);
  EXPECT_THAT(list(agent_, "valid_until < \"2020-01-01\"").calculations(), IsEmpty());
}

TEST_F(CalculationTest, ComparesQuotesOfOneDeal) {
  const auto deal = given_deal(agent_);
  const auto cheap = given_calculation(agent_, deal.id(), 6890000);
  const auto dear = given_calculation(agent_, deal.id(), 8425000);
  v1::CompareCalculationsRequest request;
  request.add_calculation_ids(dear.id());
  request.add_calculation_ids(cheap.id());

  const auto comparison =
      must(call<v1::Comparison>(finance_, "CalculationService/CompareCalculations", request));

  EXPECT_EQ(comparison.calculations(0).id(), dear.id());
  EXPECT_EQ(comparison.rows(0).key(), "premium");
  EXPECT_TRUE(comparison.rows(0).cells(1).best());
  EXPECT_EQ(comparison.rows(0).cells(0).difference().amount_minor(), 1535000);
  EXPECT_EQ(call<v1::Comparison>(colleague_, "CalculationService/CompareCalculations", request)
                .error()
                .reason,
            "calculation_not_found");
  request.add_calculation_ids(given_calculation(agent_, given_deal(agent_).id()).id());
  EXPECT_EQ(call<v1::Comparison>(agent_, "CalculationService/CompareCalculations", request)
                .error()
                .fields[0]
                .field,
            "calculation_ids[2]");
}

}  // namespace
}  // namespace bordero::crm
