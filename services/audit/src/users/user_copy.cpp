#include "services/audit/src/users/user_copy.hpp"

#include "bordero/auth/v1/events.pb.h"
#include "platform/projection/compare.hpp"
#include "platform/projection/digest.hpp"

namespace bordero::audit {
namespace {

using namespace std::chrono_literals;

constexpr auto kPageLimit = 10s;

void save_user(pg::Transaction& tx, const auth::v1::User& user) {
  if (user.id().empty()) return;
  tx.execute(R"sql(
      INSERT INTO users AS held (id, full_name, version)
      VALUES ($1, $2, $3)
          ON CONFLICT (id) DO UPDATE
         SET full_name = excluded.full_name, version = excluded.version
       WHERE held.version < excluded.version)sql",
             user.id(), user.full_name(), user.version());
}

// Auth's own word: also where ours is as new.
awaitable<bool> take_user(pg::Transaction& tx, const auth::v1::User& user) {
  const auto row = co_await tx.find_one(R"sql(
      INSERT INTO users AS held (id, full_name, version)
      VALUES ($1, $2, $3)
          ON CONFLICT (id) DO UPDATE
         SET full_name = excluded.full_name, version = excluded.version
       WHERE held.version <= excluded.version AND held.* IS DISTINCT FROM excluded.*
      RETURNING id)sql",
                                        user.id(), user.full_name(), user.version());
  co_return row.has_value();
}

awaitable<Result<auth::v1::ExportUsersReply>> ask_page(rpc::Peers& peers, Context& ctx,
                                                       std::string after) {
  auth::v1::ExportUsersRequest request;
  request.set_after_id(after);
  co_return co_await rpc::ask<auth::v1::ExportUsersReply>(
      peers.to("auth"), "audit", ctx, "bordero.auth.v1.UserService/ExportUsers", request);
}

// For those who were there before this log.
awaitable<Result<void>> import_users(pg::Database& db, rpc::Peers& peers) {
  std::string after;
  while (true) {
    Context ctx = system_context("import_users", kPageLimit);
    CO_TRY(const auto page, co_await ask_page(peers, ctx, after));
    if (page.users().empty()) co_return Result<void>();
    CO_TRY(auto tx, co_await db.begin(ctx));
    for (const auto& user : page.users()) save_user(tx, user);
    CO_TRY_VOID(co_await tx.commit());
    after = page.users(page.users_size() - 1).id();
  }
}

// What is kept here of a user is the name.
awaitable<Result<common::v1::DigestReply>> owners_digest(rpc::Peers& peers, std::string after) {
  CO_TRY(auto reply, co_await projection::ask_digest(peers, "audit", "auth",
                                                     "bordero.auth.v1.CopyService/Digest", after));
  reply.set_digest(reply.name_digest());
  co_return reply;
}

awaitable<Result<projection::Digest>> our_digest(pg::Database& db, std::string after,
                                                 std::string to) {
  static const std::string sql = "SELECT count(*)::integer AS count, " +
                                 projection::digest_of(projection::kUserNameLine) +
                                 " AS digest FROM users WHERE id > $1 AND ($2 = '' OR id <= $2)";
  Context ctx = system_context("compare_copies", kPageLimit);
  CO_TRY(auto tx, co_await db.read(ctx));
  const auto row = co_await tx.find_one(sql, after, to);
  co_return projection::Digest{row->get<int>("count"), row->get<std::string>("digest")};
}

awaitable<Result<projection::Mended>> mend(pg::Database& db, rpc::Peers& peers, std::string after,
                                           std::string to) {
  Context ctx = system_context("compare_copies", kPageLimit);
  CO_TRY(const auto page, co_await ask_page(peers, ctx, after));
  CO_TRY(auto tx, co_await db.begin(ctx));
  projection::Mended mended;
  std::vector<std::string> known;
  for (const auto& user : page.users()) {
    known.push_back(user.id());
    const bool wrong = co_await take_user(tx, user);
    if (wrong) ++mended.repaired;
  }
  const auto row = co_await tx.find_one(
      "SELECT count(*)::integer AS unknown FROM users "
      "WHERE id > $1 AND id <= $2 AND id <> ALL($3::text[])",
      after, to, known);
  mended.unknown = row->get<int>("unknown");
  CO_TRY_VOID(co_await tx.commit());
  co_return mended;
}

template <class Message>
auth::v1::User user_after(const mq::Event& event) {
  Message message;
  if (!event.parse(message)) return {};
  return message.after();
}

auth::v1::User user_created(const mq::Event& event) {
  auth::v1::UserCreated message;
  if (!event.parse(message)) return {};
  return message.user();
}

}  // namespace

void copy_user(pg::Transaction& tx, const mq::Event& event) {
  const auto& type = event.meta.type();
  if (type == "auth.user.created") save_user(tx, user_created(event));
  if (type == "auth.user.updated") save_user(tx, user_after<auth::v1::UserUpdated>(event));
  if (type == "auth.user.blocked") save_user(tx, user_after<auth::v1::UserBlocked>(event));
  if (type == "auth.user.unblocked") save_user(tx, user_after<auth::v1::UserUnblocked>(event));
  if (type == "auth.role.changed") save_user(tx, user_after<auth::v1::RoleChanged>(event));
}

background::Copy copy_of_users(pg::Database& db, rpc::Peers& peers) {
  const projection::Comparable sides{
      .copy_of = "users",
      .owners = [&peers](std::string after) { return owners_digest(peers, std::move(after)); },
      .ours = [&db](std::string after, std::string to) { return our_digest(db, after, to); },
      .mend = [&db, &peers](std::string after,
                            std::string to) { return mend(db, peers, after, to); }};
  return {.fill = [&db, &peers] { return import_users(db, peers); },
          .compare = [sides] { return projection::compare(sides); }};
}

}  // namespace bordero::audit
