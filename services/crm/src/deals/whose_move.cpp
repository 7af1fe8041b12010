#include "services/crm/src/deals/whose_move.hpp"

namespace bordero::crm {

const char* whose_task(Role assignee) {
  switch (assignee) {
    case Role::executor:
      return "executor";
    case Role::finance:
      return "finance";
    default:
      return "agent";
  }
}

}  // namespace bordero::crm
