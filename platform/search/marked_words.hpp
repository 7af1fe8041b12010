#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bordero::search {

// The first letter of a marked word says what it is, so that a search tells what it matched.
enum class Mark : char {
  word = 'w',
  phone = 'p',
  email = 'e',
  tax_number = 't',
  vin = 'v',
  plate = 'g',
  number = 'n',
};
std::string marked(Mark mark, std::string_view text);

// What one record is found by.
class MarkedWords {
 public:
  void add_words(std::string_view text);
  // With each ending of at least five digits, so that any part of the number finds it.
  void add_phone(std::string_view e164);
  void add_email(std::string_view email);
  void add_tax_number(std::string_view number);
  void add_vin(std::string_view vin);        // Also by its last eight, six and four characters.
  void add_plate(std::string_view plate);    // Also from its digits on: "123ВС77".
  void add_number(std::string_view number);  // "2026-000147" also as "000147" and "147".

  std::vector<std::string> list() const;

 private:
  void add(Mark mark, std::string_view text);

  std::set<std::string> words_;
};

}  // namespace bordero::search
