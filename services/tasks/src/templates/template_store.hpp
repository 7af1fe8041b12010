#pragma once

#include <optional>
#include <string>

#include "bordero/tasks/v1/tasks.pb.h"
#include "platform/lists/list_page.hpp"
#include "platform/pg/database.hpp"

namespace bordero::tasks {

// The agency's templates and the caller's own, which are not archived.
awaitable<Result<lists::ListPage>> page_of_templates(pg::Transaction& tx, const Caller& caller,
                                                     const lists::Request& request);
// One of these, archived or not.
awaitable<std::optional<v1::TaskTemplate>> find_template(pg::Transaction& tx, const Caller& caller,
                                                         const std::string& id);
awaitable<std::optional<v1::TaskTemplate>> lock_template(pg::Transaction& tx, const Caller& caller,
                                                         const std::string& id);
// The one that a rule uses: calculation or issuance.
awaitable<v1::TaskTemplate> template_of_rule(pg::Transaction& tx, const char* code);
void insert_template(pg::Transaction& tx, const v1::TaskTemplate& made, const Caller& caller);
void save_template(pg::Transaction& tx, const v1::TaskTemplate& changed);

}  // namespace bordero::tasks
