#include "services/crm/src/offers/offer_rpc.hpp"

#include "bordero/crm/v1/events.pb.h"
#include "platform/projection/agency.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/agency/logo_store.hpp"
#include "services/crm/src/calculations/comparison.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/journal/happened.hpp"
#include "services/crm/src/offers/offer_pdf.hpp"
#include "services/crm/src/offers/offer_store.hpp"
#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {
namespace {

v1::Offer offer_of(const v1::Deal& deal, const v1::CreateOfferRequest& request, int ordinal) {
  v1::Offer offer;
  offer.set_id(Id<Offer>::make().str());
  offer.set_deal_id(deal.id());
  offer.set_number(deal.number() + "/" + std::to_string(ordinal));
  offer.set_offered_on(clock::today().str());
  const bool english = request.language() == v1::LANGUAGE_EN;
  offer.set_language(english ? v1::LANGUAGE_EN : v1::LANGUAGE_RU);
  offer.set_client_name(deal.client_name());
  offer.set_deal_title(deal.title());
  for (const auto& object : deal.objects()) offer.add_object_titles(object.title());
  return offer;
}

awaitable<void> set_author(pg::Transaction& tx, const Context& ctx, v1::Offer& offer) {
  const std::vector<std::string> ids = {ctx.caller.user_id};
  const auto authors = co_await projection::list_active_users(tx, ids);
  offer.set_author_id(ctx.caller.user_id);
  if (!authors.empty()) offer.set_author_name(authors.front().full_name);
}

// The head of the paper, as the agency calls itself today.
awaitable<void> set_agency(pg::Transaction& tx, v1::Offer& offer) {
  const auto agency = co_await projection::find_agency(tx);
  if (!agency) co_return;
  offer.set_agency_name(agency->name());
  offer.set_agency_phone(agency->phone());
  offer.set_agency_address(agency->address());
  offer.set_agency_logo_digest(agency->logo_digest());
}

void announce_offer(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal,
                    const v1::Offer& offer) {
  v1::OfferCreated event;
  *event.mutable_offer() = offer;
  mq::publish(tx, ctx, event, about("offer", offer.id(), 1, audience_of(deal)));
  write_happened(tx, ctx, deal.id(),
                 {.kind = "offer_created", .subject = offer.number(), .subject_id = offer.id()});
}

}  // namespace

awaitable<Result<v1::Offer>> OfferRpc::create_offer(Context& ctx,
                                                    const v1::CreateOfferRequest& request) {
  CO_TRY(const auto deal_id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(const auto ids, ids_to_compare(request.calculation_ids()));
  const std::vector<std::string> keys(request.rows().begin(), request.rows().end());
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenDeal deal, co_await lock_deal(tx, deal_id, ctx.caller));
  CO_TRY_VOID(may(ctx.caller, "deals.write", "deals.read", deal.relation, "deal_not_found"));
  CO_TRY_VOID(may_change(rule_view(deal.view)));
  CO_TRY(const auto calculations, co_await calculations_of_deal(tx, deal.view.id(), ids));
  for (std::size_t i = 0; i < calculations.size(); ++i) {
    CO_TRY_VOID(may_offer(calculations[i], static_cast<int>(i)));
  }
  CO_TRY(auto rows, rows_to_offer(compare(calculations), keys));

  const int ordinal = co_await next_offer(tx, deal.view.id());
  v1::Offer offer = offer_of(deal.view, request, ordinal);
  co_await set_author(tx, ctx, offer);
  co_await set_agency(tx, offer);
  for (const auto& calculation : calculations) *offer.add_columns() = column_of(calculation);
  for (auto& row : rows) *offer.add_rows() = std::move(row);
  insert_offer(tx, offer, ordinal);
  announce_offer(tx, ctx, deal.view, offer);
  CO_TRY(const auto offer_id, parse_id<Offer>(offer.id(), "offer_id"));
  CO_TRY(auto made, co_await find_offer(tx, offer_id));
  CO_TRY_VOID(co_await tx.commit(made));
  co_return made;
}

awaitable<Result<v1::ListOffersReply>> OfferRpc::list_offers(Context& ctx,
                                                             const v1::ListOffersRequest& request) {
  CO_TRY(const auto id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(const SeenDeal deal, co_await find_deal(tx, id, ctx.caller));
  const auto asked = lists::request_of(request);
  co_return co_await offers_page(tx, deal.view.id(), asked);
}

awaitable<Result<v1::Offer>> OfferRpc::seen_offer(Context& ctx, const std::string& offer_id) {
  CO_TRY(const auto id, parse_id<Offer>(offer_id, "offer_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(auto offer, co_await find_offer(tx, id));
  CO_TRY(const auto deal_id, parse_id<Deal>(offer.deal_id(), "deal_id"));
  const auto deal = co_await find_deal(tx, deal_id, ctx.caller);
  if (!deal) co_return not_found("offer_not_found");
  co_return offer;
}

awaitable<Result<v1::Offer>> OfferRpc::get_offer(Context& ctx, const v1::GetOfferRequest& request) {
  co_return co_await seen_offer(ctx, request.offer_id());
}

awaitable<Result<std::string>> OfferRpc::logo_of(Context& ctx, const v1::Offer& offer) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_return co_await find_logo(tx, offer.agency_logo_digest());
}

// Drawn on threads of its own: one of many quotes takes longer than others may wait.
awaitable<Result<common::v1::File>> OfferRpc::get_offer_pdf(Context& ctx,
                                                            const v1::GetOfferPdfRequest& request) {
  CO_TRY(const auto offer, co_await seen_offer(ctx, request.offer_id()));
  CO_TRY(const std::string logo, co_await logo_of(ctx, offer));
  const bool own = request.language() == v1::LANGUAGE_UNSPECIFIED;
  const v1::Language language = own ? offer.language() : request.language();
  const auto draw = [&] { return offer_pdf(offer, logo, language, font_folder_); };
  CO_TRY(std::string pdf, co_await on_pool(drawing_, draw));
  common::v1::File file;
  file.set_content_type("application/pdf");
  file.set_file_name(offer_file_name(offer, language));
  file.set_data(std::move(pdf));
  co_return file;
}

}  // namespace bordero::crm
