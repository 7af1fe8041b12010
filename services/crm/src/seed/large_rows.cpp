#include "services/crm/src/seed/large_rows.hpp"

#include <algorithm>
#include <map>

#include "platform/base/demo_people.hpp"
#include "services/crm/src/clients/client_view.hpp"
#include "services/crm/src/deals/insured_object.hpp"
#include "services/crm/src/deals/team.hpp"
#include "services/crm/src/json_list.hpp"
#include "services/crm/src/search/folding.hpp"

namespace bordero::crm {
namespace {

constexpr std::array kStatuses = {"draft",    "calculation", "client_decision",
                                  "issuance", "active",      "closed"};
constexpr std::array kStatusShares = {8, 25, 30, 35, 60, 100};  // Cumulative, in percent.

std::string tsvector_text(const MarkedWords& words) {
  std::string text;
  for (const auto& word : words.list()) {
    text += (text.empty() ? "'" : " '");
    for (const char c : word) {
      if (c == '\'' || c == '\\') text.push_back(c);
      text.push_back(c);
    }
    text.push_back('\'');
  }
  return text;
}

std::string uuid_array(const std::vector<std::string>& ids) {
  std::string text = "{";
  for (const auto& id : ids) text += (text.size() > 1 ? "," : "") + id;
  return text + "}";
}

std::string created_at(unsigned deal) {
  const unsigned year = kFirstYear + deal / kDealsAYear;
  const auto day = static_cast<int>(deal % kDealsAYear * 364 / kDealsAYear);
  const auto start = Date::parse(std::to_string(year) + "-01-01");
  char time[16];
  std::snprintf(time, sizeof time, " %02u:%02u:%02uZ", 6 + deal % 14, deal % 60, deal / 60 % 60);
  return start->plus_days(day).str() + time;
}

}  // namespace

struct LargeRows::MadeDeal {
  std::string id;
  std::string number;
  std::string status;
  std::string created;
  Date deadline;
  Team team;
  const v1::Client* client;
  Need need;
};

LargeRows::LargeRows() {
  for (const auto& person : demo::kPeople) {
    if (person.role == Role::agent) agents_.emplace_back(person.id);
    if (person.role == Role::executor) executors_.emplace_back(person.id);
    if (person.role == Role::finance) controllers_.emplace_back(person.id);
  }
  for (int i = 0; i < demo::kExtraAgents; ++i) agents_.push_back(demo::extra_agent_id(i));
}

LargeRows::MadeDeal LargeRows::make_deal(Dice& dice, const v1::Client& client) {
  const unsigned index = deal_number_++;
  MadeDeal deal;
  deal.id = seed_id(kLargeDealFamily, index + 1);
  char number[32];
  std::snprintf(number, sizeof number, "%u-%06u", kFirstYear + index / kDealsAYear,
                index % kDealsAYear + 1);
  deal.number = number;
  deal.created = created_at(index);
  const int share = dice.below(100);
  const auto status = std::find_if(kStatusShares.begin(), kStatusShares.end(),
                                   [&](int up_to) { return share < up_to; });
  deal.status = kStatuses[static_cast<std::size_t>(status - kStatusShares.begin())];
  deal.deadline = today_.plus_days(dice.between(-30, 360));
  deal.client = &client;
  deal.need = invented_need(dice, client);

  const std::string lead = dice.chance(85) ? client.owner_id() : dice.pick(agents_);
  deal.team = {{lead, v1::MEMBER_FUNCTION_LEAD_AGENT}};
  if (deal.status != "draft") {
    const auto& executor = dice.chance(1) ? dice.pick(executors_) : dice.pick(agents_);
    deal.team.push_back({executor, v1::MEMBER_FUNCTION_EXECUTOR});
  }
  if (dice.chance(1)) {
    deal.team.push_back({dice.pick(controllers_), v1::MEMBER_FUNCTION_FINANCE_CONTROLLER});
  }
  return deal;
}

void LargeRows::add_deal(const MadeDeal& deal) {
  const bool open = deal.status != "closed";
  const std::string deadline = deal.deadline.str();
  const std::string lead = holder_of(deal.team, v1::MEMBER_FUNCTION_LEAD_AGENT);
  const std::string executor = holder_of(deal.team, v1::MEMBER_FUNCTION_EXECUTOR);
  const std::string controller = holder_of(deal.team, v1::MEMBER_FUNCTION_FINANCE_CONTROLLER);
  InsuredObjects objects(deal.need.objects.begin(), deal.need.objects.end());
  const auto optional = [this](const std::string& value) {
    value.empty() ? deals.null() : deals.plain(value);
  };
  deals.plain(deal.id).plain(deal.number).plain(deal.client->id()).text(deal.need.title);
  deals.text(deal.need.description).plain(deal.status).text(open ? "" : "Оформлено и завершено");
  deals.text(json_list(objects)).plain(lead);
  optional(executor);
  optional(controller);
  optional(open ? deadline : "");
  optional(open ? deadline : "");
  deals.plain(open ? "next_review" : "").plain(deal.created).plain(deal.created).end_row();

  for (const auto& member : deal.team) {
    deal_members.plain(deal.id).plain(member.user_id);
    deal_members.plain(pg::enum_tail(v1::MemberFunction_descriptor(), member.function)).end_row();
  }
  const auto people = people_of(deal.team);
  for (const auto& user_id : people) {
    deal_access.plain(deal.id).plain(user_id).plain(user_id == lead ? "t" : "f");
    deal_access.plain(deal.status);
    open ? deal_access.plain(deadline) : deal_access.null();
    deal_access.end_row();
  }
  MarkedWords words;
  words.add_number(deal.number);
  words.add_words(deal.need.title);
  words.add_words(deal.client->short_name());
  add_object_words(objects, words);
  deal_search.plain(deal.id).text(tsvector_text(words)).plain(uuid_array(people)).end_row();
}

void LargeRows::add_client(unsigned number, int deal_count) {
  Dice dice(number);
  v1::Client client = invented_client(dice, dice.chance(20));
  client.set_id(seed_id(kLargeClientFamily, number));
  client.set_owner_id(dice.pick(agents_));
  const auto completed = complete_client(client);
  ensure(completed.ok(), "an invented client keeps the rules");

  std::map<std::string, int> seen = {{client.owner_id(), 0}};
  const std::string created = created_at(deal_number_);
  for (int i = 0; i < deal_count; ++i) {
    const MadeDeal deal = make_deal(dice, client);
    add_deal(deal);
    for (const auto& user_id : people_of(deal.team)) ++seen[user_id];
  }
  const std::string sort_name = folded_name(client.short_name());
  clients.plain(client.id()).plain(pg::enum_tail(v1::ClientType_descriptor(), client.type()));
  clients.text(client.full_name()).text(client.short_name()).text(sort_name);
  clients.plain(client.tax_number()).plain(client.registration_number()).text(client.segment());
  clients.text(json_list(client.contacts())).text(client.address()).plain(client.owner_id());
  clients.plain(created).plain(created).end_row();

  std::vector<std::string> users;
  for (const auto& [user_id, count] : seen) {
    users.push_back(user_id);
    client_access.plain(client.id()).plain(user_id);
    client_access.plain(user_id == client.owner_id() ? "t" : "f").plain(std::to_string(count));
    client_access.text(sort_name).plain("f").end_row();
  }
  client_search.plain(client.id()).text(tsvector_text(words_of(client)));
  client_search.plain(uuid_array(users)).end_row();
}

}  // namespace bordero::crm
