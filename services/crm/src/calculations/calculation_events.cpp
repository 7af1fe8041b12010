#include "services/crm/src/calculations/calculation_events.hpp"

#include "bordero/crm/v1/events.pb.h"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/calculations/calculation_history.hpp"
#include "services/crm/src/deals/deal_dates.hpp"
#include "services/crm/src/journal/happened.hpp"
#include "services/crm/src/policies/renewal.hpp"

namespace bordero::crm {
namespace {

// A ready quote is a date of its deal and may renew a policy, so each change of one may move the
// deadline and the renewals.
template <class Event>
void publish_calculation(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal,
                         const Event& event, const v1::Calculation& after) {
  mq::publish(tx, ctx, event, about("calculation", after.id(), after.version(), audience_of(deal)));
  refresh_deadlines(tx, {deal.id()});
  refresh_renewals(tx, {deal.id()});
}

std::string tail(v1::CalculationStatus status) {
  return pg::enum_tail(v1::CalculationStatus_descriptor(), status);
}

std::string subject_of(const v1::Calculation& calculation) {
  if (calculation.program().empty()) return calculation.insurer_name();
  return calculation.insurer_name() + ", " + calculation.program();
}

}  // namespace

void announce_calculation_created(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal,
                                  const v1::Calculation& calculation) {
  v1::CalculationCreated event;
  *event.mutable_calculation() = calculation;
  publish_calculation(tx, ctx, deal, event, calculation);
  write_history(tx, ctx, v1::Calculation(), calculation);
  write_happened(tx, ctx, deal.id(),
                 {.kind = "calculation_created",
                  .subject = subject_of(calculation),
                  .subject_id = calculation.id()});
}

void announce_calculation_updated(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal,
                                  const v1::Calculation& before, const v1::Calculation& after,
                                  const std::vector<std::string>& fields) {
  v1::CalculationUpdated event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;
  publish_calculation(tx, ctx, deal, event, after);
  write_history(tx, ctx, before, after);
  write_happened(tx, ctx, deal.id(),
                 {.kind = "calculation_updated",
                  .fields = fields,
                  .subject = subject_of(after),
                  .subject_id = after.id()});
}

void announce_calculation_moved(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal,
                                const v1::Calculation& before, const v1::Calculation& after) {
  v1::CalculationStatusChanged event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;
  publish_calculation(tx, ctx, deal, event, after);
  write_history(tx, ctx, before, after);
  write_happened(tx, ctx, deal.id(),
                 {.kind = "calculation_status_changed",
                  .from = tail(before.status()),
                  .to = tail(after.status()),
                  .subject = subject_of(after),
                  .subject_id = after.id()});
}

}  // namespace bordero::crm
