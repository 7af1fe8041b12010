#include "platform/background/copies.hpp"

#include "platform/base/log.hpp"
#include "platform/json/json.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::background {
namespace {

using namespace std::chrono_literals;

constexpr auto kNight = 3h + 30min;
constexpr auto kTryAgain = 1min;
constexpr auto kTellLimit = 10s;

// Shared by the rules, which live as long as each other.
struct Copies {
  pg::Database& db;
  std::string service;
  std::vector<Copy> all;
  ComparedEvent event;
  std::shared_ptr<std::atomic<bool>> filled;
  std::string result = {};

  awaitable<Result<bool>> fill();
  awaitable<Result<bool>> compare();
  awaitable<Result<void>> tell(const common::v1::CopiesComparison& comparison);
  void count(const common::v1::CopyComparison& copy) const;
};

// Tried again all over: whoever is filled answers at once.
awaitable<Result<bool>> Copies::fill() {
  if (*filled) co_return false;
  for (const Copy& copy : all) CO_TRY_VOID(co_await copy.fill());
  *filled = true;
  co_return false;
}

awaitable<Result<bool>> Copies::compare() {
  if (!*filled) co_return unavailable("copies_are_not_filled");
  common::v1::CopiesComparison comparison;
  for (const Copy& copy : all) {
    CO_TRY(*comparison.add_copies(), co_await copy.compare());
    count(comparison.copies(comparison.copies_size() - 1));
  }
  CO_TRY_VOID(co_await tell(comparison));
  result = json::text(comparison);
  co_return false;
}

awaitable<Result<void>> Copies::tell(const common::v1::CopiesComparison& comparison) {
  Context ctx = system_context("compare_copies", kTellLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const mq::About about{.entity_type = "copies", .entity_id = service, .audience_roles = {"admin"}};
  const auto message = event(comparison);
  mq::publish(tx, ctx, *message, about);
  co_return co_await tx.commit();
}

void Copies::count(const common::v1::CopyComparison& copy) const {
  const telemetry::Labels labels{{"service", service}, {"copy", copy.copy_of()}};
  telemetry::counter("bordero_copies_repaired_total",
                     "Records of copies that were missing, old or wrong, and were mended.", labels)
      .add(copy.repaired());
  telemetry::gauge("bordero_copies_unknown", "Records of copies that the owner does not have.",
                   labels)
      .set(copy.unknown());
  if (copy.repaired() == 0 && copy.unknown() == 0) return;
  log::error("copies differ from their owner", {{"service", service},
                                                {"copy", copy.copy_of()},
                                                {"repaired", copy.repaired()},
                                                {"unknown", copy.unknown()}});
}

}  // namespace

std::vector<Rule> rules_of_copies(pg::Database& db, const std::string& service,
                                  std::vector<Copy> copies, ComparedEvent event,
                                  std::shared_ptr<std::atomic<bool>> filled) {
  const auto shared = std::make_shared<Copies>(
      Copies{db, service, std::move(copies), std::move(event), std::move(filled)});
  std::vector<Rule> rules;
  // In every process, since each asks whether its service's copies are whole.
  rules.push_back({.name = "fill_copies",
                   .step = [shared] { return shared->fill(); },
                   .longest_pause = 2s,
                   .where = Where::everywhere});
  rules.push_back({.name = "compare_copies",
                   .step = [shared] { return shared->compare(); },
                   .period = kTryAgain,
                   .at = kNight,
                   .result = [shared] { return shared->result; }});
  return rules;
}

}  // namespace bordero::background
