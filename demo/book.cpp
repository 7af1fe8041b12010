#include "demo/book.hpp"

#include <array>
#include <cstdio>
#include <string_view>

#include "demo/lines.hpp"
#include "demo/people.hpp"

namespace bordero::demo {
namespace {

constexpr unsigned kInsurers = 0xe1;
constexpr unsigned kClients = 0xc3;
constexpr unsigned kDeals = 0xd3;
constexpr unsigned kPolicies = 0xb3;
constexpr unsigned kInstalments = 0xb4;

std::string made_id(unsigned family, unsigned number) {
  char id[37];
  std::snprintf(id, sizeof id, "01988c00-%04x-7000-8000-%012x", family, number);
  return id;
}

// Who buys what: indexes of kLines, each becomes a chain of policies in one deal.
struct Need {
  const char* client;
  bool company;
  const char* title;
  const char* object;
  std::array<int, 2> lines;  // The second is -1 when there is one.
};
constexpr std::array kNeeds = {
    Need{"Ильина Вера Олеговна", false, "КАСКО и ОСАГО, Mazda CX-5", "Mazda CX-5, 2022", {1, 0}},
    Need{"Грачёв Антон Ильич", false, "ОСАГО, Lada Vesta", "Lada Vesta, 2021", {0, -1}},
    Need{"Соловьёва Нина Юрьевна", false, "Ипотека, Тверь", "Тверь, Садовая, 12", {2, -1}},
    Need{"ООО «Окский берег»", true, "ДМС сотрудников", "Сотрудники: 48", {4, 5}},
    Need{"Пахомов Денис Петрович", false, "КАСКО, Toyota Camry", "Toyota Camry, 2023", {1, -1}},
    Need{"ООО «Речной транзит»", true, "Грузы и ответственность", "Перевозки по России", {8, 7}},
    Need{"Зорина Алла Львовна", false, "Квартира, Рязань", "Рязань, Лесная, 4", {3, -1}},
    Need{"Титов Марк Андреевич", false, "Поездка семьи", "Семья: 4 человека", {6, 5}},
    Need{"ООО «Кирпич и дом»", true, "Имущество склада", "Калуга, Полевая, 31", {3, 7}},
    Need{"Лаврова Яна Игоревна", false, "КАСКО и ОСАГО, Kia Rio", "Kia Rio, 2020", {1, 0}},
    Need{"Ершов Лев Павлович", false, "ОСАГО, Skoda Octavia", "Skoda Octavia, 2019", {0, -1}},
    Need{"Кольцова Ада Романовна", false, "Ипотека, Тула", "Тула, Кленовая, 7", {2, 5}},
    Need{"АО «Балтийский элеватор»", true, "Имущество и грузы", "Элеватор, Тверь", {3, 8}},
    Need{"Жаров Пётр Семёнович", false, "КАСКО, Geely Monjaro", "Geely Monjaro, 2024", {1, -1}},
    Need{"Мухина Зоя Фёдоровна", false, "Дача, Калужская область", "Дом, 96 м²", {3, -1}},
    Need{"ООО «Зелёный маршрут»", true, "Автопарк, 6 машин", "Автопарк: 6 машин", {1, 0}},
};
constexpr int kRounds = 4;  // Each need four times over, with other dates, people and sums.
constexpr std::array<const char*, kRounds> kAgain = {"", " — второй договор", " — дочь",
                                                     " — партнёр"};

// A repeatable number of the policy, so that nothing depends on the order of making.
int chance(unsigned seed, unsigned salt, int limit) {
  std::uint64_t z = (seed * 0x9E3779B97F4A7C15ULL) ^ (salt * 0xBF58476D1CE4E5B9ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return static_cast<int>((z ^ (z >> 31)) % static_cast<std::uint64_t>(limit));
}

std::string person(unsigned seed, unsigned salt, Role role) {
  std::vector<std::string_view> ids;
  for (const auto& one : kPeople) {
    if (one.role == role) ids.push_back(one.id);
  }
  const auto index = chance(seed, salt, static_cast<int>(ids.size()));
  return std::string(ids[static_cast<std::size_t>(index)]);
}

BookDeal deal_of(unsigned number) {
  const Need& need = kNeeds[(number - 1) % kNeeds.size()];
  const auto round = (number - 1) / kNeeds.size();
  BookDeal deal;
  deal.id = made_id(kDeals, number);
  // A second contract is the same client's; a daughter or partner is another.
  const auto client = round == 1 ? number - static_cast<unsigned>(kNeeds.size()) : number;
  deal.client_id = made_id(kClients, client);
  deal.client_name = need.client;
  if (round > 1) deal.client_name += kAgain[round];
  deal.company = need.company;
  deal.title = need.title;
  if (round == 1) deal.title += kAgain[round];
  deal.object = need.object;
  deal.lead_id = person(client, 1, Role::agent);
  deal.executor_id = person(number, 2, Role::executor);
  deal.controller_id = person(number, 3, Role::finance);
  return deal;
}

// Days from today to the end of the policy in force: some ended, some end soon, most later.
int days_to_end(unsigned seed) {
  const int share = chance(seed, 4, 100);
  if (share < 8) return -1 - chance(seed, 5, 25);
  if (share < 12) return 0;
  if (share < 32) return 1 + chance(seed, 5, 29);
  if (share < 52) return 31 + chance(seed, 5, 58);
  return 90 + chance(seed, 5, 260);
}

// Equal parts in whole rubles; the last takes the remainder.
void plan_instalments(BookPolicy& policy, unsigned seed, int count) {
  const std::int64_t part = policy.premium_minor / count / 100 * 100;
  for (int i = 0; i < count; ++i) {
    const bool last = i + 1 == count;
    BookInstalment one;
    one.id = made_id(kInstalments, seed * 10 + static_cast<unsigned>(i));
    one.due_on = policy.effective_from.plus_days(i * (360 / count));
    one.amount_minor = last ? policy.premium_minor - part * i : part;
    policy.instalments.push_back(one);
  }
}

// What one year of a chain is agreed at.
struct Offer {
  int insurer = 0;
  std::int64_t rubles = 0;
};
Offer first_offer(unsigned seed, const Line& line) {
  const int thousandths = chance(seed, 7, 1'000);
  return {.insurer = line.insurers[static_cast<std::size_t>(chance(seed, 6, 3))],
          .rubles = line.premium_low +
                    (line.premium_high - line.premium_low) * std::int64_t{thousandths} / 1'000};
}
// The year after, with the same insurer: mostly a little dearer, now and then by much.
Offer renewed_offer(const Offer& last, unsigned seed) {
  const bool jump = chance(seed, 13, 100) < 12;
  const int tenths = jump ? 160 + chance(seed, 14, 190) : -50 + chance(seed, 14, 190);
  return {.insurer = last.insurer, .rubles = last.rubles * (1'000 + tenths) / 1'000};
}

BookPolicy policy_of(unsigned seed, const Line& line, int deal, Date ends_on, const Offer& offer) {
  static constexpr std::array<const char*, 3> kRoutes = {"gross", "direct", "net"};
  BookPolicy policy;
  policy.id = made_id(kPolicies, seed);
  policy.deal = deal;
  policy.effective_to = ends_on;
  policy.effective_from = ends_on.plus_days(-364);
  char number[40];
  std::snprintf(number, sizeof number, "%s-%d-%06u", line.code, policy.effective_from.year() % 100,
                104'000 + seed * 37);
  policy.number = number;
  policy.insurer_id = made_id(kInsurers, static_cast<unsigned>(offer.insurer));
  policy.insurer_name = kInsurerNames[static_cast<std::size_t>(offer.insurer - 1)];
  policy.product = line.product;
  policy.premium_minor = offer.rubles * 100;
  policy.coverage_minor = policy.premium_minor * line.coverage_times;
  policy.payment_route = kRoutes[static_cast<std::size_t>(chance(seed, 8, 3))];
  policy.commission_rate = line.rate;
  plan_instalments(policy, seed, line.instalments[static_cast<std::size_t>(chance(seed, 9, 3))]);
  return policy;
}

// The policy in force, often with its predecessor, sometimes with a draft that continues it.
void add_chain(Book& book, unsigned seed, const Line& line, int deal, Date today) {
  const Date ends_on = today.plus_days(days_to_end(seed));
  const bool continues = chance(seed, 11, 100) < 55;
  const Offer first = first_offer(seed, line);
  const Offer offer = continues ? renewed_offer(first, seed * 4 + 1) : first;
  BookPolicy current = policy_of(seed * 4 + 1, line, deal, ends_on, offer);
  const bool ending = ends_on < today.plus_days(30);
  current.status = ending ? "renewal_pending" : "active";
  if (ends_on < today.plus_days(-12) && chance(seed, 10, 2) == 0) {
    current.status = "closed";
    current.closed_on = ends_on.str();
  }
  if (continues) {
    BookPolicy earlier =
        policy_of(seed * 4, line, deal, current.effective_from.plus_days(-1), first);
    earlier.status = "closed";
    earlier.closed_on = earlier.effective_to.str();
    earlier.successor_id = current.id;
    current.predecessor_id = earlier.id;
    book.policies.push_back(earlier);
  }
  const bool prepared = ending && current.status != "closed" && chance(seed, 12, 100) < 40;
  if (!prepared) {
    book.policies.push_back(current);
    return;
  }
  const Offer dearer = renewed_offer(offer, seed * 4 + 2);
  BookPolicy next = policy_of(seed * 4 + 2, line, deal, ends_on.plus_days(365), dearer);
  next.status = "draft";
  next.number.clear();
  next.predecessor_id = current.id;
  current.successor_id = next.id;
  book.policies.push_back(current);
  book.policies.push_back(next);
}

}  // namespace

Book book(Date today) {
  Book book;
  const auto count = static_cast<unsigned>(kNeeds.size()) * kRounds;
  for (unsigned number = 1; number <= count; ++number) {
    book.deals.push_back(deal_of(number));
    unsigned seed = number * 2;
    for (const int line : kNeeds[(number - 1) % kNeeds.size()].lines) {
      if (line < 0) continue;
      add_chain(book, seed, kLines[static_cast<std::size_t>(line)], static_cast<int>(number - 1),
                today);
      ++seed;
    }
  }
  return book;
}

}  // namespace bordero::demo
