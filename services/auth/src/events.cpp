#include "services/auth/src/events.hpp"

namespace bordero::auth {
namespace {

mq::About about_session(const std::string& session_id, const std::string& user_id, int version) {
  mq::About about{.entity_type = "session", .entity_id = session_id, .version = version};
  if (!user_id.empty()) about.audience_users = {user_id};
  about.audience_roles = {"admin"};
  return about;
}

}  // namespace

void publish_about(pg::Transaction& tx, const Context& context,
                   const google::protobuf::Message& event, const v1::User& user) {
  mq::publish(tx, context, event,
              {.entity_type = "user",
               .entity_id = user.id(),
               .version = user.version(),
               .audience_users = {user.id()},
               .audience_roles = {"admin"}});
}

void publish_opened(pg::Transaction& tx, const Context& context, const NewSession& session) {
  v1::SessionOpened event;
  event.set_user_id(session.user_id.str());
  event.set_session_id(session.id.str());
  event.set_device(session.device);
  event.set_address(session.address);
  event.set_program(session.program);
  mq::publish(tx, context, event, about_session(session.id.str(), session.user_id.str(), 1));
}

void publish_ended(pg::Transaction& tx, const Context& context,
                   const std::vector<EndedSession>& sessions, std::string_view reason) {
  for (const EndedSession& session : sessions) {
    v1::SessionEnded event;
    event.set_user_id(session.user_id);
    event.add_session_ids(session.id);
    event.set_reason(std::string(reason));
    mq::publish(tx, context, event, about_session(session.id, session.user_id, 2));
  }
}

void publish_refused(pg::Transaction& tx, const Context& context, const std::string& user_id,
                     const std::string& address, std::string_view reason) {
  v1::SessionRefused event;
  event.set_user_id(user_id);
  event.set_address(address);
  event.set_reason(std::string(reason));
  // Nobody is signed in, and who tried is not known.
  Context attempt = context;
  attempt.caller = system_caller("sign_in");
  mq::publish(tx, attempt, event, about_session(Uuid::v7().str(), user_id, 1));
}

void publish_agency_updated(pg::Transaction& tx, const Context& context, const v1::Agency& before,
                            const v1::Agency& after) {
  v1::AgencyUpdated event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;
  mq::publish(tx, context, event,
              {.entity_type = "agency",
               .entity_id = after.id(),
               .version = after.version(),
               .audience_roles = {"agent", "executor", "finance", "head", "admin"}});
}

}  // namespace bordero::auth
