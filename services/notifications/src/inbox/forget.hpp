#pragma once

#include "platform/pg/database.hpp"

namespace bordero::notifications {

// For how many days notifications are kept.
struct Keeping {
  int read_days;    // Since they were read.
  int unread_days;  // Since they were shown.
};

// Removes some that are kept no longer, with their deliveries; the audit log keeps what was told.
// True when there may be more.
awaitable<Result<bool>> forget_notifications(pg::Database& db, Keeping keeping);

}  // namespace bordero::notifications
