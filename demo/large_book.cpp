#include "demo/large_book.hpp"

#include <algorithm>
#include <array>

#include "demo/lines.hpp"
#include "demo/people.hpp"
#include "platform/base/error.hpp"

namespace bordero::large {
namespace {

constexpr unsigned kHistoryDays = 2'400;
constexpr int kCatchUpDays = 7;  // The clock looks back so far.

enum Salt : unsigned { of_client = 1, of_deal, of_task };

Dice dice_of(unsigned number, Salt salt) { return Dice(std::uint64_t{number} * 16 + salt); }

struct Subject {
  const char* text;
  enum { lead, executor, controller } assignee;
};
constexpr std::array kSubjects = {Subject{"Позвонить клиенту", Subject::lead},
                                  Subject{"Подготовить расчёты", Subject::executor},
                                  Subject{"Отправить договор на подпись", Subject::lead},
                                  Subject{"Запросить документы", Subject::executor},
                                  Subject{"Проверить анкету", Subject::executor},
                                  Subject{"Уточнить дату оплаты", Subject::lead},
                                  Subject{"Подтвердить платёж", Subject::controller},
                                  Subject{"Согласовать условия с банком", Subject::lead}};

std::string title_of(Dice& dice, const Deal& deal) {
  const std::string product = demo::kLines[deal.line].product;
  if (deal.car != nullptr) {
    const char* kind = product == "kasko" ? "КАСКО " : "ОСАГО ";
    return kind + std::string(deal.car->make) + " " + deal.car->model;
  }
  if (product == "mortgage") return "Ипотека, " + std::string(dice.pick(demo::kBanks));
  if (product == "property") return deal.company ? "Имущество склада" : "Квартира и отделка";
  if (product == "dms") return "ДМС сотрудников";
  if (product == "ns") return "Несчастный случай";
  if (product == "travel") return "Путешествие, вся семья";
  if (product == "liability") return "Ответственность перед третьими лицами";
  return "Грузы, перевозки по России";
}

// Of demo::kLines, cumulative in percent: what people and companies insure.
constexpr std::array kPersonal = {35, 60, 78, 88, 88, 94, 100, 100, 100};
constexpr std::array kCompany = {15, 35, 35, 55, 75, 75, 75, 90, 100};

std::size_t line_of(Dice& dice, bool company) {
  const auto& shares = company ? kCompany : kPersonal;
  const int share = dice.below(100);
  const auto found = std::find_if(shares.begin(), shares.end(), [&](int to) { return share < to; });
  return static_cast<std::size_t>(found - shares.begin());
}

std::string status_without_policy(Dice& dice) {
  const int share = dice.below(100);
  if (share < 15) return "draft";
  if (share < 45) return "calculation";
  if (share < 55) return "client_decision";
  return share < 65 ? "issuance" : "closed";
}

// A smaller network has fewer agents, each with as many clients: what one of them reads is as long
// whatever the size.
std::size_t agents_for(std::uint64_t clients, std::size_t all) {
  constexpr std::uint64_t kClientsOfAll = 1'000'000;
  constexpr std::size_t kFewest = 8;
  return std::clamp(static_cast<std::size_t>(clients * all / kClientsOfAll), kFewest, all);
}

}  // namespace

Book::Book(const SeedOptions& size, Date today)
    : clients_(static_cast<unsigned>(size.clients)),
      deals_(static_cast<unsigned>(size.deals)),
      policies_(static_cast<unsigned>(size.policies)),
      tasks_(static_cast<unsigned>(size.tasks)),
      holders_((policies_ * 3 + 3) / 4),
      today_(today) {
  ensure(holders_ <= deals_, "there are deals enough for the policies");
  for (const auto& person : demo::kPeople) {
    if (person.role == Role::agent) agents_.emplace_back(person.id);
    if (person.role == Role::executor) executors_.emplace_back(person.id);
    if (person.role == Role::finance) controllers_.emplace_back(person.id);
  }
  for (int i = 0; i < demo::kExtraAgents; ++i) agents_.push_back(demo::extra_agent_id(i));
  agents_.resize(agents_for(clients_, agents_.size()));
}

Client Book::client(unsigned number) const {
  Dice dice = dice_of(number, of_client);
  Client client;
  client.id = seed_id(kClientFamily, number);
  client.company = dice.chance(20);
  client.name = client.company ? demo::company_name(dice) : demo::person_name(dice);
  client.owner_id = dice.pick(agents_);
  return client;
}

Book::Range Book::deals_of(unsigned client) const {
  const auto first = [this](std::uint64_t index) {
    return static_cast<unsigned>((index * deals_ + clients_ - 1) / clients_) + 1;
  };
  return {first(client - 1), first(client)};
}

Deal Book::deal_of(unsigned number) const {
  Dice dice = dice_of(number, of_deal);
  Deal deal;
  deal.number = number;
  deal.id = seed_id(kDealFamily, number);
  deal.client = static_cast<unsigned>(std::uint64_t{number - 1} * clients_ / deals_) + 1;
  const Client client = this->client(deal.client);
  deal.client_id = client.id;
  deal.client_name = client.name.brief;
  deal.company = client.company;
  deal.line = line_of(dice, client.company);
  if (deal.line < 2) deal.car = &dice.pick(demo::kCars);
  deal.title = title_of(dice, deal);
  deal.status = status_without_policy(dice);
  deal.created_on = today_.plus_days(-dice.between(1, kHistoryDays));
  const int share = dice.below(100);
  if (share < 80) deal.next_review_on = today_.plus_days(dice.between(1, 120));
  if (share >= 90) deal.next_review_on = today_.plus_days(-dice.between(1, 60));
  deal.lead_id = dice.chance(85) ? client.owner_id : dice.pick(agents_);
  if (dice.chance(92)) {
    deal.executor_id = dice.chance(1) ? dice.pick(executors_) : dice.pick(agents_);
  }
  if (dice.chance(1)) deal.controller_id = dice.pick(controllers_);
  return deal;
}

DealFile Book::file(unsigned number) const {
  DealFile file{.deal = deal_of(number), .policies = {}, .payments = {}, .tasks = {}};
  Deal& deal = file.deal;
  file.policies = policies_of(deal);
  if (!file.policies.empty()) {
    deal.status = file.policies.back().in_force() ? "active" : "closed";
    deal.created_on = file.policies.front().from.plus_days(-20);
  }
  if (deal.status == "draft") deal.executor_id.clear();
  if (deal.status == "closed") deal.next_review_on.reset();
  // One number in all years, with gaps.
  char code[32];
  std::snprintf(code, sizeof code, "%d-%06u", deal.created_on.year(), kFirstNumber + number);
  deal.code = code;
  for (std::size_t i = 0; i < file.policies.size(); ++i) add_payments(file, i);
  const auto first_task = [this](std::uint64_t index) {
    return static_cast<unsigned>((index * tasks_ + deals_ - 1) / deals_);
  };
  for (unsigned task = first_task(number - 1); task < first_task(number); ++task) {
    file.tasks.push_back(task_of(task, file));
  }
  return file;
}

Task Book::task_of(unsigned number, const DealFile& file) const {
  Dice dice = dice_of(number, of_task);
  const Deal& deal = file.deal;
  Task task;
  task.id = seed_id(kTaskFamily, number + 1);
  task.of_deal = number % 8 != 0;
  const Subject& subject = dice.pick(kSubjects);
  task.subject = subject.text;
  task.author_id = deal.lead_id;
  task.assignee_id = deal.lead_id;
  if (task.of_deal) {
    task.subject += ": " + deal.title;
    if (subject.assignee == Subject::executor && !deal.executor_id.empty()) {
      task.assignee_id = deal.executor_id;
    }
    if (subject.assignee == Subject::controller && !deal.controller_id.empty()) {
      task.assignee_id = deal.controller_id;
    }
    if (!file.policies.empty()) task.policy_id = file.policies.back().id;
    if (subject.assignee == Subject::controller && !file.payments.empty()) {
      task.payment_id = file.payments.back().id;
    }
  }
  const bool over = task.of_deal && deal.status == "closed";
  task.due_on = today_.plus_days(over ? -dice.between(10, 740) : 45 - dice.below(200));
  if (dice.chance(20)) task.due_hour = dice.between(9, 18);
  if (dice.chance(50)) task.remind_days = 1;
  task.priority = dice.chance(15) ? "high" : dice.chance(10) ? "low" : "normal";
  const auto late = (today_.day - task.due_on.day).count();
  const bool undone = late < 0    ? dice.chance(90)
                      : late == 0 ? dice.chance(80)
                                  : late < 30 && dice.chance(15);
  if (!over && undone) {
    task.status = dice.chance(25) ? "in_progress" : "new";
  } else {
    task.status = dice.chance(4) ? "cancelled" : "done";
  }
  char code[32];
  std::snprintf(code, sizeof code, "%d-%06u", task.due_on.plus_days(-7).year(),
                kFirstNumber + number + 1);
  task.code = code;
  return task;
}

std::vector<std::string> Deal::people() const {
  std::vector<std::string> people = {lead_id};
  for (const auto* id : {&executor_id, &controller_id}) {
    if (!id->empty() && std::find(people.begin(), people.end(), *id) == people.end()) {
      people.push_back(*id);
    }
  }
  return people;
}

std::vector<std::string> Task::people() const {
  std::vector<std::string> people = {author_id};
  if (assignee_id != author_id) people.push_back(assignee_id);
  return people;
}

unsigned last_number(int count) { return kFirstNumber + static_cast<unsigned>(count); }

std::vector<int> told_offsets(Date base, const std::vector<int>& offsets, Date today) {
  std::vector<int> told;
  for (const int offset : offsets) {
    const Date fires = base.plus_days(offset);
    if (fires < today && today.plus_days(-kCatchUpDays) <= fires) told.push_back(offset);
  }
  return told;
}

}  // namespace bordero::large
