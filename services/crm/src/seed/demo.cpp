#include "services/crm/src/seed/demo.hpp"

#include "bordero/crm/v1/events.pb.h"
#include "demo/people.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/clients/client_store.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/insurers/insurer_store.hpp"
#include "services/crm/src/seed/demo_calculations.hpp"
#include "services/crm/src/seed/demo_deals.hpp"
#include "services/crm/src/seed/demo_policies.hpp"
#include "services/crm/src/seed/invented.hpp"
#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {
namespace {

constexpr int kClients = 120;
constexpr int kCompanyEvery = 4;
constexpr unsigned kClientFamily = 0xc1;
constexpr unsigned kInsurerFamily = 0xe1;
constexpr std::chrono::minutes kLimit{5};

struct DemoInsurer {
  const char* name;
  const char* short_name;
  std::vector<v1::Product> products;
};

const std::vector<DemoInsurer>& demo_insurers() {
  using namespace v1;
  static const std::vector<DemoInsurer> insurers = {
      {"Страховое общество «Северная гарантия»",
       "Северная гарантия",
       {PRODUCT_OSAGO, PRODUCT_KASKO, PRODUCT_PROPERTY, PRODUCT_TRAVEL}},
      {"Страховая компания «Волга-Полис»",
       "Волга-Полис",
       {PRODUCT_OSAGO, PRODUCT_KASKO, PRODUCT_MORTGAGE, PRODUCT_NS}},
      {"Страховой дом «Меридиан-Щит»",
       "Меридиан-Щит",
       {PRODUCT_KASKO, PRODUCT_DMS, PRODUCT_LIABILITY, PRODUCT_CARGO}},
      {"Страховая компания «Ясный день»",
       "Ясный день",
       {PRODUCT_OSAGO, PRODUCT_TRAVEL, PRODUCT_NS}},
      {"Страховое общество «Опора-Гарант»",
       "Опора-Гарант",
       {PRODUCT_MORTGAGE, PRODUCT_PROPERTY, PRODUCT_LIABILITY}},
      {"Страховая компания «Каравелла»", "Каравелла", {PRODUCT_CARGO, PRODUCT_LIABILITY}},
      {"Страховая группа «Три реки»", "Три реки", {PRODUCT_OSAGO, PRODUCT_KASKO, PRODUCT_DMS}},
      {"Страховая компания «Медлайн Плюс»", "Медлайн Плюс", {PRODUCT_DMS, PRODUCT_NS}},
      {"Страховое общество «Домовой»", "Домовой", {PRODUCT_PROPERTY, PRODUCT_MORTGAGE}},
      {"Страховая компания «Попутный ветер»",
       "Попутный ветер",
       {PRODUCT_TRAVEL, PRODUCT_OSAGO, PRODUCT_OTHER}}};
  return insurers;
}

Context acting_as(const Context& ctx, std::string_view user_id, Role role) {
  Context acting = ctx;
  acting.caller = {.user_id = std::string(user_id), .role = role};
  return acting;
}

void seed_users(pg::Transaction& tx) {
  for (const auto& person : demo::kPeople) {
    tx.execute(R"sql(
        INSERT INTO users (id, full_name, role, status, version)
        VALUES ($1, $2, $3, 'active', 1)
        ON CONFLICT DO NOTHING)sql",
               person.id, person.full_name, role_name(person.role));
  }
}

awaitable<Result<void>> seed_insurers(pg::Transaction& tx, const Context& ctx) {
  const Context admin = acting_as(ctx, demo::kPeople[0].id, Role::admin);
  unsigned number = 0;
  for (const auto& invented : demo_insurers()) {
    v1::Insurer insurer;
    insurer.set_id(seed_id(kInsurerFamily, ++number));
    insurer.set_name(invented.name);
    insurer.set_short_name(invented.short_name);
    for (const auto product : invented.products) insurer.add_products(product);
    insert_insurer(tx, insurer);
    CO_TRY(const auto id, parse_id<Insurer>(insurer.id(), "id"));
    v1::InsurerCreated event;
    CO_TRY(*event.mutable_insurer(), co_await find_insurer(tx, id));
    auto audience = about("insurer", insurer.id(), 1, {});
    audience.audience_roles = {"agent", "executor", "finance", "head", "admin"};
    mq::publish(tx, admin, event, audience);
  }
  co_return Result<void>();
}

std::vector<std::string_view> agents() {
  std::vector<std::string_view> ids;
  for (const auto& person : demo::kPeople) {
    if (person.role == Role::agent) ids.push_back(person.id);
  }
  return ids;
}

awaitable<Result<std::vector<v1::Client>>> seed_clients(pg::Transaction& tx, const Context& ctx,
                                                        Dice& dice) {
  const auto owners = agents();
  std::vector<v1::Client> clients;
  for (int i = 0; i < kClients; ++i) {
    v1::Client client = invented_client(dice, i % kCompanyEvery == 0);
    const auto owner = dice.pick(owners);
    client.set_id(seed_id(kClientFamily, static_cast<unsigned>(i) + 1));
    client.set_owner_id(std::string(owner));
    CO_TRY_VOID(complete_client(client));
    insert_client(tx, client);
    tx.execute("UPDATE clients SET created_at = now() - make_interval(days => $2) WHERE id = $1",
               client.id(), dice.between(150, 500));
    CO_TRY(const auto id, parse_id<Client>(client.id(), "id"));
    clients.push_back(co_await view_client(tx, id));
    v1::ClientCreated event;
    *event.mutable_client() = clients.back();
    const Context agent = acting_as(ctx, owner, Role::agent);
    mq::publish(tx, agent, event, about("client", client.id(), 1, {client.owner_id()}));
  }
  co_return clients;
}

}  // namespace

awaitable<Result<void>> seed_demo(pg::Database& db) {
  Context ctx = system_context("seed", kLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const auto there =
      co_await tx.find_one("SELECT FROM clients WHERE id = $1", seed_id(kClientFamily, 1));
  if (there) co_return Result<void>();

  Dice dice(2026);
  seed_users(tx);
  CO_TRY_VOID(co_await seed_insurers(tx, ctx));
  CO_TRY(const auto clients, co_await seed_clients(tx, ctx, dice));
  CO_TRY_VOID(co_await seed_deals(tx, ctx, dice, clients));
  CO_TRY_VOID(co_await seed_calculations(tx, ctx, dice));
  CO_TRY_VOID(co_await seed_policies(tx, ctx));
  co_return co_await tx.commit();
}

}  // namespace bordero::crm
