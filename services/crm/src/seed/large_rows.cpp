#include "services/crm/src/seed/large_rows.hpp"

#include <map>

#include "demo/lines.hpp"
#include "platform/json/list.hpp"
#include "platform/search/folding.hpp"
#include "services/crm/src/clients/client_view.hpp"
#include "services/crm/src/deals/insured_object.hpp"
#include "services/crm/src/seed/invented.hpp"

namespace bordero::crm {
namespace {

using large::Deal;
using large::DealFile;

InsuredObjects objects_of(const Deal& deal) {
  Dice dice(deal.number);
  InsuredObjects objects;
  auto& object = *objects.Add();
  const std::string_view product = demo::kLines[deal.line].product;
  if (deal.car != nullptr) {
    object = invented_vehicle(dice, *deal.car);
  } else if (product == "mortgage" || product == "property") {
    object.set_kind(v1::OBJECT_KIND_PROPERTY);
    object.set_address(street_address(dice));
    object.set_title(object.address());
    object.set_year(dice.between(1962, 2025));
  } else {
    object.set_kind(v1::OBJECT_KIND_OTHER);
    object.set_title(deal.title);
  }
  return objects;
}

v1::Client view_of(const large::Client& made, unsigned number) {
  Dice dice(number);
  v1::Client client = invented_client(dice, made.company);
  client.set_id(made.id);
  client.set_full_name(made.name.full);
  client.set_short_name(made.name.brief);
  client.set_owner_id(made.owner_id);
  if (!made.company) client.mutable_contacts(0)->set_name(made.name.brief);
  const auto completed = complete_client(client);
  ensure(completed.ok(), "an invented client keeps the rules");
  return client;
}

// As its policies made the client: in force, ended within two years, or before.
const char* status_of(const std::vector<DealFile>& files, Date today) {
  const char* status = "potential";
  for (const auto& file : files) {
    for (const auto& policy : file.policies) {
      if (policy.in_force() || policy.to > today.plus_days(-730)) return "active";
      status = "inactive";
    }
  }
  return status;
}

std::string stamp(Date day) { return day.str() + " 10:00:00"; }

}  // namespace

void LargeRows::add_deal(const DealFile& file) {
  const Deal& deal = file.deal;
  const bool open = deal.status != "closed";
  const InsuredObjects objects = objects_of(deal);
  const std::string objects_json = json::list_text(objects);
  auto dates = dates_of(file);
  const auto* deadline = open && !dates.empty() ? &dates.front() : nullptr;
  const std::string deadline_on = deadline != nullptr ? deadline->on.str() : "";
  const std::string created = stamp(deal.created_on);

  deals_.plain(deal.id).plain(deal.code).plain(deal.client_id).text(deal.title);
  deals_.plain(deal.status).plain(created).text(open ? "" : "Оформлено и завершено");
  deals_.text(objects_json).plain(deal.lead_id).optional(deal.executor_id);
  deals_.optional(deal.controller_id);
  deals_.optional(deal.next_review_on ? deal.next_review_on->str() : "").optional(deadline_on);
  deals_.plain(deadline != nullptr ? deadline->kind : "");
  deals_.optional(deadline != nullptr ? deadline->subject_id : "");
  deals_.plain(deadline != nullptr ? deadline->waiting_on : "");
  deals_.optional(deadline != nullptr ? assignee_of(*deadline, deal) : "");
  deals_.optional(deal.status == "issuance" ? created : "").plain(created).plain(created);
  deals_.end_row();

  const auto member = [&](const std::string& user_id, const char* function) {
    if (!user_id.empty()) deal_members_.plain(deal.id).plain(user_id).plain(function).end_row();
  };
  member(deal.lead_id, "lead_agent");
  member(deal.executor_id, "executor");
  member(deal.controller_id, "finance_controller");
  const auto people = deal.people();
  for (const auto& user_id : people) {
    deal_access_.plain(deal.id).plain(user_id).flag(user_id == deal.lead_id).plain(deal.status);
    deal_access_.optional(deadline_on).end_row();
  }
  search::MarkedWords words;
  words.add_number(deal.code);
  words.add_words(deal.title);
  words.add_words(deal.client_name);
  add_object_words(objects, words);
  deal_search_.plain(deal.id).words(words.list()).ids(people).end_row();

  for (const auto& policy : file.policies) add_policy(file, policy, objects_json);
  for (const auto& date : dates) {
    if (std::string_view(date.kind) == "next_review") continue;
    deal_dates_.plain(deal.id).plain(date.kind).plain(date.subject_id).plain(date.on.str());
    deal_dates_.plain(date.waiting_on).optional(date.assignee_id).end_row();
  }
  tell(file);
}

void LargeRows::add_client(unsigned number) {
  const large::Client made = book_.client(number);
  const v1::Client client = view_of(made, number);
  std::vector<DealFile> files;
  const auto range = book_.deals_of(number);
  for (unsigned deal = range.first; deal < range.last; ++deal) files.push_back(book_.file(deal));

  std::map<std::string, int> seen = {{client.owner_id(), 0}};
  Date created = book_.today().plus_days(-1);
  for (const auto& file : files) {
    add_deal(file);
    created = std::min(created, file.deal.created_on);
    for (const auto& user_id : file.deal.people()) ++seen[user_id];
  }
  const std::string sort_name = search::folded_name(client.short_name());
  clients_.plain(client.id()).plain(pg::enum_tail(v1::ClientType_descriptor(), client.type()));
  clients_.text(client.full_name()).text(client.short_name()).text(sort_name);
  clients_.plain(client.tax_number()).plain(client.registration_number()).text(client.segment());
  clients_.plain(status_of(files, book_.today())).text(json::list_text(client.contacts()));
  clients_.text(client.address()).plain(client.owner_id());
  clients_.plain(stamp(created)).plain(stamp(created)).end_row();

  std::vector<std::string> users;
  for (const auto& [user_id, count] : seen) {
    users.push_back(user_id);
    client_access_.plain(client.id()).plain(user_id).flag(user_id == client.owner_id());
    client_access_.number(count).text(sort_name).flag(false).end_row();
  }
  client_search_.plain(client.id()).words(words_of(client).list()).ids(users).end_row();
}

}  // namespace bordero::crm
