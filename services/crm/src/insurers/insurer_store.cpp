#include "services/crm/src/insurers/insurer_store.hpp"

#include "platform/search/folding.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kColumns =
    "i.id, i.name, i.short_name, i.products, i.active, i.created_at, i.updated_at, i.version";

std::vector<std::string> product_names(const v1::Insurer& insurer) {
  std::vector<std::string> names;
  for (int i = 0; i < insurer.products_size(); ++i) {
    names.push_back(pg::enum_tail(v1::Product_descriptor(), insurer.products(i)));
  }
  return names;
}

std::vector<std::string> products() {
  std::vector<std::string> names;
  for (int i = v1::Product_MIN + 1; i <= v1::Product_MAX; ++i) {
    names.push_back(pg::enum_tail(v1::Product_descriptor(), i));
  }
  return names;
}

}  // namespace

awaitable<Result<v1::Insurer>> find_insurer(pg::Transaction& tx, Id<Insurer> id) {
  const auto row = co_await tx.find_one(
      std::string("SELECT ") + kColumns + " FROM insurers i WHERE i.id = $1", id);
  if (!row) co_return not_found("insurer_not_found");
  co_return row->to<v1::Insurer>();
}

awaitable<Result<v1::Insurer>> lock_insurer(pg::Transaction& tx, Id<Insurer> id) {
  tx.execute("SELECT FROM insurers WHERE id = $1 FOR UPDATE", id);
  co_return co_await find_insurer(tx, id);
}

void insert_insurer(pg::Transaction& tx, const v1::Insurer& insurer) {
  tx.execute(R"sql(
      INSERT INTO insurers (id, name, short_name, sort_name, products)
      VALUES ($1, $2, $3, $4, $5))sql",
             insurer.id(), insurer.name(), insurer.short_name(),
             search::folded_name(insurer.name()), product_names(insurer));
}

void save_insurer(pg::Transaction& tx, const v1::Insurer& insurer) {
  tx.execute(R"sql(
      UPDATE insurers
         SET name = $2, short_name = $3, sort_name = $4, products = $5, active = $6,
             updated_at = now(), version = version + 1
       WHERE id = $1)sql",
             insurer.id(), insurer.name(), insurer.short_name(),
             search::folded_name(insurer.name()), product_names(insurer), insurer.active());
}

awaitable<Result<lists::ListPage>> insurer_page(pg::Transaction& tx,
                                                const lists::Request& request) {
  using lists::FieldType;
  static const lists::Spec spec = {
      .resource = "insurers",
      .fields = {{"name", {.column = "i.name", .sortable = true, .sort_column = "i.sort_name"}},
                 {"short_name", {.column = "i.short_name"}},
                 {"product",
                  {.type = FieldType::keyword,
                   .condition = "i.products @> ARRAY[$?]",
                   .keywords = products()}},
                 {"active", {.column = "i.active", .type = FieldType::boolean, .groupable = true}},
                 {"created_at",
                  {.column = "i.created_at", .type = FieldType::instant, .sortable = true}},
                 {"updated_at",
                  {.column = "i.updated_at", .type = FieldType::instant, .sortable = true}}},
      .default_order = "name",
      .id_column = "i.id"};
  lists::ListSource source{.columns = kColumns, .from = "insurers i", .where = "true"};
  co_return co_await read_page(tx, spec, request, std::move(source));
}

}  // namespace bordero::crm
