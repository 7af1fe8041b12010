#pragma once

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/calculations/calculation_view.hpp"

namespace bordero::crm {

awaitable<Result<v1::ListCalculationsReply>> list_page_of_calculations(
    pg::Transaction& tx, const Caller& caller, const v1::ListCalculationsRequest& request);

}  // namespace bordero::crm
