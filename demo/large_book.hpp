#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "demo/invented_names.hpp"
#include "demo/seed_options.hpp"
#include "platform/base/clock.hpp"

// An agency network as large as the product is measured with. Everything is a function of its
// number and of `today`, so that CRM, Payments, Tasks and Notifications, each of which loads its
// own part on the same day, agree without asking each other.
namespace bordero::large {

struct Client {
  std::string id;
  bool company = false;
  demo::Name name;
  std::string owner_id;
};

struct Deal {
  unsigned number = 0;  // From 1.
  std::string id;
  std::string code;     // "2024-000147"
  unsigned client = 0;  // From 1.
  std::string client_id;
  std::string client_name;
  bool company = false;
  std::size_t line = 0;            // Of demo::kLines: what is insured.
  const demo::Car* car = nullptr;  // For vehicles.
  std::string title;
  std::string status;
  Date created_on;
  std::optional<Date> next_review_on;
  std::string lead_id;
  std::string executor_id;    // May be empty, may be the lead.
  std::string controller_id;  // May be empty.

  std::vector<std::string> people() const;  // Each once, the lead first.
};

struct Instalment {
  std::string id;
  Date due_on;
  std::int64_t minor = 0;
};
struct Policy {
  unsigned number = 0;  // From 0.
  std::string id;
  std::string code;  // "КСК-24-1000017"
  int insurer = 1;   // Of the demo agency's list.
  std::string insurer_id;
  std::string insurer_name;
  std::string product;
  Date from;
  Date to;
  std::int64_t premium_minor = 0;
  std::int64_t coverage_minor = 0;
  std::vector<Instalment> instalments;
  std::string route;  // direct, gross or net.
  std::string rate;   // Percent: "18.5".
  int rate_permille = 0;
  std::string status;
  std::string predecessor_id;
  std::string successor_id;

  bool in_force() const { return status != "closed"; }
  std::int64_t commission_minor() const;  // Of the whole premium, rounded half up.
};

struct Payment {
  std::string id;
  std::string code;
  std::size_t policy = 0;  // Of DealFile::policies.
  int instalment = -1;     // Of its policy; -1 for what people add.
  std::string type;
  Date planned_on;
  std::int64_t minor = 0;
  std::string status;
  std::optional<Date> actual_on;  // Of those received.
  std::string confirmed_by;
  std::string payee_id;  // Of fees.

  bool open() const { return status == "planned" || status == "expected"; }
};

struct Task {
  std::string id;
  std::string code;
  bool of_deal = true;
  std::string policy_id;   // Empty when about none.
  std::string payment_id;  // Likewise.
  std::string subject;
  std::string status;
  std::string priority;
  std::string author_id;
  std::string assignee_id;
  Date due_on;
  int due_hour = -1;    // -1: by the end of the day.
  int remind_days = 0;  // Before; 0: none.

  bool open() const { return status == "new" || status == "in_progress"; }
  std::vector<std::string> people() const;  // Who sees it: its author leads the deal.
};

// A deal with all that belongs to it, and the tasks of its lead that belong to none.
struct DealFile {
  Deal deal;
  std::vector<Policy> policies;
  std::vector<Payment> payments;
  std::vector<Task> tasks;
};

class Book {
 public:
  Book(const SeedOptions& size, Date today);  // Policies are at most four for three deals.

  Client client(unsigned number) const;
  // The numbers of a client's deals: from `first` up to, without, `last`.
  struct Range {
    unsigned first = 0;
    unsigned last = 0;
  };
  Range deals_of(unsigned client) const;
  DealFile file(unsigned deal) const;
  Date today() const { return today_; }

 private:
  Deal deal_of(unsigned number) const;
  std::vector<Policy> policies_of(const Deal& deal) const;
  void add_payments(DealFile& file, std::size_t policy) const;
  Task task_of(unsigned number, const DealFile& file) const;

  std::uint64_t clients_;
  std::uint64_t deals_;
  std::uint64_t policies_;
  std::uint64_t tasks_;
  std::uint64_t holders_;  // Deals that have policies.
  Date today_;
  std::vector<std::string> agents_;
  std::vector<std::string> executors_;
  std::vector<std::string> controllers_;
};

// The schedule as CRM keeps it.
std::string instalments_json(const Policy& policy);
std::string money_json(std::int64_t minor);  // {"amount":"12.50","currency":"RUB"}

// Numbers begin here in every year, behind those of the demo agency; later ones continue after the
// last.
constexpr unsigned kFirstNumber = 100'000;
unsigned last_payment_number(const SeedOptions& size);
unsigned last_number(int count);  // Of deals or tasks.

// Days on which the clock would have told of a date lately: what a service that ran then has in
// fired_reminders.
std::vector<int> told_offsets(Date base, const std::vector<int>& offsets, Date today);

constexpr unsigned kClientFamily = 0xc2;
constexpr unsigned kDealFamily = 0xd2;
constexpr unsigned kPolicyFamily = 0xb2;
constexpr unsigned kInstalmentFamily = 0xb5;
constexpr unsigned kPaymentFamily = 0xb6;
constexpr unsigned kTaskFamily = 0xb7;

}  // namespace bordero::large
