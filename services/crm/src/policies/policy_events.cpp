#include "services/crm/src/policies/policy_events.hpp"

#include "bordero/crm/v1/events.pb.h"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/journal/happened.hpp"

namespace bordero::crm {
namespace {

template <class Event>
void publish(pg::Transaction& tx, const Context& ctx, const Event& event, const SeenPolicy& after) {
  const auto& policy = after.view;
  mq::publish(tx, ctx, event, about("policy", policy.id(), policy.version(), after.audience));
}

template <class Event>
Event changed(const v1::Policy& before, const SeenPolicy& after) {
  Event event;
  *event.mutable_before() = before;
  *event.mutable_after() = after.view;
  return event;
}

Happened happened(const char* kind, const v1::Policy& policy) {
  return {.kind = kind, .subject = title_of(policy), .subject_id = policy.id()};
}

}  // namespace

void announce_created(pg::Transaction& tx, const Context& ctx, const SeenPolicy& made) {
  v1::PolicyCreated event;
  *event.mutable_policy() = made.view;
  publish(tx, ctx, event, made);
  write_happened(tx, ctx, made.view.deal_id(), happened("policy_created", made.view));
}

void announce_updated(pg::Transaction& tx, const Context& ctx, const v1::Policy& before,
                      const SeenPolicy& after, const std::vector<std::string>& fields) {
  publish(tx, ctx, changed<v1::PolicyUpdated>(before, after), after);
  Happened line = happened("policy_updated", after.view);
  line.fields = fields;
  write_happened(tx, ctx, after.view.deal_id(), line);
}

void announce_renewal_deal(pg::Transaction& tx, const Context& ctx, const v1::Policy& before,
                           const SeenPolicy& after) {
  publish(tx, ctx, changed<v1::PolicyUpdated>(before, after), after);
}

void announce_moved(pg::Transaction& tx, const Context& ctx, const v1::Policy& before,
                    const SeenPolicy& after) {
  Happened line = happened("policy_activated", after.view);
  switch (after.view.status()) {
    case v1::POLICY_STATUS_ACTIVE:
      publish(tx, ctx, changed<v1::PolicyActivated>(before, after), after);
      break;
    case v1::POLICY_STATUS_RENEWAL_PENDING:
      publish(tx, ctx, changed<v1::PolicyRenewalPending>(before, after), after);
      line.kind = "policy_renewal_pending";
      break;
    case v1::POLICY_STATUS_CLOSED: {
      auto event = changed<v1::PolicyClosed>(before, after);
      event.set_reason(after.view.close_reason());
      publish(tx, ctx, event, after);
      line.kind = "policy_closed";
      line.reason = after.view.close_reason();
      break;
    }
    default:
      ensure(false, "a policy never becomes a draft again");
  }
  write_happened(tx, ctx, after.view.deal_id(), line);
}

void announce_discarded(pg::Transaction& tx, const Context& ctx, const SeenPolicy& draft,
                        const v1::Policy& before, const SeenPolicy& after) {
  v1::PolicyDiscarded event;
  *event.mutable_policy() = draft.view;
  const auto& gone = draft.view;
  mq::publish(tx, ctx, event, about("policy", gone.id(), gone.version() + 1, draft.audience));
  publish(tx, ctx, changed<v1::PolicyUpdated>(before, after), after);
  write_happened(tx, ctx, gone.deal_id(), happened("policy_discarded", after.view));
}

void announce_renewed(pg::Transaction& tx, const Context& ctx, const SeenPolicy& continued,
                      const v1::Policy& successor) {
  v1::PolicyRenewed event;
  *event.mutable_policy() = continued.view;
  *event.mutable_successor() = successor;
  publish(tx, ctx, event, continued);
  Happened line = happened("policy_renewed", continued.view);
  line.to = successor.effective_to();
  write_happened(tx, ctx, continued.view.deal_id(), line);
}

}  // namespace bordero::crm
