#include "services/crm/src/deals/deal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/base/clock.hpp"
#include "services/crm/src/deals/insured_object.hpp"
#include "services/crm/src/deals/team.hpp"
#include "services/crm/src/deals/whose_move.hpp"

namespace bordero::crm {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

constexpr auto kDraft = v1::DEAL_STATUS_DRAFT;
constexpr auto kCalculation = v1::DEAL_STATUS_CALCULATION;
constexpr auto kDecision = v1::DEAL_STATUS_CLIENT_DECISION;
constexpr auto kIssuance = v1::DEAL_STATUS_ISSUANCE;
constexpr auto kActive = v1::DEAL_STATUS_ACTIVE;
constexpr auto kClosed = v1::DEAL_STATUS_CLOSED;

// A deal that meets every condition there is.
Deal ready_deal(v1::DealStatus status) {
  return {.status = status, .has_executor = true, .ready_count = 1, .chosen_count = 1};
}

std::string refusal(const Deal& deal, const Transition& transition) {
  const auto moved = may_move(deal, transition);
  if (moved) return "allowed";
  return moved.error().fields.empty() ? moved.error().reason : moved.error().fields[0].code;
}

TEST(MoveDeal, EveryPairOfStatusesIsAllowedOrRefused) {
  const std::map<v1::DealStatus, std::vector<v1::DealStatus>> allowed = {
      {kDraft, {kCalculation, kClosed}},
      {kCalculation, {kDecision, kClosed}},
      {kDecision, {kCalculation, kIssuance, kClosed}},
      {kIssuance, {kDecision, kClosed}},
      {kActive, {kIssuance, kClosed}},
      {kClosed, {}}};
  for (const auto& [from, targets] : allowed) {
    for (const auto to : {kDraft, kCalculation, kDecision, kIssuance, kActive, kClosed}) {
      const bool expected = std::count(targets.begin(), targets.end(), to) > 0;
      const std::string reason = to == kClosed ? "sold" : "";

      EXPECT_EQ(may_move(ready_deal(from), {to, reason}).ok(), expected) << from << " to " << to;
    }
    EXPECT_EQ(allowed_moves(ready_deal(from)), targets);
  }
}

TEST(MoveDeal, StepForwardNeedsItsCondition) {
  EXPECT_EQ(refusal({.status = kDraft}, {kCalculation}), "deal_has_no_executor");
  EXPECT_EQ(refusal({.status = kCalculation, .has_executor = true}, {kDecision}),
            "deal_has_no_ready_calculation");
  EXPECT_EQ(refusal({.status = kDecision, .has_executor = true}, {kIssuance}),
            "deal_has_no_chosen_calculation");
}

TEST(MoveDeal, StepBackNeedsNothing) {
  EXPECT_EQ(refusal({.status = kDecision}, {kCalculation}), "allowed");
  EXPECT_EQ(refusal({.status = kIssuance}, {kDecision}), "allowed");
  EXPECT_EQ(refusal({.status = kActive}, {kIssuance}), "allowed");
}

TEST(MoveDeal, ActiveIsEnteredByTheSystemAlone) {
  for (const auto from : {kDraft, kCalculation, kDecision, kIssuance}) {
    EXPECT_EQ(refusal(ready_deal(from), {kActive}), "deal_active_is_automatic");
    EXPECT_EQ(refusal(ready_deal(from), {.to = kActive, .by_person = false}), "allowed");
  }
  EXPECT_EQ(refusal(ready_deal(kClosed), {.to = kActive, .by_person = false}), "deal_is_closed");
}

TEST(MoveDeal, ClosingNeedsAReasonAndOnlyClosingHasOne) {
  EXPECT_EQ(refusal(ready_deal(kDraft), {kClosed, ""}), "closing_reason_required");
  EXPECT_EQ(refusal(ready_deal(kDraft), {kClosed, " \n"}), "closing_reason_required");
  EXPECT_EQ(refusal(ready_deal(kDraft), {kCalculation, "why"}), "only_when_closing");
}

TEST(MoveDeal, ActivePolicyKeepsADealOpen) {
  Deal deal = ready_deal(kActive);
  deal.active_policy_count = 1;

  EXPECT_EQ(refusal(deal, {kClosed, "sold"}), "deal_has_active_policy");
}

TEST(MoveDeal, RefusalListsWhatIsAllowed) {
  const auto moved = may_move({.status = kDraft, .has_executor = true}, {kIssuance});

  EXPECT_EQ(moved.error().reason, "deal_transition_not_allowed");
  EXPECT_THAT(moved.error().allowed, ElementsAre("calculation", "closed"));
}

TEST(WhoseMove, TaskIsItsAssignees) {
  EXPECT_STREQ(whose_task(Role::executor), "executor");
  EXPECT_STREQ(whose_task(Role::finance), "finance");
  EXPECT_STREQ(whose_task(Role::agent), "agent");
  EXPECT_STREQ(whose_task(Role::head), "agent");
}

const TeamMember kLead = {"a", v1::MEMBER_FUNCTION_LEAD_AGENT};
const TeamMember kExecutor = {"b", v1::MEMBER_FUNCTION_EXECUTOR};
const TeamMember kParticipant = {"c", v1::MEMBER_FUNCTION_PARTICIPANT};

TEST(Team, NewLeadReplacesTheOld) {
  const TeamMember new_lead = {"c", v1::MEMBER_FUNCTION_LEAD_AGENT};

  const auto team = with_member({kLead, kExecutor, kParticipant}, new_lead);

  EXPECT_THAT(*team, UnorderedElementsAre(kExecutor, new_lead));
  EXPECT_THAT(people_added(*team, {kLead, kExecutor, kParticipant}), ElementsAre("a"));
}

TEST(Team, OnePersonMayLeadAndExecute) {
  const TeamMember own_executor = {"a", v1::MEMBER_FUNCTION_EXECUTOR};

  const auto team = with_member({kLead, kExecutor}, own_executor);

  EXPECT_THAT(*team, UnorderedElementsAre(kLead, own_executor));
  EXPECT_THAT(people_of(*team), ElementsAre("a"));
}

TEST(Team, NobodyJoinsTwice) {
  EXPECT_EQ(with_member({kLead}, kLead).error().reason, "already_a_member");
  EXPECT_EQ(with_member({kLead}, {"a", v1::MEMBER_FUNCTION_PARTICIPANT}).error().reason,
            "already_a_member");
}

TEST(Team, LeadIsOnlyReplaced) {
  EXPECT_EQ(without_member({kLead}, "a").error().reason, "lead_is_only_replaced");
  EXPECT_EQ(without_member({kLead}, "z").error().reason, "member_not_found");
  EXPECT_THAT(*without_member({kLead, kExecutor}, "b"), ElementsAre(kLead));
}

v1::InsuredObject vehicle(const std::string& vin) {
  v1::InsuredObject object;
  object.set_kind(v1::OBJECT_KIND_VEHICLE);
  object.set_make("Mazda");
  object.set_model("CX-5");
  object.set_year(2022);
  object.set_vin(vin);
  return object;
}

TEST(InsuredObject, HasFieldsOfItsKindOnly) {
  InsuredObjects objects;
  *objects.Add() = vehicle("");
  objects[0].set_kind(v1::OBJECT_KIND_PROPERTY);

  EXPECT_EQ(check_objects(objects).error().fields[0].code, "not_of_this_kind");
}

TEST(InsuredObject, ABirthIsInThePast) {
  InsuredObjects objects;
  auto& person = *objects.Add();
  person.set_kind(v1::OBJECT_KIND_PERSON);
  person.set_birth_date(clock::today().str());
  EXPECT_TRUE(check_objects(objects).ok());

  person.set_birth_date(clock::today().plus_days(1).str());
  EXPECT_EQ(check_objects(objects).error().fields[0].code, "not_born");
}

TEST(InsuredObject, FleetHasVehiclesOnly) {
  InsuredObjects objects;
  auto& fleet = *objects.Add();
  fleet.set_kind(v1::OBJECT_KIND_FLEET);
  *fleet.add_vehicles() = vehicle("");
  EXPECT_TRUE(check_objects(objects).ok());

  fleet.mutable_vehicles(0)->set_kind(v1::OBJECT_KIND_PERSON);
  EXPECT_EQ(check_objects(objects).error().fields[0].field, "objects[0].vehicles[0].kind");
}

TEST(InsuredObject, WrongVinIsAWarningAndUntitledGetsATitle) {
  InsuredObjects objects;
  *objects.Add() = vehicle("1M8GDM9AXKP042788");
  *objects.Add() = vehicle("1M8GDM9A1KP042788");
  google::protobuf::RepeatedPtrField<common::v1::Warning> warnings;

  add_object_warnings(objects, warnings);
  title_objects(objects);

  ASSERT_EQ(warnings.size(), 1);
  EXPECT_EQ(warnings[0].field(), "objects[1].vin");
  EXPECT_EQ(objects[0].title(), "Mazda CX-5, 2022");
}

}  // namespace
}  // namespace bordero::crm
