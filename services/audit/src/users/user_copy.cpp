#include "services/audit/src/users/user_copy.hpp"

#include "bordero/auth/v1/events.pb.h"

namespace bordero::audit {
namespace {

void save_user(pg::Transaction& tx, const auth::v1::User& user) {
  if (user.id().empty()) return;
  tx.execute(R"sql(
      INSERT INTO users AS held (id, full_name, version)
      VALUES ($1, $2, $3)
          ON CONFLICT (id) DO UPDATE
         SET full_name = excluded.full_name, version = excluded.version
       WHERE held.version < excluded.version)sql", user.id(), user.full_name(), user.version());
}

template <class Message>
Message read(const mq::Event& event) {
  Message message;
  if (!event.parse(message)) return {};
  return message;
}

}  // namespace

void copy_user(pg::Transaction& tx, const mq::Event& event) {
  const auto& type = event.meta.type();
  if (type == "auth.user.created") save_user(tx, read<auth::v1::UserCreated>(event).user());
  if (type == "auth.user.updated") save_user(tx, read<auth::v1::UserUpdated>(event).after());
}

}  // namespace bordero::audit
