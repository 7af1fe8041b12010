#include "services/crm/src/clients/client.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "platform/search/folding.hpp"

namespace bordero::crm {
namespace {

bool is_form(const std::u32string& word) {
  static constexpr std::array<std::u32string_view, 10> kForms = {
      U"ооо", U"оао", U"зао", U"пао", U"ао", U"ип", U"нко", U"тоо", U"llc", U"ltd"};
  return std::find(kForms.begin(), kForms.end(), word) != kForms.end();
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
  auto words = search::folded_words(name);
  std::erase_if(words, is_form);
  return words;
}

double name_likeness(std::string_view one, std::string_view other) {
  const auto first = triples_of(one);
  const auto second = triples_of(other);
  if (first.empty() || second.empty()) return 0;
  const auto shared = std::count_if(first.begin(), first.end(),
                                    [&](const auto& triple) { return second.contains(triple); });
  const auto all = static_cast<double>(first.size() + second.size()) - static_cast<double>(shared);
  return static_cast<double>(shared) / all;
}

}  // namespace bordero::crm
