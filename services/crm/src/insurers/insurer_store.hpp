#pragma once

#include "bordero/crm/v1/insurers.pb.h"
#include "platform/base/uuid.hpp"
#include "platform/lists/list_page.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

struct Insurer;

awaitable<Result<v1::Insurer>> find_insurer(pg::Transaction& tx, Id<Insurer> id);
awaitable<Result<v1::Insurer>> lock_insurer(pg::Transaction& tx, Id<Insurer> id);
void insert_insurer(pg::Transaction& tx, const v1::Insurer& insurer);
void save_insurer(pg::Transaction& tx, const v1::Insurer& insurer);
awaitable<Result<lists::ListPage>> insurer_page(pg::Transaction& tx, const lists::Request& request);

}  // namespace bordero::crm
