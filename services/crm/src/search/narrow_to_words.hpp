#pragma once

#include <string>

#include "platform/lists/list_page.hpp"

namespace bordero::crm {

// Where the words of one kind of record stand.
struct WordTable {
  const char* table;
  const char* id;         // Its key…
  const char* record_id;  // …and the same in the list.
};
inline constexpr WordTable kClientWords = {"client_search", "client_id", "c.id"};
inline constexpr WordTable kDealWords = {"deal_search", "deal_id", "d.id"};

// Narrows the list to records found by words. With `own` those of others are never looked at; the
// caller is $1 then.
void narrow_to_words(lists::ListSource& source, const WordTable& words, const std::string& typed,
                     bool own);

}  // namespace bordero::crm
