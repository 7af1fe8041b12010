#include "demo/large_copies.hpp"

#include "demo/people.hpp"

namespace bordero::demo {

void load_large_users(pg::BlockingConnection& owner) {
  std::string values;
  for (int i = 0; i < demo::kExtraAgents; ++i) {
    values += (values.empty() ? "('" : ", ('") + demo::extra_agent_id(i) + "', '" +
              demo::extra_agent_name(i) + "', 'agent', 'active', 1)";
  }
  owner.execute("INSERT INTO users (id, full_name, role, status, version) VALUES " + values +
                " ON CONFLICT DO NOTHING");
}

void LargeDealCopies::add(const large::Deal& deal) {
  deals_.plain(deal.id).plain(deal.code).text(deal.title).plain(deal.client_id);
  deals_.text(deal.client_name).plain(deal.status).plain(deal.lead_id).optional(deal.executor_id);
  deals_.optional(deal.controller_id).plain("1").end_row();
  for (const auto& person : deal.people()) {
    access_.plain(deal.id).plain(person).flag(person == deal.lead_id).end_row();
  }
}

std::vector<CopyTarget> LargeDealCopies::targets() {
  return {{"deals (id, number, title, client_id, client_name, status, lead_agent_id, executor_id, "
           "finance_controller_id, version)",
           &deals_},
          {"deal_access (deal_id, user_id, is_lead)", &access_}};
}

void deals_are_copied(pg::BlockingConnection& owner) {
  owner.execute(
      "INSERT INTO projection_imports (name, done) VALUES ('deals', true) "
      "ON CONFLICT (name) DO UPDATE SET done = true");
}

void add_told(CopyRows& fired, const char* rule, const std::string& subject_id, Date base,
              const std::vector<int>& offsets, Date today) {
  for (const int offset : large::told_offsets(base, offsets, today)) {
    const std::string fires_on = base.plus_days(offset).str();
    fired.plain(rule).plain(subject_id).plain(base.str()).number(offset).plain(fires_on);
    fired.plain(fires_on + " 09:00").end_row();
  }
}

}  // namespace bordero::demo
