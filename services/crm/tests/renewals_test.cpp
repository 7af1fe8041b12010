#include "bordero/payments/v1/events.pb.h"
#include "bordero/tasks/v1/events.pb.h"
#include "services/crm/src/reminders/count_due.hpp"
#include "services/crm/tests/policy_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::IsEmpty;

TEST_F(PolicyTest, RenewingMakesALinkedDraftThatEndsThePredecessor) {
  auto request = policy_request();
  request.set_effective_from(clock::today().plus_days(-370).str());
  request.set_effective_to(clock::today().plus_days(-6).str());
  const auto old = must(activate(agent_, must(create(agent_, request))));

  const auto draft = must(renew(agent_, old.id()));

  EXPECT_EQ(draft.status(), v1::POLICY_STATUS_DRAFT);
  EXPECT_TRUE(draft.is_renewal());
  EXPECT_EQ(draft.predecessor_id(), old.id());
  EXPECT_EQ(draft.effective_from(), clock::today().plus_days(-5).str());
  EXPECT_EQ(draft.premium().amount_minor(), old.premium().amount_minor());
  EXPECT_EQ(draft.instalments_size(), 2);
  EXPECT_THAT(draft.number(), IsEmpty());
  EXPECT_EQ(must(get(agent_, old.id())).successor_id(), draft.id());
  EXPECT_EQ(renew(agent_, old.id()).error().reason, "policy_already_renewed");
  EXPECT_EQ(events("crm.policy.renewed"), 1);

  number(draft, "КСК-27");
  must(activate(agent_, must(get(agent_, draft.id()))));

  const auto closed = must(get(agent_, old.id()));
  EXPECT_EQ(closed.status(), v1::POLICY_STATUS_CLOSED);
  EXPECT_EQ(closed.closed_on(), old.effective_to());
  EXPECT_EQ(closed.close_reason(), "replaced");
  EXPECT_EQ(must(get_deal(agent_, deal_.id())).deadline().subject(), draft.id());
  v1::ListPolicyChainRequest asked;
  asked.set_policy_id(draft.id());
  const auto chain =
      must(call<v1::ListPolicyChainReply>(agent_, "PolicyService/ListPolicyChain", asked));
  ASSERT_EQ(chain.policies_size(), 2);
  EXPECT_EQ(chain.policies(0).id(), old.id());
}

TEST_F(PolicyTest, OfTwoRenewalsAtOnceOneWins) {
  const auto old = must(activate(agent_, given_policy()));
  v1::RenewPolicyRequest request;
  request.set_policy_id(old.id());
  std::vector<awaitable<rpc::AnyReply>> both;
  both.push_back(ask(agent_, "PolicyService/RenewPolicy", request));
  both.push_back(ask(admin_, "PolicyService/RenewPolicy", request));

  const auto answers = run_all(std::move(both));

  EXPECT_EQ(answers[0].ok() + answers[1].ok(), 1);
  EXPECT_EQ(database_.value("SELECT count(*) FROM policies"), "2");
}

TEST_F(PolicyTest, TheClockAsksForRenewalOnceAndClosesWhatIsReplaced) {
  auto request = policy_request();
  request.set_effective_to(clock::today().plus_days(30).str());
  const auto near = must(activate(agent_, must(create(agent_, request))));
  request.set_number("КСК-2");
  request.set_effective_to(clock::today().plus_days(31).str());
  const auto later = must(activate(agent_, must(create(agent_, request))));

  tick();

  const auto pending = must(get(agent_, near.id()));
  EXPECT_EQ(pending.status(), v1::POLICY_STATUS_RENEWAL_PENDING);
  EXPECT_EQ(must(get(agent_, later.id())).status(), v1::POLICY_STATUS_ACTIVE);
  EXPECT_EQ(events("crm.policy.renewal_pending"), 1);

  must(step(agent_, pending, v1::POLICY_STATUS_ACTIVE));
  tick();
  EXPECT_EQ(must(get(agent_, near.id())).status(), v1::POLICY_STATUS_ACTIVE);

  const auto draft = must(renew(agent_, near.id()));
  number(draft, "КСК-3");
  must(activate(agent_, must(get(agent_, draft.id()))));
  EXPECT_EQ(must(get(agent_, near.id())).status(), v1::POLICY_STATUS_ACTIVE);
  clock::shift(std::chrono::hours(24 * 31));
  tick();
  clock::shift(std::chrono::hours(0));

  const auto closed = must(get(agent_, near.id()));
  EXPECT_EQ(closed.status(), v1::POLICY_STATUS_CLOSED);
  EXPECT_EQ(closed.closed_on(), near.effective_to());
}

TEST_F(PolicyTest, ClosingNeedsAReasonAndIsFinal) {
  const auto active = must(activate(agent_, given_policy()));
  v1::ClosePolicyRequest request;
  request.set_policy_id(active.id());
  request.set_version(active.version());
  request.set_reason("  ");
  EXPECT_EQ(close(agent_, request).error().fields[0].field, "reason");
  request.set_reason("Машина продана");
  request.set_closed_on(clock::today().plus_days(1).str());
  EXPECT_EQ(close(agent_, request).error().fields[0].code, "in_the_future");
  request.set_closed_on(clock::today().str());

  const auto closed = must(close(agent_, request));

  EXPECT_EQ(closed.status(), v1::POLICY_STATUS_CLOSED);
  EXPECT_EQ(closed.close_reason(), "Машина продана");
  EXPECT_EQ(events("crm.policy.closed"), 1);
  EXPECT_EQ(step(agent_, closed, v1::POLICY_STATUS_ACTIVE).error().reason, "policy_is_closed");
  EXPECT_FALSE(must(get_deal(agent_, deal_.id())).has_deadline());
}

TEST_F(PolicyTest, AnAmendmentIsPlannedChangedAndDone) {
  const auto active = must(activate(agent_, given_policy()));
  v1::CreateAmendmentRequest create;
  create.set_policy_id(active.id());
  create.set_description("Вписать водителя");
  create.set_due_on(clock::today().plus_days(10).str());
  create.set_handler_id(colleague_.id);
  EXPECT_EQ(amend(agent_, create).error().fields[0].code, "does_not_see_the_deal");
  create.clear_handler_id();
  const auto planned = must(amend(agent_, create));
  EXPECT_EQ(planned.handler_id(), agent_.id);
  EXPECT_EQ(amend(colleague_, create).error().reason, "policy_not_found");

  v1::UpdateAmendmentRequest done;
  done.set_policy_id(active.id());
  done.set_amendment_id(planned.id());
  done.set_version(planned.version());
  done.set_status(v1::AMENDMENT_STATUS_DONE);
  done.mutable_update_mask()->add_paths("status");
  const auto finished = must(call<v1::Amendment>(agent_, "AmendmentService/UpdateAmendment", done));

  EXPECT_EQ(finished.status(), v1::AMENDMENT_STATUS_DONE);
  EXPECT_EQ(events("crm.amendment.updated"), 1);
  done.set_version(finished.version());
  EXPECT_EQ(call<v1::Amendment>(agent_, "AmendmentService/UpdateAmendment", done).error().reason,
            "amendment_is_finished");
}

TEST_F(PolicyTest, ABatchAnswersForEachPolicy) {
  const auto active = must(activate(agent_, given_policy()));
  auto other = policy_request();
  other.set_number("КСК-2");
  const auto draft = must(create(agent_, other));
  v1::BatchPoliciesRequest batch;
  batch.set_action("renew");
  for (const auto& id : {active.id(), draft.id(), Uuid::v7().str()}) batch.add_items()->set_id(id);

  const auto reply =
      must(call<v1::BatchPoliciesReply>(agent_, "PolicyService/BatchPolicies", batch));

  ASSERT_EQ(reply.results_size(), 3);
  EXPECT_TRUE(reply.results(0).ok());
  EXPECT_EQ(reply.results(0).policy().predecessor_id(), active.id());
  EXPECT_EQ(reply.results(1).error(), "policy_is_draft");
  EXPECT_EQ(reply.results(2).error(), "policy_not_found");
  batch.set_action("burn");
  EXPECT_EQ(call<v1::BatchPoliciesReply>(agent_, "PolicyService/BatchPolicies", batch)
                .error()
                .fields[0]
                .code,
            "unknown_action");
}

TEST_F(PolicyTest, RenewalsAndDueDealsAreCountedForWhoActs) {
  auto request = policy_request();
  request.set_effective_to(clock::today().plus_days(30).str());
  must(activate(agent_, must(create(agent_, request))));
  request.set_number("КСК-2");
  request.set_effective_to(clock::today().plus_days(31).str());
  must(activate(agent_, must(create(agent_, request))));
  const auto late = given_deal(agent_);
  database_.execute("UPDATE deals SET deadline_on = '" + clock::today().plus_days(-9).str() +
                    "', deadline_reason = 'review', "
                    "deadline_assignee_id = lead_agent_id WHERE id = '" +
                    late.id() + "'");
  database_.execute("UPDATE deals SET deadline_on = NULL, deadline_reason = '' WHERE id = '" +
                    deal_.id() + "'");

  std::string found;
  const auto counted =
      ServiceTest::apply([&](pg::Transaction& tx, Context&) -> awaitable<Result<void>> {
        const std::vector<std::string> people = {agent_.id, colleague_.id};
        for (const pg::Row& row : co_await count_due(tx, people, clock::today())) {
          found.append(row.text("user_id")).append(" ").append(row.text("kind")).append(" ");
          found.append(row.text("count")).append("/").append(row.text("overdue")).append(";");
        }
        co_return Result<void>();
      });
  ASSERT_TRUE(counted.ok());

  EXPECT_EQ(found, agent_.id + " deal 1/1;" + agent_.id + " renewal 1/0;");
}

}  // namespace
}  // namespace bordero::crm
