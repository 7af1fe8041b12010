#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bordero/auth/v1/events.pb.h"
#include "platform/mq/mq.hpp"
#include "services/auth/src/sessions/session_store.hpp"

namespace bordero::auth {

// About a user: admins and the person themselves may see it.
void publish_about(pg::Transaction& tx, const Context& context,
                   const google::protobuf::Message& event, const v1::User& user);

// The life of a session is two events: opened is its version 1, ended its version 2.
void publish_opened(pg::Transaction& tx, const Context& context, const NewSession& session);
void publish_ended(pg::Transaction& tx, const Context& context,
                   const std::vector<EndedSession>& sessions, std::string_view reason);
// An attempt that failed, known under an id of its own.
void publish_refused(pg::Transaction& tx, const Context& context, const std::string& user_id,
                     const std::string& address, std::string_view reason);

// Everybody who is signed in may see what the agency says of itself.
void publish_agency_updated(pg::Transaction& tx, const Context& context, const v1::Agency& before,
                            const v1::Agency& after);

// For events with the fields before and after.
template <class Event>
Event changed(const v1::User& before, const v1::User& after) {
  Event event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;
  return event;
}

}  // namespace bordero::auth
