#pragma once

#include <string>

#include "platform/lists/list_page.hpp"

namespace bordero::lists {

// Where the words of one kind of record stand: a table with `key`, words and users, and functions
// of the database that give at most so many of its rows. found(tsquery, integer) gathers them from
// the index of words, which costs what all that are there cost; met(tsquery, integer) goes along
// the table until it has met enough.
struct WordTable {
  const char* table;
  const char* key;
  const char* found;
  const char* met;
};

// Whether the statistics know these words as common: then they are met soon, and to gather all that
// have them takes long.
awaitable<bool> finds_many(pg::Transaction& tx, const WordTable& words, const std::string& tsquery);
// The function that gives some of what words find soonest.
awaitable<const char*> way_to(pg::Transaction& tx, const WordTable& words,
                              const std::string& tsquery);
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
