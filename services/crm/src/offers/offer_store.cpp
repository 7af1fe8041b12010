#include "services/crm/src/offers/offer_store.hpp"

#include "platform/json/json.hpp"
#include "platform/lists/list_page.hpp"

namespace bordero::crm {
namespace {

v1::Offer offer_of(const pg::Row& row) {
  v1::Offer offer;
  const auto read = json::parse_stored(row.text("snapshot"), offer);
  ensure(read.ok(), "a stored offer can be read");
  offer.set_created_at(instant_text(row.get<Instant>("created_at")));
  return offer;
}

const lists::Spec& spec() {
  static const lists::Spec spec = {.resource = "offers",
                                   .fields = {{"number",
                                               {.column = "o.ordinal",
                                                .type = lists::FieldType::number,
                                                .filterable = false,
                                                .sortable = true}}},
                                   .default_order = "number desc",
                                   .id_column = "o.id"};
  return spec;
}

}  // namespace

awaitable<int> next_offer(pg::Transaction& tx, const std::string& deal_id) {
  const auto row = co_await tx.find_one(
      "SELECT coalesce(max(ordinal), 0) + 1 AS next FROM offers WHERE deal_id = $1", deal_id);
  co_return row->get<int>("next");
}

void insert_offer(pg::Transaction& tx, const v1::Offer& offer, int ordinal) {
  tx.execute("INSERT INTO offers (id, deal_id, ordinal, snapshot) VALUES ($1, $2, $3, $4)",
             offer.id(), offer.deal_id(), ordinal, json::text(offer));
}

awaitable<Result<v1::Offer>> find_offer(pg::Transaction& tx, Id<Offer> id) {
  const auto row =
      co_await tx.find_one("SELECT snapshot, created_at FROM offers WHERE id = $1", id);
  if (!row) co_return not_found("offer_not_found");
  co_return offer_of(*row);
}

awaitable<Result<v1::ListOffersReply>> offers_page(pg::Transaction& tx, const std::string& deal_id,
                                                   const lists::Request& request) {
  lists::ListSource source{.columns = "o.snapshot, o.created_at",
                           .from = "offers o",
                           .where = "o.deal_id = $1",
                           .params = {deal_id}};
  CO_TRY(auto page, co_await read_page(tx, spec(), request, std::move(source)));
  v1::ListOffersReply reply;
  for (const auto& row : page.rows) *reply.add_offers() = offer_of(row);
  put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::crm
