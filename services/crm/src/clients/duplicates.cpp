#include "services/crm/src/clients/duplicates.hpp"

#include <algorithm>

#include "platform/base/log.hpp"
#include "platform/search/folding.hpp"
#include "platform/search/search_query.hpp"
#include "services/crm/src/access/access.hpp"

namespace bordero::crm {
namespace {

constexpr int kMostShown = 10;
constexpr std::size_t kMinNameStem = 3;
constexpr std::size_t kMostNameWords = 4;

void add_any(std::string& query, search::Mark mark, const std::string& text) {
  if (text.empty()) return;
  query += (query.empty() ? "" : " | ") + search::tsquery_word(search::marked(mark, text), false);
}

// The same tax number, phone or e-mail.
std::string same_data(const Probe& probe) {
  std::string query;
  add_any(query, search::Mark::tax_number, search::code_of(probe.tax_number));
  for (const auto& phone : probe.phones)
    add_any(query, search::Mark::phone, search::digits_of(phone));
  for (const auto& email : probe.emails)
    add_any(query, search::Mark::email, search::encode_utf8(search::fold(email)));
  return query;
}

std::string sought(const std::u32string& word, bool goes_on) {
  return search::tsquery_word(search::marked(search::Mark::word, search::encode_utf8(word)),
                              goes_on);
}

// Names that share two words, the longest of which may only begin alike: one of them may be left
// out, one may have a slip. How alike they are is measured afterwards. One beginning only: the
// index reads all that begin so, and a first name's are many.
std::string like_name(const Probe& probe) {
  auto words = telling_words(probe.full_name);
  std::sort(words.begin(), words.end(),
            [](const auto& a, const auto& b) { return a.size() > b.size(); });
  if (words.empty()) return {};
  words.resize(std::min(words.size(), kMostNameWords));
  const bool stem = words[0].size() > kMinNameStem;
  std::string begins =
      sought(words[0].substr(0, std::max(kMinNameStem, words[0].size() / 2)), stem);
  if (words.size() == 1) return begins;
  std::string query;
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t j = i + 1; j < words.size(); ++j) {
      const std::string one = i == 0 ? begins : sought(words[i], false);
      query += (query.empty() ? "(" : " | (") + one + " & " + sought(words[j], false) + ")";
    }
  }
  return query;
}

// $1 tsquery, $2 the caller, $3 the client left out, $4 the name that is sought. The words tell
// which datum is the same; of a like name nobody asks that, and hidden records are of no use.
std::string candidates_sql(Role role, bool by_name) {
  const std::string seen = "coalesce(" + clients_seen(role) + ", false)";
  const bool by_user = by_name && clients_seen(role) != "true";
  const std::string words = by_name ? "" : ", tsvector_to_array(s.words) AS words";
  return "SELECT c.id AS client_id, c.short_name, c.full_name, " + seen + " AS seen" + words +
         R"sql(
        FROM client_search s
        JOIN clients c ON c.id = s.client_id
        LEFT JOIN client_access a ON a.client_id = c.id AND a.user_id = $2
       WHERE s.words @@ $1::tsquery AND c.id IS DISTINCT FROM $3
         AND NOT EXISTS (SELECT FROM client_distinctions x
                          WHERE x.lower_id = least(c.id, $3) AND x.higher_id = greatest(c.id, $3)
                            AND $3 IS NOT NULL)
         AND )sql" +
         (by_user ? "s.users @> ARRAY[$2::uuid] AND " + seen : "true") +
         (by_name ? " ORDER BY similarity(c.full_name, $4) DESC LIMIT 50" : " LIMIT 50");
}

std::string_view reason_of(const Probe& probe, const std::vector<std::string>& words) {
  const auto has = [&](search::Mark mark, const std::string& text) {
    return !text.empty() &&
           std::find(words.begin(), words.end(), search::marked(mark, text)) != words.end();
  };
  if (has(search::Mark::tax_number, search::code_of(probe.tax_number))) return "tax_number";
  for (const auto& phone : probe.phones) {
    if (has(search::Mark::phone, search::digits_of(phone))) return "phone";
  }
  return "email";
}

void show(Duplicates& found, const pg::Row& row, std::string_view reason) {
  const std::string id(row.text("client_id"));
  const bool known = std::any_of(found.shown.begin(), found.shown.end(),
                                 [&](const auto& shown) { return shown.client_id() == id; });
  if (known || found.shown.size() >= kMostShown) return;
  auto& duplicate = found.shown.emplace_back();
  duplicate.set_client_id(id);
  duplicate.set_short_name(std::string(row.text("short_name")));
  duplicate.set_reason(std::string(reason));
}

// Whether the caller may still get a hint at what they may not see: 20 an hour.
awaitable<bool> spend_hint(pg::Transaction& tx, const Caller& caller) {
  const auto row = co_await tx.find_one(R"sql(
      INSERT INTO duplicate_hints (user_id, hour, used)
      VALUES ($1, date_trunc('hour', now()), 1)
      ON CONFLICT (user_id, hour)
         DO UPDATE SET used = duplicate_hints.used + 1 WHERE duplicate_hints.used < 20
      RETURNING used)sql",
                                        user_param(caller));
  if (row) log::info("hidden duplicate hinted", {{"user_id", caller.user_id}});
  co_return row.has_value();
}

std::vector<pg::Param> params_of(const std::string& query, const Caller& caller,
                                 const Probe& probe) {
  const bool any = !probe.exclude_id.empty();
  return {query, user_param(caller), any ? pg::Param(probe.exclude_id) : std::nullopt};
}

std::vector<pg::Param> named(std::vector<pg::Param> params, const Probe& probe) {
  params.emplace_back(probe.full_name);
  return params;
}

}  // namespace

Probe probe_of(const v1::Client& client) {
  Probe probe{.full_name = client.full_name(), .tax_number = client.tax_number()};
  for (const auto& contact : client.contacts()) {
    if (!contact.phone_e164().empty()) probe.phones.push_back(contact.phone_e164());
    if (!contact.email().empty()) probe.emails.push_back(contact.email());
  }
  probe.exclude_id = client.id();
  return probe;
}

awaitable<Duplicates> find_duplicates(pg::Transaction& tx, const Caller& caller, Probe probe) {
  Duplicates found;
  bool any_hidden = false;
  const std::string same = same_data(probe);
  const std::string like = like_name(probe);
  std::optional<std::size_t> same_ticket;
  std::optional<std::size_t> like_ticket;
  if (!same.empty()) {
    same_ticket =
        tx.prefetch_with(candidates_sql(caller.role, false), params_of(same, caller, probe));
  }
  if (!like.empty()) {
    like_ticket = tx.prefetch_with(candidates_sql(caller.role, true),
                                   named(params_of(like, caller, probe), probe));
  }
  if (same_ticket) {
    const auto rows = co_await tx.rows_of(*same_ticket);
    for (const auto& row : rows) {
      if (!row.get<bool>("seen")) {
        any_hidden = true;
        continue;
      }
      show(found, row, reason_of(probe, row.get<std::vector<std::string>>("words")));
    }
  }
  if (like_ticket) {
    const auto rows = co_await tx.rows_of(*like_ticket);
    for (const auto& row : rows) {
      if (name_likeness(probe.full_name, row.text("full_name")) >= kAlike) show(found, row, "name");
    }
  }
  if (any_hidden) found.hidden = co_await spend_hint(tx, caller);
  co_return found;
}

}  // namespace bordero::crm
