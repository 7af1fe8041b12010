#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bordero/payments/v1/commission_rules.pb.h"
#include "platform/lists/list_page.hpp"
#include "platform/pg/database.hpp"
#include "services/payments/src/commission/rule.hpp"

namespace bordero::payments {

Rule rule_view(const v1::CommissionRule& rule);

awaitable<Result<v1::CommissionRule>> find_rule(pg::Transaction& tx, const std::string& id);
awaitable<Result<v1::CommissionRule>> lock_rule(pg::Transaction& tx, const std::string& id);
// As it was in that version; nothing for an unknown one.
awaitable<std::optional<v1::CommissionRule>> find_rule_version(pg::Transaction& tx,
                                                               const std::string& id, int version);
awaitable<std::vector<v1::CommissionRule>> list_rule_versions(pg::Transaction& tx,
                                                              const std::string& id);
awaitable<std::vector<v1::CommissionRule>> list_all_rules(pg::Transaction& tx);
awaitable<Result<lists::ListPage>> rule_page(pg::Transaction& tx, const lists::Request& request);

// Queued. The version that is kept is the one that is read back.
void insert_rule(pg::Transaction& tx, const v1::CommissionRule& rule);
void save_rule(pg::Transaction& tx, const v1::CommissionRule& rule);
void keep_rule_version(pg::Transaction& tx, const v1::CommissionRule& rule);

}  // namespace bordero::payments
