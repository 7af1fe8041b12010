#include "platform/projection/copies.hpp"
#include "platform/projection/digest.hpp"
#include "platform/projection/users.hpp"

namespace bordero::projection {
namespace {

constexpr std::chrono::seconds kRangeLimit{20};

std::string ours_sql() {
  return "SELECT count(*)::integer AS count, " + digest_of(kUserLine) +
         " AS digest FROM users WHERE ($1::uuid IS NULL OR id > $1) AND ($2::uuid IS NULL OR id <= "
         "$2)";
}

std::optional<std::string> bound(const std::string& id) {
  return id.empty() ? std::nullopt : std::optional(id);
}

awaitable<Result<Digest>> ours(pg::Database& db, std::string after, std::string to) {
  static const std::string sql = ours_sql();
  Context ctx = system_context("compare_copies", kRangeLimit);
  CO_TRY(auto tx, co_await db.read(ctx));
  const auto row = co_await tx.find_one(sql, bound(after), bound(to));
  co_return Digest{row->get<int>("count"), row->get<std::string>("digest")};
}

awaitable<bool> mend_user(pg::Transaction& tx, const auth::v1::User& user) {
  const auto row = co_await tx.find_one(
      R"sql(
      INSERT INTO users AS held (id, full_name, role, status, version)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (id) DO UPDATE
         SET full_name = EXCLUDED.full_name, role = EXCLUDED.role, status = EXCLUDED.status,
             version = EXCLUDED.version
       WHERE held.version <= EXCLUDED.version AND held.* IS DISTINCT FROM EXCLUDED.*
      RETURNING id)sql",
      user.id(), user.full_name(), user.role(), user.status(), user.version());
  co_return row.has_value();
}

awaitable<Result<Mended>> mend(pg::Database& db, rpc::Peers& peers, const char* service,
                               std::string after, std::string to) {
  Context ctx = system_context("compare_copies", kRangeLimit);
  auth::v1::ExportUsersRequest request;
  request.set_after_id(after);
  CO_TRY(const auto page,
         co_await rpc::ask<auth::v1::ExportUsersReply>(
             peers.to("auth"), service, ctx, "bordero.auth.v1.UserService/ExportUsers", request));
  CO_TRY(auto tx, co_await db.begin(ctx));
  Mended mended;
  std::vector<std::string> known;
  for (const auto& user : page.users()) {
    known.push_back(user.id());
    if (co_await mend_user(tx, user)) ++mended.repaired;
  }
  const auto row = co_await tx.find_one(
      "SELECT count(*)::integer AS unknown FROM users WHERE ($1::uuid IS NULL OR id > $1) AND "
      "id <= $2 AND id <> ALL($3::uuid[])",
      bound(after), to, known);
  mended.unknown = row->get<int>("unknown");
  CO_TRY_VOID(co_await tx.commit());
  co_return mended;
}

}  // namespace

Comparable comparable_users(pg::Database& db, rpc::Peers& peers, const char* service) {
  return {.copy_of = "users",
          .owners =
              [&peers, service](std::string after) {
                return ask_digest(peers, service, "auth", "bordero.auth.v1.CopyService/Digest",
                                  std::move(after));
              },
          .ours = [&db](std::string after, std::string to) { return ours(db, after, to); },
          .mend = [&db, &peers, service](
                      std::string after,
                      std::string to) { return mend(db, peers, service, after, to); }};
}

background::Copy copy_of_users(pg::Database& db, rpc::Peers& peers, const char* service) {
  const Comparable sides = comparable_users(db, peers, service);
  return {.fill = [&db, &peers, service] { return import_users(db, peers, service); },
          .compare = [sides] { return compare(sides); }};
}

}  // namespace bordero::projection
