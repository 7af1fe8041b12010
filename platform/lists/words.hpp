#pragma once

#include <string>

#include "platform/lists/list_page.hpp"

namespace bordero::lists {

// Where the words of one kind of record stand: a table with `key`, words and users, and a function
// of the database that gives at most so many of its rows: found(tsquery, integer).
struct WordTable {
  const char* table;
  const char* key;
  const char* found;
};

// How many records words find, as far as the way to read a list depends on it.
awaitable<bool> finds_few(pg::Transaction& tx, const WordTable& words, const std::string& tsquery);
// Those few, as `s`: "deals_found($3::tsquery, 4000) s".
std::string few_found(const WordTable& words, std::size_t param);

// Narrows the list to records whose words answer what was typed; `record_id` is the list's own.
// Of few, the list is sorted; many are met soon by going along the list. With `own` the records of
// others are never looked at; the caller is $1 then.
awaitable<void> narrow_to_words(pg::Transaction& tx, ListSource& source, const WordTable& words,
                                const char* record_id, const std::string& typed, bool own);

}  // namespace bordero::lists
