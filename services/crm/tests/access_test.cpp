#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {
namespace {

// access.md written a second time, from its table and apart from the policy library: who sees
// what is told from the history of the test, never from the service's tables.
class Expected {
 public:
  void add_client(const std::string& id, const std::string& owner) { owners_[id] = owner; }
  void add_deal(const std::string& id, const std::string& client) { clients_[id] = client; }
  std::set<std::string>& team(const std::string& deal) { return teams_[deal]; }

  bool sees_deal(const Person& who, const std::string& deal) const {
    switch (who.role) {
      case Role::agent:
      case Role::executor:
        return teams_.at(deal).contains(who.id);
      case Role::finance:
      case Role::head:
      case Role::admin:
        return true;
      default:
        return false;
    }
  }
  bool sees_client(const Person& who, const std::string& client) const {
    if (owners_.at(client) == who.id) return true;
    if (who.role != Role::agent && who.role != Role::executor) return true;
    return std::any_of(clients_.begin(), clients_.end(), [&](const auto& deal) {
      return deal.second == client && sees_deal(who, deal.first);
    });
  }
  const std::map<std::string, std::string>& clients() const { return owners_; }
  const std::map<std::string, std::string>& deals() const { return clients_; }

 private:
  std::map<std::string, std::string> owners_;   // By client.
  std::map<std::string, std::string> clients_;  // By deal.
  std::map<std::string, std::set<std::string>> teams_;
};

class AccessTest : public CrmTest {
 protected:
  AccessTest() {
    people_ = {agent_, colleague_, executor_, finance_, head_, admin_};
    for (int i = 0; i < 4; ++i) {
      people_.push_back({.role = i % 2 == 0 ? Role::agent : Role::executor});
      given_user(people_.back());
    }
  }

  void make_history(std::mt19937& chance) {
    const auto pick = [&](const std::vector<Person>& from) { return from[chance() % from.size()]; };
    std::vector<Person> agents;
    for (const auto& person : people_) {
      if (person.role == Role::agent) agents.push_back(person);
    }
    for (int i = 0; i < 12; ++i) {
      const Person owner = pick(agents);
      const auto client = given_client(owner, "Клиент " + std::to_string(i));
      expected_.add_client(client.id(), owner.id);
      for (unsigned k = chance() % 4; k > 0; --k) {
        const auto deal = given_deal_of(owner, client.id());
        expected_.add_deal(deal.id(), client.id());
        expected_.team(deal.id()) = {owner.id};
      }
    }
    for (int i = 0; i < 120; ++i) change_some_team(chance, pick(people_));
  }

  void change_some_team(std::mt19937& chance, const Person& person) {
    const auto& deals = expected_.deals();
    const auto deal = std::next(deals.begin(), static_cast<long>(chance() % deals.size()))->first;
    auto& team = expected_.team(deal);
    const bool in = team.contains(person.id);
    if (in && chance() % 2 == 0) {
      if (remove_member(admin_, deal, person)) note_team(deal);
      return;
    }
    const auto function = static_cast<v1::MemberFunction>(1 + chance() % 4);
    if (add_member(admin_, deal, person, function)) note_team(deal);
  }
  void note_team(const std::string& deal) {
    auto& team = expected_.team(deal);
    team.clear();
    const auto view = must(get_deal(admin_, deal));
    for (const auto& member : view.members()) team.insert(member.user_id());
  }

  std::set<std::string> listed_deals(const Person& who) {
    std::set<std::string> ids;
    std::string token;
    do {
      const auto page = list_deals(who, "", token, 7);
      for (const auto& deal : page.deals()) EXPECT_TRUE(ids.insert(deal.id()).second);
      token = page.next_page_token();
    } while (!token.empty());
    return ids;
  }
  std::set<std::string> listed_clients(const Person& who) {
    v1::ListClientsRequest request;
    request.set_page_size(200);
    std::set<std::string> ids;
    const auto page = must(call<v1::ListClientsReply>(who, "ClientService/ListClients", request));
    for (const auto& client : page.clients()) ids.insert(client.id());
    EXPECT_EQ(page.total_size(), static_cast<int>(ids.size()));
    return ids;
  }

  std::vector<Person> people_;
  Expected expected_;
};

TEST_F(AccessTest, ReadsListsCountsAndSearchAgreeWithTheTable) {
  std::mt19937 chance(20261123);
  make_history(chance);

  for (const auto& who : people_) {
    std::set<std::string> deals;
    std::set<std::string> clients;
    for (const auto& [id, client] : expected_.deals()) {
      const bool sees = expected_.sees_deal(who, id);
      if (sees) deals.insert(id);
      EXPECT_EQ(get_deal(who, id).ok(), sees);
    }
    for (const auto& [id, owner] : expected_.clients()) {
      const bool sees = expected_.sees_client(who, id);
      if (sees) clients.insert(id);
      EXPECT_EQ(get_client(who, id).ok(), sees);
    }
    EXPECT_EQ(listed_deals(who), deals) << role_name(who.role);
    EXPECT_EQ(listed_clients(who), clients) << role_name(who.role);
    EXPECT_EQ(list_deals(who).total_size(), static_cast<int>(deals.size()));

    v1::SearchRequest request;
    request.set_q("клиент");
    request.set_limit(50);
    std::set<std::string> found;
    const auto reply = must(call<v1::SearchReply>(who, "SearchService/Search", request));
    for (const auto& hit : reply.results()) found.insert(hit.id());
    std::set<std::string> both = deals;
    both.insert(clients.begin(), clients.end());
    EXPECT_EQ(found, both) << role_name(who.role);
  }
}

}  // namespace
}  // namespace bordero::crm
