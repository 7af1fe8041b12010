#include "services/auth/src/agency/agency_store.hpp"

namespace bordero::auth {
namespace {

constexpr const char* kView =
    "SELECT id, name, phone, address, share_names_in_messages, logo_digest, version FROM agency";

awaitable<v1::Agency> read(pg::Transaction& tx, const std::string& sql) {
  const auto row = co_await tx.find_one(sql);
  ensure(row.has_value(), "the agency's record is there from the beginning");
  co_return row->to<v1::Agency>();
}

}  // namespace

awaitable<v1::Agency> view_agency(pg::Transaction& tx) { co_return co_await read(tx, kView); }

awaitable<v1::Agency> lock_agency(pg::Transaction& tx) {
  const std::string sql = std::string(kView) + " FOR UPDATE";
  co_return co_await read(tx, sql);
}

void save_agency(pg::Transaction& tx, const v1::Agency& agency) {
  tx.execute(R"sql(
      UPDATE agency
         SET name = $2, phone = $3, address = $4, share_names_in_messages = $5,
             version = version + 1
       WHERE id = $1)sql",
             agency.id(), agency.name(), agency.phone(), agency.address(),
             agency.share_names_in_messages());
}

void save_logo(pg::Transaction& tx, const Logo& logo) {
  std::optional<pg::Bytes> data;
  std::optional<std::string> content_type;
  if (!logo.data.empty()) {
    data = pg::Bytes{logo.data};
    content_type = logo.content_type;
  }
  tx.execute("UPDATE agency SET logo = $1, logo_type = $2, logo_digest = $3", data, content_type,
             logo.digest);
}

awaitable<Result<common::v1::File>> find_logo(pg::Transaction& tx, const std::string& digest) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT logo AS data, logo_type AS content_type
        FROM agency
       WHERE logo IS NOT NULL AND ($1 = '' OR logo_digest = $1))sql",
                                        digest);
  if (!row) co_return not_found("logo_not_found");
  auto file = row->to<common::v1::File>();
  file.set_file_name(file.content_type() == "image/png" ? "logo.png" : "logo.jpg");
  co_return file;
}

}  // namespace bordero::auth
