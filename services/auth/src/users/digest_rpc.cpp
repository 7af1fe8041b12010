#include "services/auth/src/users/digest_rpc.hpp"

#include "platform/projection/digest.hpp"

namespace bordero::auth {
namespace {

std::string digest_sql() {
  using namespace projection;
  return "SELECT coalesce((array_agg(id ORDER BY id DESC))[1]::text, '') AS to_id, "
         "count(*)::integer AS count, " +
         digest_of(kUserLine) + " AS digest, " + digest_of(kUserNameLine) +
         " AS name_digest "
         "FROM (SELECT * FROM users WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2) AS u";
}

}  // namespace

awaitable<Result<common::v1::DigestReply>> DigestRpc::digest_users(
    Context& ctx, const common::v1::DigestRequest& request) {
  static const std::string sql = digest_sql();
  std::optional<std::string> after;
  if (!request.after_id().empty()) after = request.after_id();
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto row = co_await tx.find_one(sql, after, projection::kUsersInARange);
  co_return row->to<common::v1::DigestReply>();
}

}  // namespace bordero::auth
