#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/base/clock.hpp"

// The demo agency's policies: a year of them around `today`, with the clients and deals they belong
// to. The same for every service that seeds on the same day, so that CRM, Payments and Tasks agree
// without asking each other. The events that CRM's seed publishes reach Payments and Tasks too.
namespace bordero::demo {

struct BookInstalment {
  std::string id;
  Date due_on;
  std::int64_t amount_minor = 0;
};
struct BookPolicy {
  std::string id;
  int deal = 0;  // Index in Book::deals.
  std::string number;
  std::string insurer_id;
  std::string insurer_name;
  std::string product;  // As in the contract: "kasko".
  Date effective_from;
  Date effective_to;
  std::int64_t premium_minor = 0;
  std::int64_t coverage_minor = 0;
  std::vector<BookInstalment> instalments;
  std::string payment_route;    // direct, gross or net.
  std::string commission_rate;  // "18.5"; empty: by the rules.
  std::string status;           // draft, active, renewal_pending or closed.
  std::string predecessor_id;
  std::string successor_id;
  std::string closed_on;  // YYYY-MM-DD, of closed ones.
};
struct BookDeal {
  std::string id;
  std::string client_id;
  std::string client_name;
  bool company = false;
  std::string title;
  std::string object;  // "Mazda CX-5, 2022", an address, "Сотрудники: 48".
  std::string lead_id;
  std::string executor_id;
  std::string controller_id;
};
struct Book {
  std::vector<BookDeal> deals;
  std::vector<BookPolicy> policies;  // Predecessors before their successors.
};
Book book(Date today);

}  // namespace bordero::demo
