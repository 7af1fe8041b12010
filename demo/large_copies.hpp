#pragma once

#include <vector>

#include "demo/bulk_load.hpp"
#include "demo/large_book.hpp"

// The copies of users and deals that a service would have after following all events of the large
// set.
namespace bordero::demo {

// The network's agents; the demo agency's people come with its own data.
void load_large_users(pg::BlockingConnection& owner);

class LargeDealCopies {
 public:
  void add(const large::Deal& deal);
  std::vector<CopyTarget> targets();

 private:
  CopyRows deals_;
  CopyRows access_;
};
// Nothing is left to ask CRM for.
void deals_are_copied(pg::BlockingConnection& owner);

// "Of `base`, so many days before or after were told" as rows of fired_reminders.
constexpr const char* kFiredColumns =
    "fired_reminders (rule, subject_id, base_on, offset_days, fires_on, fired_at)";
void add_told(CopyRows& fired, const char* rule, const std::string& subject_id, Date base,
              const std::vector<int>& offsets, Date today);

}  // namespace bordero::demo
