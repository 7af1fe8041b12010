#include "platform/projection/agency.hpp"

#include "bordero/auth/v1/events.pb.h"
#include "platform/json/json.hpp"

namespace bordero::projection {
namespace {

constexpr std::chrono::seconds kLimit{10};

// What the copy holds of it.
auth::v1::Agency held_of(const auth::v1::Agency& agency) {
  auth::v1::Agency held = agency;
  held.clear_time_zone();
  held.clear_can();
  return held;
}

awaitable<Result<auth::v1::Agency>> ask_agency(rpc::Peers& peers, const char* service) {
  Context ctx = system_context("copy_agency", kLimit);
  const auth::v1::ExportAgencyRequest request;
  CO_TRY(const auto agency, co_await rpc::ask<auth::v1::Agency>(
                                peers.to("auth"), service, ctx,
                                "bordero.auth.v1.AgencyService/ExportAgency", request));
  co_return held_of(agency);
}

// Newer ones alone, or the owner's own word also where ours is as new.
awaitable<bool> take(pg::Transaction& tx, const auth::v1::Agency& agency, bool also_same_version) {
  const auto row = co_await tx.find_one(
      R"sql(
      INSERT INTO agency AS held
             (id, name, phone, address, share_names_in_messages, logo_digest, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
          ON CONFLICT (id) DO UPDATE
         SET name = excluded.name, phone = excluded.phone, address = excluded.address,
             share_names_in_messages = excluded.share_names_in_messages,
             logo_digest = excluded.logo_digest, version = excluded.version
       WHERE held.version < excluded.version
          OR ($8 AND held.version = excluded.version AND held.* IS DISTINCT FROM excluded.*)
   RETURNING id)sql",
      agency.id(), agency.name(), agency.phone(), agency.address(),
      agency.share_names_in_messages(), agency.logo_digest(), agency.version(), also_same_version);
  co_return row.has_value();
}

awaitable<Result<int>> take_from_owner(pg::Database& db, rpc::Peers& peers, const char* service) {
  CO_TRY(const auto agency, co_await ask_agency(peers, service));
  if (agency.id().empty()) co_return 0;
  Context ctx = system_context("copy_agency", kLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const bool taken = co_await take(tx, agency, true);
  CO_TRY_VOID(co_await tx.commit());
  co_return taken ? 1 : 0;
}

awaitable<Result<void>> fill(pg::Database& db, rpc::Peers& peers, const char* service) {
  CO_TRY_VOID(co_await take_from_owner(db, peers, service));
  co_return Result<void>();
}

// The only record is the only range of ids.
awaitable<Result<common::v1::DigestReply>> owners(rpc::Peers& peers, const char* service,
                                                  std::string after) {
  common::v1::DigestReply reply;
  if (!after.empty()) co_return reply;
  CO_TRY(const auto agency, co_await ask_agency(peers, service));
  reply.set_to_id(agency.id());
  reply.set_count(1);
  reply.set_digest(json::text(agency));
  co_return reply;
}

awaitable<Result<Digest>> ours(pg::Database& db, std::string after) {
  if (!after.empty()) co_return Digest();
  Context ctx = system_context("copy_agency", kLimit);
  CO_TRY(auto tx, co_await db.read(ctx));
  const auto agency = co_await find_agency(tx);
  if (!agency) co_return Digest();
  co_return Digest{1, json::text(*agency)};
}

awaitable<Result<Mended>> mend(pg::Database& db, rpc::Peers& peers, const char* service) {
  CO_TRY(const int repaired, co_await take_from_owner(db, peers, service));
  co_return Mended{.repaired = repaired};
}

awaitable<Result<void>> on_agency_updated(pg::Transaction& tx, Context&, const mq::Event& event) {
  auth::v1::AgencyUpdated message;
  if (!event.parse(message)) co_return invalid("event_not_readable");
  co_await keep_agency(tx, message.after());
  co_return Result<void>();
}

}  // namespace

awaitable<std::optional<auth::v1::Agency>> find_agency(pg::Transaction& tx) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT id, name, phone, address, share_names_in_messages, logo_digest, version
        FROM agency)sql");
  if (!row) co_return std::nullopt;
  co_return row->to<auth::v1::Agency>();
}

awaitable<bool> keep_agency(pg::Transaction& tx, const auth::v1::Agency& agency) {
  return take(tx, agency, false);
}

void follow_agency(mq::Consumer& consumer) {
  consumer.on("auth.agency.updated", on_agency_updated);
}

Comparable comparable_agency(pg::Database& db, rpc::Peers& peers, const char* service) {
  return {.copy_of = "agency",
          .owners = [&peers, service](
                        std::string after) { return owners(peers, service, std::move(after)); },
          .ours = [&db](std::string after, std::string) { return ours(db, std::move(after)); },
          .mend = [&db, &peers, service](std::string,
                                         std::string) { return mend(db, peers, service); }};
}

background::Copy copy_of_agency(pg::Database& db, rpc::Peers& peers, const char* service) {
  const Comparable sides = comparable_agency(db, peers, service);
  return {.fill = [&db, &peers, service] { return fill(db, peers, service); },
          .compare = [sides] { return compare(sides); }};
}

}  // namespace bordero::projection
