#include "services/audit/src/entries/on_event.hpp"

#include "services/audit/src/entries/entry_of_event.hpp"
#include "services/audit/src/entries/entry_store.hpp"
#include "services/audit/src/users/user_copy.hpp"

namespace bordero::audit {

awaitable<Result<void>> on_event(pg::Transaction& tx, Context&, const mq::Event& event) {
  CO_TRY(Entry entry, entry_of(event));
  auto [tree, recorded] = co_await lock_tree(tx, entry.event_id);
  // The inbox forgets after a while; the log does not.
  if (recorded) co_return Result<void>();

  append_entry(tx, tree, std::move(entry));
  copy_user(tx, event);
  co_return Result<void>();
}

}  // namespace bordero::audit
