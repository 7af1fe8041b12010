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

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_unique<Parts>(std::move(executor), config)) {}
Service::~Service() = default;

void Service::add_to(rpc::Dispatcher& dispatcher) {
  Parts& parts = *parts_;
  auto to = dispatcher.of("crm");
  to.add(parts.clients, parts.client_batch, parts.coverage, parts.deals, parts.deal_batch,
         parts.journal, parts.calculations, parts.offers, parts.insurers, parts.policies,
         parts.amendments, parts.renewal_deals, parts.renewal_report, parts.reminders, parts.due,
         parts.search, parts.access, parts.digest, parts.jobs);

  to.shows<v1::Client>("id", parts.clients, &ClientRpc::still_visible);
  to.shows<v1::BatchClientsReply>("results.id", parts.clients, &ClientRpc::still_visible);
  to.replays_by(&v1::MarkDistinctRequest::client_id, parts.clients, &ClientRpc::still_visible);
  to.shows_to_its_caller<v1::Insurer>();

  // What stands in a deal is seen with it.
  to.shows<v1::Deal>("id", parts.deals, &DealRpc::still_visible);
  to.shows<v1::BatchDealsReply>("results.id", parts.deals, &DealRpc::still_visible);
  to.shows<v1::JournalEntry>("deal_id", parts.deals, &DealRpc::still_visible);
  to.shows<v1::Calculation>("deal_id", parts.deals, &DealRpc::still_visible);
  to.shows<v1::Comparison>("calculations.deal_id", parts.deals, &DealRpc::still_visible);
  to.shows<v1::Offer>("deal_id", parts.deals, &DealRpc::still_visible);

  to.shows<v1::Policy>("id", parts.policies, &PolicyRpc::still_visible);
  to.shows<v1::BatchPoliciesReply>("results.policy.id", parts.policies, &PolicyRpc::still_visible);
  to.shows<v1::Amendment>("policy_id", parts.policies, &PolicyRpc::still_visible);
}

}  // namespace bordero::crm
