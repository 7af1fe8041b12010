#pragma once

#include <string>

#include "bordero/crm/v1/policies.pb.h"
#include "platform/base/result.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

// What a calculation says about a policy that is issued from it.
struct Quote {
  v1::Policy values;  // Insurer, product, program, premium, coverage, commission, its id.
  int instalment_count = 1;
};
// Of a chosen calculation of the deal. An empty id is a quote that says nothing.
awaitable<Result<Quote>> find_quote(pg::Transaction& tx, const std::string& calculation_id,
                                    const std::string& deal_id);

}  // namespace bordero::crm
