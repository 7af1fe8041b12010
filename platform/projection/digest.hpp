#pragma once

#include <string>

// How rows are digested, so that owner and copy say the same of the same. Records are compared by
// range of ids: as many as one page of the owner's export.
namespace bordero::projection {

constexpr int kUsersInARange = 1000;
constexpr int kDealsInARange = 500;

// Of rows of users.
inline constexpr const char* kUserLine = "ROW(id, full_name, role, status, version)::text";
inline constexpr const char* kUserNameLine = "ROW(id::text, full_name, version)::text";

// Of rows `d` of deals; who knows the client's name and the members' "<id> <leads>" says how.
inline std::string deal_line(const std::string& client_name, const std::string& members) {
  return "ROW(d.id, d.number, d.title, d.client_id, " + client_name +
         ", d.status, d.lead_agent_id, d.executor_id, d.finance_controller_id, d.version, ARRAY(" +
         members + " ORDER BY 1))::text";
}

// The digest of all lines of a query, by id.
inline std::string digest_of(const std::string& line, const std::string& id = "id") {
  return "encode(sha256(convert_to(coalesce(string_agg(" + line + ", E'\\n' ORDER BY " + id +
         "), ''), 'UTF8')), 'hex')";
}

}  // namespace bordero::projection
