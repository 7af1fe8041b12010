#include "services/crm/src/clients/client.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "platform/search/folding.hpp"

namespace bordero::crm {
namespace {

// Forms of companies, short and in full words.
bool is_form(const std::u32string& word) {
  static constexpr std::array<std::u32string_view, 23> kForms = {U"ооо",
                                                                 U"оао",
                                                                 U"зао",
                                                                 U"пао",
                                                                 U"ао",
                                                                 U"ип",
                                                                 U"нко",
                                                                 U"тоо",
                                                                 U"llc",
                                                                 U"ltd",
                                                                 U"общество",
                                                                 U"с",
                                                                 U"ограниченной",
                                                                 U"ответственностью",
                                                                 U"публичное",
                                                                 U"непубличное",
                                                                 U"открытое",
                                                                 U"закрытое",
                                                                 U"акционерное",
                                                                 U"индивидуальный",
                                                                 U"предприниматель",
                                                                 U"некоммерческая",
                                                                 U"организация"};
  return std::find(kForms.begin(), kForms.end(), word) != kForms.end();
}

// The same, or with one letter more, less, other or in another place.
bool nearly_same(const std::u32string& one, const std::u32string& other) {
  constexpr std::size_t kShortest = 4;  // Among shorter words a slip makes another word.
  if (one == other) return true;
  const auto& longer = one.size() >= other.size() ? one : other;
  const auto& shorter = one.size() >= other.size() ? other : one;
  if (shorter.size() < kShortest || longer.size() - shorter.size() > 1) return false;
  const auto at = static_cast<std::size_t>(
      std::mismatch(shorter.begin(), shorter.end(), longer.begin()).first - shorter.begin());
  const std::u32string_view rest(longer);
  if (longer.size() > shorter.size()) return rest.substr(at + 1) == shorter.substr(at);
  if (rest.substr(at + 1) == shorter.substr(at + 1)) return true;
  return at + 1 < longer.size() && longer[at] == shorter[at + 1] && longer[at + 1] == shorter[at] &&
         rest.substr(at + 2) == shorter.substr(at + 2);
}

// Whether each word of the shorter name stands in the other: a patronymic was left out.
bool is_part_of(std::vector<std::u32string> one, std::vector<std::u32string> other) {
  if (one.size() > other.size()) std::swap(one, other);
  if (one.empty() || (one.size() == 1 && other.size() > 1)) return false;
  return std::all_of(one.begin(), one.end(), [&](const auto& word) {
    const auto found = std::find_if(other.begin(), other.end(),
                                    [&](const auto& with) { return nearly_same(word, with); });
    if (found == other.end()) return false;
    other.erase(found);
    return true;
  });
}

// Triples of letters of each word, with two spaces before and one after, as pg_trgm has them.
std::set<std::u32string> triples_of(std::string_view name) {
  std::set<std::u32string> triples;
  for (const auto& word : telling_words(name)) {
    const std::u32string padded = U"  " + word + U" ";
    for (std::size_t i = 0; i + 3 <= padded.size(); ++i) triples.insert(padded.substr(i, 3));
  }
  return triples;
}

}  // namespace

Result<void> may_set_status(const Client& client, v1::ClientStatus to) {
  if (to == client.status) return {};
  if (to == v1::CLIENT_STATUS_INACTIVE) return {};
  if (to == v1::CLIENT_STATUS_ACTIVE) return refused("client_active_is_automatic", {"inactive"});
  if (to == v1::CLIENT_STATUS_POTENTIAL && client.status == v1::CLIENT_STATUS_INACTIVE) return {};
  if (to == v1::CLIENT_STATUS_UNSPECIFIED) return invalid_field("status", "required");
  return refused("client_status_not_allowed", {"inactive"});
}

Result<void> may_change(const Client& client) {
  if (client.archived) return refused("client_is_archived");
  return {};
}

Result<void> may_archive(const Client& client) {
  if (client.archived) return refused("client_is_archived");
  return {};
}

Result<void> may_restore(const Client& client) {
  if (!client.archived) return refused("client_is_not_archived");
  return {};
}

Result<std::string> owner_of_new(const Caller& caller, const std::string& asked) {
  if (asked.empty() || asked == caller.user_id) return caller.user_id;
  if (caller.role != Role::admin) return invalid_field("owner_id", "admins_only");
  return asked;
}

std::vector<std::u32string> telling_words(std::string_view name) {
  const auto all = search::folded_words(name);
  auto words = all;
  // "OOO" is typed on either keyboard.
  std::erase_if(words, [](const auto& word) {
    return is_form(word) || is_form(search::cyrillic_twins(word));
  });
  return words.empty() ? all : words;
}

double name_likeness(std::string_view one, std::string_view other) {
  if (is_part_of(telling_words(one), telling_words(other))) return 1;
  const auto first = triples_of(one);
  const auto second = triples_of(other);
  if (first.empty() || second.empty()) return 0;
  const auto shared = std::count_if(first.begin(), first.end(),
                                    [&](const auto& triple) { return second.contains(triple); });
  const auto all = static_cast<double>(first.size() + second.size()) - static_cast<double>(shared);
  return static_cast<double>(shared) / all;
}

}  // namespace bordero::crm
