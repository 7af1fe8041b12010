#include "services/crm/src/service.hpp"

#include "platform/background/job_rpc.hpp"
#include "platform/redis/client.hpp"
#include "platform/reminders/reminder_rpc.hpp"
#include "services/crm/src/access/access_rpc.hpp"
#include "services/crm/src/calculations/calculation_rpc.hpp"
#include "services/crm/src/clients/client_batch_rpc.hpp"
#include "services/crm/src/clients/client_rpc.hpp"
#include "services/crm/src/clients/coverage_rpc.hpp"
#include "services/crm/src/deals/deal_batch_rpc.hpp"
#include "services/crm/src/deals/deal_rpc.hpp"
#include "services/crm/src/deals/digest_rpc.hpp"
#include "services/crm/src/insurers/insurer_rpc.hpp"
#include "services/crm/src/journal/journal_rpc.hpp"
#include "services/crm/src/offers/offer_rpc.hpp"
#include "services/crm/src/policies/amendment_rpc.hpp"
#include "services/crm/src/policies/policy_rpc.hpp"
#include "services/crm/src/policies/renewal_deal_rpc.hpp"
#include "services/crm/src/reminders/count_due.hpp"
#include "services/crm/src/reminders/crm_rules.hpp"
#include "services/crm/src/reports/renewal_report_rpc.hpp"
#include "services/crm/src/search/search_rpc.hpp"

namespace bordero::crm {
namespace {

ThreadPool& drawing_threads() {
  static ThreadPool pool({.threads = 2,
                          .busy = "drawing_busy",
                          .gauge = "bordero_crm_drawings_running",
                          .help = "Offers being drawn."});
  return pool;
}

}  // namespace

struct Service::Parts {
  Parts(asio::any_io_executor executor, const Config& config)
      : db(executor,
           {.dsn = config.pg_dsn, .pool_size = config.pool_size, .application_name = "crm"}),
        redis(executor, config.redis_url),
        offers(db, config.font_folder, drawing_threads()),
        policies(db, config.renewal_risk_percent) {}

  pg::Database db;
  redis::Client redis;
  ClientRpc clients{db, redis};
  ClientBatchRpc client_batch{db, redis};
  DealRpc deals{db, redis};
  CalculationRpc calculations{db};
  OfferRpc offers;
  DealBatchRpc deal_batch{db, redis};
  JournalRpc journal{db};
  InsurerRpc insurers{db};
  PolicyRpc policies;
  RenewalDealRpc renewal_deals{db};
  AmendmentRpc amendments{db};
  CoverageRpc coverage{db};
  RenewalReportRpc renewal_report{db};
  SearchRpc search{db};
  reminders::ReminderRpc reminders{db, crm_rules()};
  reminders::DueRpc due{db, count_due};
  AccessRpc access{db};
  DigestRpc digest{db};
  background::JobRpc jobs{db, "crm"};
};

namespace {

// A kept answer is shown again only to who may still see its record.
template <class Reply, class Rpc>
rpc::StillVisible by_reply_id(Rpc& rpc) {
  return [&rpc](Context& ctx, const rpc::Message&, const rpc::Message& reply) {
    return rpc.still_visible(ctx, static_cast<const Reply&>(reply).id());
  };
}
// The same of a record that stands in a deal.
template <class Reply>
rpc::StillVisible by_reply_deal(DealRpc& deals) {
  return [&deals](Context& ctx, const rpc::Message&, const rpc::Message& reply) {
    return deals.still_visible(ctx, static_cast<const Reply&>(reply).deal_id());
  };
}
rpc::StillVisible to_everybody() {
  return [](Context&, const rpc::Message&, const rpc::Message&) -> awaitable<Result<void>> {
    co_return Result<void>();
  };
}

void add_clients(rpc::Dispatcher& to, ClientRpc& clients) {
  to.add("bordero.crm.v1.ClientService/ListClients", clients, &ClientRpc::list_clients);
  to.add("bordero.crm.v1.ClientService/GetClient", clients, &ClientRpc::get_client);
  to.add("bordero.crm.v1.ClientService/CreateClient", clients, &ClientRpc::create_client);
  to.add("bordero.crm.v1.ClientService/UpdateClient", clients, &ClientRpc::update_client);
  to.add("bordero.crm.v1.ClientService/ArchiveClient", clients, &ClientRpc::archive_client);
  to.add("bordero.crm.v1.ClientService/RestoreClient", clients, &ClientRpc::restore_client);
  to.add("bordero.crm.v1.ClientService/FindDuplicates", clients, &ClientRpc::find_duplicates);
  to.add("bordero.crm.v1.ClientService/MarkDistinct", clients, &ClientRpc::mark_distinct);
  for (const char* method : {"CreateClient", "UpdateClient", "ArchiveClient", "RestoreClient"}) {
    const std::string name = std::string("bordero.crm.v1.ClientService/") + method;
    to.on_replay(name.c_str(), by_reply_id<v1::Client>(clients));
  }
  to.on_replay("bordero.crm.v1.ClientService/MarkDistinct",
               [&clients](Context& ctx, const rpc::Message& request, const rpc::Message&) {
                 const auto& asked = static_cast<const v1::MarkDistinctRequest&>(request);
                 return clients.still_visible(ctx, asked.client_id());
               });
}

void add_deals(rpc::Dispatcher& to, DealRpc& deals) {
  to.add("bordero.crm.v1.DealService/ListDeals", deals, &DealRpc::list_deals);
  to.add("bordero.crm.v1.DealService/GetDeal", deals, &DealRpc::get_deal);
  to.add("bordero.crm.v1.DealService/CreateDeal", deals, &DealRpc::create_deal);
  to.add("bordero.crm.v1.DealService/UpdateDeal", deals, &DealRpc::update_deal);
  to.add("bordero.crm.v1.DealService/TransitionDeal", deals, &DealRpc::transition_deal);
  to.add("bordero.crm.v1.DealService/ContinueDeal", deals, &DealRpc::continue_deal);
  to.add("bordero.crm.v1.DealService/AddMember", deals, &DealRpc::add_member);
  to.add("bordero.crm.v1.DealService/RemoveMember", deals, &DealRpc::remove_member);
  to.add("bordero.crm.v1.DealService/ExportDeals", deals, &DealRpc::export_deals);
  for (const char* method : {"CreateDeal", "UpdateDeal", "TransitionDeal", "ContinueDeal",
                             "AddMember", "RemoveMember"}) {
    const std::string name = std::string("bordero.crm.v1.DealService/") + method;
    to.on_replay(name.c_str(), by_reply_id<v1::Deal>(deals));
  }
}

// A kept answer of a batch is shown again only to who may still see all of its records.
template <class Reply, class Rpc>
rpc::StillVisible by_results(Rpc& rpc) {
  return [&rpc](Context& ctx, const rpc::Message&,
                const rpc::Message& reply) -> awaitable<Result<void>> {
    for (const auto& result : static_cast<const Reply&>(reply).results()) {
      if (!result.ok()) continue;
      CO_TRY_VOID(co_await rpc.still_visible(ctx, result.id()));
    }
    co_return Result<void>();
  };
}

void add_batches(rpc::Dispatcher& to, ClientBatchRpc& client_batch, ClientRpc& clients,
                 DealBatchRpc& deal_batch, DealRpc& deals) {
  to.add("bordero.crm.v1.ClientService/BatchClients", client_batch, &ClientBatchRpc::batch_clients);
  to.on_replay("bordero.crm.v1.ClientService/BatchClients",
               by_results<v1::BatchClientsReply>(clients));
  to.add("bordero.crm.v1.DealService/BatchDeals", deal_batch, &DealBatchRpc::batch_deals);
  to.on_replay("bordero.crm.v1.DealService/BatchDeals", by_results<v1::BatchDealsReply>(deals));
}

void add_journal(rpc::Dispatcher& to, JournalRpc& journal, DealRpc& deals) {
  to.add("bordero.crm.v1.JournalService/ListJournal", journal, &JournalRpc::list_journal);
  to.add("bordero.crm.v1.JournalService/AddJournalEntry", journal, &JournalRpc::add_entry);
  to.add("bordero.crm.v1.JournalService/UpdateJournalEntry", journal, &JournalRpc::update_entry);
  to.add("bordero.crm.v1.JournalService/ListTimeline", journal, &JournalRpc::list_timeline);
  const auto deal_visible = [&deals](Context& ctx, const rpc::Message&, const rpc::Message& reply) {
    return deals.still_visible(ctx, static_cast<const v1::JournalEntry&>(reply).deal_id());
  };
  to.on_replay("bordero.crm.v1.JournalService/AddJournalEntry", deal_visible);
  to.on_replay("bordero.crm.v1.JournalService/UpdateJournalEntry", deal_visible);
}

void add_calculations(rpc::Dispatcher& to, CalculationRpc& calculations, DealRpc& deals) {
  const std::string service = "bordero.crm.v1.CalculationService/";
  const auto add = [&](const char* method, auto handler) {
    to.add((service + method).c_str(), calculations, handler);
  };
  add("ListCalculations", &CalculationRpc::list_calculations);
  add("GetCalculation", &CalculationRpc::get_calculation);
  add("CreateCalculation", &CalculationRpc::create_calculation);
  add("UpdateCalculation", &CalculationRpc::update_calculation);
  add("TransitionCalculation", &CalculationRpc::transition_calculation);
  add("CopyCalculation", &CalculationRpc::copy_calculation);
  add("ListCalculationHistory", &CalculationRpc::list_history);
  add("CompareCalculations", &CalculationRpc::compare_calculations);
  for (const char* method :
       {"CreateCalculation", "UpdateCalculation", "TransitionCalculation", "CopyCalculation"}) {
    to.on_replay((service + method).c_str(), by_reply_deal<v1::Calculation>(deals));
  }
  to.on_replay((service + "CompareCalculations").c_str(),
               [&deals](Context& ctx, const rpc::Message&, const rpc::Message& reply) {
                 const auto& comparison = static_cast<const v1::Comparison&>(reply);
                 return deals.still_visible(ctx, comparison.calculations(0).deal_id());
               });
}

void add_offers(rpc::Dispatcher& to, OfferRpc& offers, DealRpc& deals) {
  to.add("bordero.crm.v1.OfferService/CreateOffer", offers, &OfferRpc::create_offer);
  to.add("bordero.crm.v1.OfferService/ListOffers", offers, &OfferRpc::list_offers);
  to.add("bordero.crm.v1.OfferService/GetOffer", offers, &OfferRpc::get_offer);
  to.add("bordero.crm.v1.OfferService/GetOfferPdf", offers, &OfferRpc::get_offer_pdf);
  to.on_replay("bordero.crm.v1.OfferService/CreateOffer", by_reply_deal<v1::Offer>(deals));
}

void add_insurers(rpc::Dispatcher& to, InsurerRpc& insurers) {
  to.add("bordero.crm.v1.InsurerService/ListInsurers", insurers, &InsurerRpc::list_insurers);
  to.add("bordero.crm.v1.InsurerService/GetInsurer", insurers, &InsurerRpc::get_insurer);
  to.add("bordero.crm.v1.InsurerService/CreateInsurer", insurers, &InsurerRpc::create_insurer);
  to.add("bordero.crm.v1.InsurerService/UpdateInsurer", insurers, &InsurerRpc::update_insurer);
  to.on_replay("bordero.crm.v1.InsurerService/CreateInsurer", to_everybody());
  to.on_replay("bordero.crm.v1.InsurerService/UpdateInsurer", to_everybody());
}

void add_policies(rpc::Dispatcher& to, PolicyRpc& policies) {
  to.add("bordero.crm.v1.PolicyService/ListPolicies", policies, &PolicyRpc::list_policies);
  to.add("bordero.crm.v1.PolicyService/GetPolicy", policies, &PolicyRpc::get_policy);
  to.add("bordero.crm.v1.PolicyService/CreatePolicy", policies, &PolicyRpc::create_policy);
  to.add("bordero.crm.v1.PolicyService/UpdatePolicy", policies, &PolicyRpc::update_policy);
  to.add("bordero.crm.v1.PolicyService/ActivatePolicy", policies, &PolicyRpc::activate_policy);
  to.add("bordero.crm.v1.PolicyService/TransitionPolicy", policies, &PolicyRpc::transition_policy);
  to.add("bordero.crm.v1.PolicyService/RenewPolicy", policies, &PolicyRpc::renew_policy);
  to.add("bordero.crm.v1.PolicyService/ClosePolicy", policies, &PolicyRpc::close_policy);
  to.add("bordero.crm.v1.PolicyService/ListPolicyChain", policies, &PolicyRpc::list_chain);
  to.add("bordero.crm.v1.PolicyService/BatchPolicies", policies, &PolicyRpc::batch_policies);
  for (const char* method : {"CreatePolicy", "UpdatePolicy", "ActivatePolicy", "TransitionPolicy",
                             "RenewPolicy", "ClosePolicy"}) {
    const std::string name = std::string("bordero.crm.v1.PolicyService/") + method;
    to.on_replay(name.c_str(),
                 [&policies](Context& ctx, const rpc::Message&, const rpc::Message& reply) {
                   return policies.still_visible(ctx, {static_cast<const v1::Policy&>(reply).id()});
                 });
  }
  to.on_replay(
      "bordero.crm.v1.PolicyService/BatchPolicies",
      [&policies](Context& ctx, const rpc::Message&, const rpc::Message& reply) {
        std::vector<std::string> shown;
        for (const auto& one : static_cast<const v1::BatchPoliciesReply&>(reply).results()) {
          if (one.ok()) shown.push_back(one.policy().id());
        }
        return policies.still_visible(ctx, std::move(shown));
      });
}

void add_amendments(rpc::Dispatcher& to, AmendmentRpc& amendments, PolicyRpc& policies) {
  to.add("bordero.crm.v1.AmendmentService/ListAmendments", amendments,
         &AmendmentRpc::list_amendments);
  to.add("bordero.crm.v1.AmendmentService/CreateAmendment", amendments,
         &AmendmentRpc::create_amendment);
  to.add("bordero.crm.v1.AmendmentService/UpdateAmendment", amendments,
         &AmendmentRpc::update_amendment);
  const auto policy_visible = [&policies](Context& ctx, const rpc::Message&,
                                          const rpc::Message& reply) {
    return policies.still_visible(ctx, {static_cast<const v1::Amendment&>(reply).policy_id()});
  };
  to.on_replay("bordero.crm.v1.AmendmentService/CreateAmendment", policy_visible);
  to.on_replay("bordero.crm.v1.AmendmentService/UpdateAmendment", policy_visible);
}

}  // namespace

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_unique<Parts>(std::move(executor), config)) {}
Service::~Service() = default;

void Service::add_to(rpc::Dispatcher& dispatcher) {
  add_clients(dispatcher, parts_->clients);
  add_deals(dispatcher, parts_->deals);
  add_batches(dispatcher, parts_->client_batch, parts_->clients, parts_->deal_batch, parts_->deals);
  add_journal(dispatcher, parts_->journal, parts_->deals);
  add_calculations(dispatcher, parts_->calculations, parts_->deals);
  add_offers(dispatcher, parts_->offers, parts_->deals);
  add_insurers(dispatcher, parts_->insurers);
  add_policies(dispatcher, parts_->policies);
  dispatcher.add("bordero.crm.v1.PolicyService/OpenRenewalDeal", parts_->renewal_deals,
                 &RenewalDealRpc::open_renewal_deal);
  dispatcher.on_replay("bordero.crm.v1.PolicyService/OpenRenewalDeal",
                       by_reply_id<v1::Deal>(parts_->deals));
  add_amendments(dispatcher, parts_->amendments, parts_->policies);
  dispatcher.add("bordero.crm.v1.ReminderService/ListReminders", parts_->reminders,
                 &reminders::ReminderRpc::list_reminders);
  dispatcher.add("bordero.crm.v1.ReminderService/CountDue", parts_->due, &reminders::DueRpc::count);
  dispatcher.add("bordero.crm.v1.ClientService/ListCoverageGaps", parts_->coverage,
                 &CoverageRpc::list_coverage_gaps);
  dispatcher.add("bordero.crm.v1.ReportService/GetRenewalReport", parts_->renewal_report,
                 &RenewalReportRpc::get_renewal_report);
  dispatcher.add("bordero.crm.v1.ReportService/ListRenewalReportPolicies", parts_->renewal_report,
                 &RenewalReportRpc::list_policies);
  dispatcher.add("bordero.crm.v1.SearchService/Search", parts_->search, &SearchRpc::search);
  dispatcher.add("bordero.crm.v1.DealService/CheckAccess", parts_->access,
                 &AccessRpc::check_access);
  dispatcher.add("bordero.crm.v1.CopyService/DigestDeals", parts_->digest,
                 &DigestRpc::digest_deals);
  dispatcher.add("bordero.crm.v1.BackgroundService/ListBackgroundJobs", parts_->jobs,
                 &background::JobRpc::list);
}

}  // namespace bordero::crm
