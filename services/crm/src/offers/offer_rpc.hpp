#pragma once

#include <tuple>

#include "platform/pg/database.hpp"
#include "platform/threads/thread_pool.hpp"
#include "services/crm/src/offers/offer.hpp"

namespace bordero::crm {

class OfferRpc {
 public:
  OfferRpc(pg::Database& db, std::string font_folder, ThreadPool& drawing)
      : db_(db), font_folder_(std::move(font_folder)), drawing_(drawing) {}

  awaitable<Result<v1::Offer>> create_offer(Context& ctx, const v1::CreateOfferRequest& request);
  awaitable<Result<v1::ListOffersReply>> list_offers(Context& ctx,
                                                     const v1::ListOffersRequest& request);
  awaitable<Result<v1::Offer>> get_offer(Context& ctx, const v1::GetOfferRequest& request);
  awaitable<Result<common::v1::File>> get_offer_pdf(Context& ctx,
                                                    const v1::GetOfferPdfRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&OfferRpc::create_offer, &OfferRpc::list_offers, &OfferRpc::get_offer,
                      &OfferRpc::get_offer_pdf);
  }

 private:
  awaitable<Result<v1::Offer>> seen_offer(Context& ctx, const std::string& offer_id);
  awaitable<Result<std::string>> logo_of(Context& ctx, const v1::Offer& offer);

  pg::Database& db_;
  std::string font_folder_;
  ThreadPool& drawing_;
};

}  // namespace bordero::crm
