#include "services/crm/src/clients/client_batch.hpp"

#include "services/crm/src/clients/client.hpp"

namespace bordero::crm {
namespace {

// An archived client is restored by itself; nothing else changes in the archive.
Result<void> may_take(const Client& client, const v1::BatchClient& item) {
  if (!item.has_archived()) return may_change(client);
  return item.archived() ? may_archive(client) : may_restore(client);
}

}  // namespace

Result<v1::Client> with_item(const v1::Client& client, const v1::BatchClient& item, Role role) {
  const Client known = rule_view(client);
  TRY(may_take(known, item));
  v1::Client wanted = client;
  if (item.has_owner_id()) {
    if (role != Role::admin) return invalid_field("owner_id", "admins_only");
    if (item.owner_id().empty()) return invalid_field("owner_id", "required");
    wanted.set_owner_id(item.owner_id());
  }
  if (item.has_status()) {
    TRY(may_set_status(known, item.status()));
    wanted.set_status(item.status());
  }
  if (item.has_segment()) wanted.set_segment(item.segment());
  if (item.has_archived()) wanted.set_archived(item.archived());
  return wanted;
}

v1::BatchClient way_back(const v1::Client& before, const v1::Client& after,
                         const v1::BatchClient& item) {
  v1::BatchClient back;
  back.set_id(before.id());
  back.set_version(after.version());
  if (item.has_owner_id()) back.set_owner_id(before.owner_id());
  if (item.has_segment()) back.set_segment(before.segment());
  if (item.has_status()) back.set_status(before.status());
  if (item.has_archived()) back.set_archived(before.archived());
  return back;
}

}  // namespace bordero::crm
