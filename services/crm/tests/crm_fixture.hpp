#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/clients.pb.h"
#include "bordero/crm/v1/deals.pb.h"
#include "bordero/crm/v1/events.pb.h"
#include "bordero/crm/v1/insurers.pb.h"
#include "bordero/crm/v1/journal.pb.h"
#include "bordero/crm/v1/search.pb.h"
#include "platform/redis/client.hpp"
#include "platform/testing/service_test.hpp"
#include "services/crm/src/service.hpp"

namespace bordero::crm {

using testing::must;
using testing::Person;

// CRM in this process.
class CrmTest : public testing::ServiceTest {
 protected:
  CrmTest() : ServiceTest("crm", migrations()) {
    service_ = std::make_unique<Service>(io_.get_executor(), config(), peers_);
    service_->add_to(dispatcher_);
    dispatcher_.check("crm");
  }

  Config config(const std::string& amqp_url = "") const {
    return {.pg_dsn = database_.dsn(),
            .pg_migrate_dsn = database_.owner_dsn(),
            .redis_url = redis_url_,
            .amqp_url = amqp_url,
            .pool_size = 8};
  }

  // ---- what tests start from ----
  v1::Client given_client(const Person& owner, const std::string& name = "Орехов Глеб") {
    v1::CreateClientRequest request;
    request.set_type(v1::CLIENT_TYPE_INDIVIDUAL);
    request.set_full_name(name);
    return must(call<v1::Client>(owner, "ClientService/CreateClient", request));
  }
  v1::Deal given_deal(const Person& lead, const std::string& title = "КАСКО") {
    return given_deal_of(lead, given_client(lead).id(), title);
  }
  v1::Deal given_deal_of(const Person& lead, const std::string& client_id,
                         const std::string& title = "КАСКО") {
    v1::CreateDealRequest request;
    request.set_client_id(client_id);
    request.set_title(title);
    return must(call<v1::Deal>(lead, "DealService/CreateDeal", request));
  }
  Result<v1::Deal> add_member(const Person& who, const std::string& deal_id, const Person& joining,
                              v1::MemberFunction function = v1::MEMBER_FUNCTION_PARTICIPANT) {
    v1::AddMemberRequest request;
    request.set_deal_id(deal_id);
    request.set_user_id(joining.id);
    request.set_function(function);
    return call<v1::Deal>(who, "DealService/AddMember", request);
  }
  Result<v1::Deal> remove_member(const Person& who, const std::string& deal_id,
                                 const Person& leaving) {
    v1::RemoveMemberRequest request;
    request.set_deal_id(deal_id);
    request.set_user_id(leaving.id);
    return call<v1::Deal>(who, "DealService/RemoveMember", request);
  }
  Result<v1::Deal> get_deal(const Person& who, const std::string& deal_id) {
    v1::GetDealRequest request;
    request.set_deal_id(deal_id);
    return call<v1::Deal>(who, "DealService/GetDeal", request);
  }
  Result<v1::Client> get_client(const Person& who, const std::string& client_id) {
    v1::GetClientRequest request;
    request.set_client_id(client_id);
    return call<v1::Client>(who, "ClientService/GetClient", request);
  }
  v1::TransitionDealRequest transition_to(const v1::Deal& deal, v1::DealStatus status,
                                          const std::string& reason = "") {
    v1::TransitionDealRequest request;
    request.set_deal_id(deal.id());
    request.set_version(deal.version());
    request.set_status(status);
    request.set_reason(reason);
    return request;
  }
  Result<v1::Deal> transition(const Person& who, const v1::TransitionDealRequest& request) {
    return call<v1::Deal>(who, "DealService/TransitionDeal", request);
  }
  v1::ListDealsReply list_deals(const Person& who, const std::string& filter = "",
                                const std::string& token = "", int page_size = 50) {
    v1::ListDealsRequest request;
    request.set_filter(filter);
    request.set_page_token(token);
    request.set_page_size(page_size);
    return must(call<v1::ListDealsReply>(who, "DealService/ListDeals", request));
  }
  std::vector<std::string> search(const Person& who, const std::string& typed) {
    v1::SearchRequest request;
    request.set_q(typed);
    const auto reply = must(call<v1::SearchReply>(who, "SearchService/Search", request));
    std::vector<std::string> ids;
    for (const auto& hit : reply.results()) ids.push_back(hit.id());
    return ids;
  }
  std::unique_ptr<Service> service_;
};

}  // namespace bordero::crm
