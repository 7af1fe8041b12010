#include "services/crm/src/journal/journal_store.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kColumns = R"sql(
    j.id, j.deal_id, j.author_id, u.full_name AS author_name, j.text, j.mentioned_ids,
    j.created_at, j.edited_at, j.version,
    (SELECT jsonb_agg(jsonb_build_object(
              'text', v.text,
              'replaced_at', to_char(v.replaced_at AT TIME ZONE 'UTC',
                                     'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) ORDER BY v.version)
       FROM journal_versions v
      WHERE v.entry_id = j.id) AS earlier)sql";
constexpr const char* kAuthor = "LEFT JOIN users u ON u.id = j.author_id";

std::string select_entries(const char* where) {
  return std::string("SELECT ") + kColumns + " FROM journal_entries j " + kAuthor + " WHERE " +
         where;
}

}  // namespace

void insert_entry(pg::Transaction& tx, const v1::JournalEntry& entry) {
  const std::vector<std::string> mentioned(entry.mentioned_ids().begin(),
                                           entry.mentioned_ids().end());
  tx.execute(R"sql(
      INSERT INTO journal_entries (id, deal_id, author_id, text, mentioned_ids)
      VALUES ($1, $2, $3, $4, $5))sql",
             entry.id(), entry.deal_id(), entry.author_id(), entry.text(), mentioned);
}

void save_entry(pg::Transaction& tx, const v1::JournalEntry& entry, bool keep_earlier) {
  if (keep_earlier) {
    tx.execute(R"sql(
        INSERT INTO journal_versions (entry_id, version, text)
        SELECT id, version, text
          FROM journal_entries
         WHERE id = $1)sql",
               entry.id());
  }
  tx.execute(R"sql(
      UPDATE journal_entries
         SET text = $2, edited_at = now(), version = version + 1
       WHERE id = $1)sql",
             entry.id(), entry.text());
}

awaitable<Result<v1::JournalEntry>> lock_entry(pg::Transaction& tx, Id<Deal> deal,
                                               Id<JournalEntry> id) {
  tx.execute("SELECT FROM journal_entries WHERE id = $1 AND deal_id = $2 FOR UPDATE", id, deal);
  const auto row = co_await tx.find_one(select_entries("j.id = $1 AND j.deal_id = $2"), id, deal);
  if (!row) co_return not_found("journal_entry_not_found");
  co_return row->to<v1::JournalEntry>();
}

awaitable<v1::JournalEntry> view_entry(pg::Transaction& tx, Id<JournalEntry> id) {
  const auto row = co_await tx.find_one(select_entries("j.id = $1"), id);
  ensure(row.has_value(), "an entry that was just saved is there");
  co_return row->to<v1::JournalEntry>();
}

awaitable<std::vector<v1::JournalEntry>> list_entries(pg::Transaction& tx,
                                                      const std::vector<std::string>& ids) {
  const auto rows = co_await tx.query(select_entries("j.id = ANY($1::uuid[])"), ids);
  std::vector<v1::JournalEntry> entries;
  for (const auto& row : rows) entries.push_back(row.to<v1::JournalEntry>());
  co_return entries;
}

awaitable<Result<lists::ListPage>> journal_page(pg::Transaction& tx, Id<Deal> deal,
                                                const lists::Request& request) {
  static const lists::Spec spec = {
      .resource = "journal",
      .fields = {{"created_at",
                  {.column = "j.created_at", .type = lists::FieldType::instant, .sortable = true}}},
      .default_order = "created_at desc",
      .id_column = "j.id"};
  lists::ListSource source{.columns = kColumns,
                           .from = "journal_entries j",
                           .joins = kAuthor,
                           .where = "j.deal_id = $1",
                           .params = {deal.str()}};
  co_return co_await read_page(tx, spec, request, std::move(source));
}

awaitable<Result<Id<Deal>>> deal_of_entry(pg::Transaction& tx, Id<JournalEntry> id) {
  const auto row = co_await tx.find_one("SELECT deal_id FROM journal_entries WHERE id = $1", id);
  if (!row) co_return not_found("journal_entry_not_found");
  co_return row->get<Id<Deal>>("deal_id");
}

awaitable<Instant> now_of(pg::Transaction& tx) {
  const auto row = co_await tx.find_one("SELECT now() AS at");
  co_return row->get<Instant>("at");
}

}  // namespace bordero::crm
