#include "services/crm/src/calculations/expiry_job.hpp"
#include "services/crm/tests/calculation_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::Contains;
using ::testing::Not;

// Time that a test moved stands again when it ends.
class ShiftedClock {
 public:
  explicit ShiftedClock(int days) { clock::shift(std::chrono::hours(24 * days)); }
  ~ShiftedClock() { clock::shift(std::chrono::seconds(0)); }
};

class CalculationsInDeals : public CalculationTest {
 protected:
  v1::Deal given_deal_at_work() {
    auto request = transition_to(given_deal(agent_), v1::DEAL_STATUS_CALCULATION);
    request.set_executor_id(executor_.id);
    return must(transition(agent_, request));
  }
  // How many a background process of its own moves, as after each restart.
  int expire_in_a_new_process() {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    const int before = events("crm.calculation.status_changed");
    while (must(run(expire_some(db)))) {
    }
    return events("crm.calculation.status_changed") - before;
  }
};

TEST_F(CalculationsInDeals, TheClientDecidesWhenAQuoteIsReady) {
  const auto deal = given_deal_at_work();
  const auto made = given_calculation(executor_, deal.id());
  const auto step = transition_to(deal, v1::DEAL_STATUS_CLIENT_DECISION);
  EXPECT_EQ(transition(agent_, step).error().reason, "deal_has_no_ready_calculation");
  EXPECT_THAT(must(get_deal(agent_, deal.id())).allowed_statuses(),
              Not(Contains("client_decision")));

  must(move(executor_, made, v1::CALCULATION_STATUS_READY));

  const auto ready = must(get_deal(agent_, deal.id()));
  EXPECT_EQ(ready.ready_calculation_count(), 1);
  EXPECT_EQ(ready.version(), deal.version()) << "a quote does not change its deal";
  EXPECT_THAT(ready.allowed_statuses(), Contains("client_decision"));
  EXPECT_TRUE(transition(agent_, step).ok());
}

TEST_F(CalculationsInDeals, IssuanceNeedsAChosenQuote) {
  auto deal = given_deal_at_work();
  auto made = given_calculation(executor_, deal.id());
  made = must(move(executor_, made, v1::CALCULATION_STATUS_READY));
  deal = must(transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLIENT_DECISION)));
  const auto step = transition_to(deal, v1::DEAL_STATUS_ISSUANCE);
  EXPECT_EQ(transition(agent_, step).error().reason, "deal_has_no_chosen_calculation");

  must(move(agent_, made, v1::CALCULATION_STATUS_CHOSEN));

  EXPECT_EQ(must(transition(agent_, step)).chosen_calculation_count(), 1);
}

TEST_F(CalculationsInDeals, TheStepToIssuanceChoosesAQuote) {
  auto deal = given_deal_at_work();
  const auto made =
      must(move(agent_, given_calculation(agent_, deal.id()), v1::CALCULATION_STATUS_READY));
  deal = must(transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLIENT_DECISION)));
  EXPECT_THAT(deal.allowed_statuses(), Contains("issuance"));
  auto step = transition_to(deal, v1::DEAL_STATUS_ISSUANCE);
  step.set_calculation_id(made.id());

  const auto moved = must(transition(agent_, step));

  EXPECT_EQ(moved.status(), v1::DEAL_STATUS_ISSUANCE);
  EXPECT_EQ(moved.chosen_calculation_count(), 1);
  const auto chosen = must(get(agent_, made.id()));
  EXPECT_EQ(chosen.status(), v1::CALCULATION_STATUS_CHOSEN);
  EXPECT_EQ(history(agent_, made.id()).history(0).actor_id(), agent_.id);
}

TEST_F(CalculationsInDeals, ARefusedStepChoosesNothing) {
  auto deal = given_deal_at_work();
  const auto draft = given_calculation(agent_, deal.id());
  const auto ready =
      must(move(agent_, given_calculation(agent_, deal.id()), v1::CALCULATION_STATUS_READY));
  auto early = transition_to(deal, v1::DEAL_STATUS_ISSUANCE);
  early.set_calculation_id(ready.id());
  EXPECT_EQ(transition(agent_, early).error().reason, "deal_transition_not_allowed");
  EXPECT_EQ(must(get(agent_, ready.id())).status(), v1::CALCULATION_STATUS_READY);

  deal = must(transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLIENT_DECISION)));
  auto step = transition_to(deal, v1::DEAL_STATUS_ISSUANCE);
  step.set_calculation_id(draft.id());
  EXPECT_EQ(transition(agent_, step).error().reason, "calculation_transition_not_allowed");
  step.set_calculation_id(given_calculation(agent_, given_deal(agent_).id()).id());
  EXPECT_EQ(transition(agent_, step).error().fields[0].field, "calculation_id");
  auto back = transition_to(deal, v1::DEAL_STATUS_CALCULATION);
  back.set_calculation_id(ready.id());
  EXPECT_EQ(transition(agent_, back).error().fields[0].code, "only_for_issuance");
  EXPECT_EQ(events("crm.deal.status_changed"), 2);
}

TEST_F(CalculationsInDeals, TheClockEndsQuotesOnceTheDayAfterTheirLast) {
  const auto deal = given_deal(agent_);
  const auto draft = given_calculation(agent_, deal.id());
  const auto ready =
      must(move(agent_, given_calculation(agent_, deal.id()), v1::CALCULATION_STATUS_READY));
  auto chosen =
      must(move(agent_, given_calculation(agent_, deal.id()), v1::CALCULATION_STATUS_READY));
  chosen = must(move(agent_, chosen, v1::CALCULATION_STATUS_CHOSEN));
  const int moved = events("crm.calculation.status_changed");
  {
    const ShiftedClock last_day(9);
    EXPECT_EQ(expire_in_a_new_process(), 0);
  }

  const ShiftedClock next_day(10);
  EXPECT_EQ(expire_in_a_new_process(), 2);
  EXPECT_EQ(expire_in_a_new_process(), 0);

  EXPECT_EQ(must(get(agent_, draft.id())).status(), v1::CALCULATION_STATUS_EXPIRED);
  EXPECT_EQ(must(get(agent_, ready.id())).status(), v1::CALCULATION_STATUS_EXPIRED);
  EXPECT_EQ(must(get(agent_, chosen.id())).status(), v1::CALCULATION_STATUS_CHOSEN);
  EXPECT_EQ(events("crm.calculation.status_changed"), moved + 2);
  EXPECT_EQ(history(agent_, draft.id()).history(0).actor_id(), "system:expire_calculations");
  EXPECT_EQ(database_.value("SELECT count(*) FROM deal_events WHERE details->>'to' = 'expired'"),
            "2");
  EXPECT_EQ(database_.value("SELECT count(*) FROM outbox WHERE type LIKE '%status_changed' AND "
                            "body LIKE '%\"expired\"%' AND headers::text LIKE '%" +
                            agent_.id + "%'"),
            "2");
}

TEST_F(CalculationsInDeals, AReadyQuoteIsADeadlineOfItsDeal) {
  const auto deal = given_deal(agent_);
  const auto made = given_calculation(agent_, deal.id());
  EXPECT_FALSE(must(get_deal(agent_, deal.id())).has_deadline());

  const auto ready = must(move(agent_, made, v1::CALCULATION_STATUS_READY));

  const auto deadline = must(get_deal(agent_, deal.id())).deadline();
  EXPECT_EQ(deadline.reason(), "quote");
  EXPECT_EQ(deadline.date(), made.valid_until());
  EXPECT_EQ(deadline.subject(), made.id());
  must(move(agent_, ready, v1::CALCULATION_STATUS_DECLINED));
  EXPECT_FALSE(must(get_deal(agent_, deal.id())).has_deadline());
}

TEST_F(CalculationsInDeals, AnEndedQuoteComesBackAsADraftWithoutItsDate) {
  const auto made = given_calculation(agent_, given_deal(agent_).id());
  const ShiftedClock later(30);
  expire_in_a_new_process();
  const auto expired = must(get(agent_, made.id()));

  const auto draft = must(move(agent_, expired, v1::CALCULATION_STATUS_DRAFT));

  EXPECT_EQ(draft.valid_until(), "");
  EXPECT_EQ(expire_in_a_new_process(), 0);
  EXPECT_EQ(must(get(agent_, made.id())).status(), v1::CALCULATION_STATUS_DRAFT);
}

}  // namespace
}  // namespace bordero::crm
