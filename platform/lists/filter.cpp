#include "platform/lists/filter.hpp"

namespace bordero::lists {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}
// What may stand in a value without quotes: words, numbers, dates, times, ids.
bool is_bare(char c) {
  const bool special = c == '"' || c == '\'' || c == '(' || c == ')' || c == ',' || c == '=' ||
                       c == '<' || c == '>' || c == '!' || c == '\\';
  return !is_space(c) && !special;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<std::vector<Term>> parse() {
    std::vector<Term> terms;
    skip_spaces();
    while (!at_end()) {
      if (terms.size() == kMaxTerms) return error("too_many_terms", "at most 20 comparisons");
      if (!terms.empty()) TRY(joined());
      terms.push_back(TRY(term()));
      skip_spaces();
    }
    return terms;
  }

 private:
  bool at_end() const { return at_ == text_.size(); }
  void skip_spaces() {
    while (!at_end() && is_space(text_[at_])) ++at_;
  }
  // The column of a byte, in characters.
  int column(std::size_t byte) const {
    int characters = 1;
    for (std::size_t i = 0; i < byte; ++i) characters += (text_[i] & 0xC0) != 0x80 ? 1 : 0;
    return characters;
  }
  Error error(std::string code, const std::string& what) const {
    return filter_error(std::move(code), column(at_), what);
  }
  std::string_view take_while(bool (*accepts)(char)) {
    const std::size_t start = at_;
    while (!at_end() && accepts(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  Result<void> joined() {
    const std::size_t start = at_;
    if (take_while(is_bare) == "AND") {
      skip_spaces();
      if (at_end()) return error("bad_filter", "a comparison is missing after AND");
      return {};
    }
    at_ = start;
    return error("bad_filter", "AND is expected; OR, NOT and parentheses are not supported");
  }

  Result<Term> term() {
    Term term;
    term.field_column = column(at_);
    term.field = take_while(is_name);
    if (term.field.empty()) return error("bad_filter", "the name of a field is expected");
    skip_spaces();
    term.op = TRY(comparison());
    skip_spaces();
    term.value_column = column(at_);
    term.value = TRY(value(term.quoted));
    return term;
  }

  Result<std::string> comparison() {
    for (const std::string_view op : {"!=", "<=", ">=", "=", "<", ">", ":"}) {
      if (!text_.substr(at_).starts_with(op)) continue;
      at_ += op.size();
      return std::string(op);
    }
    return error("bad_filter", "one of = != < <= > >= : is expected");
  }

  Result<std::string> value(bool& quoted) {
    if (at_end()) return error("bad_filter", "a value is expected");
    quoted = text_[at_] == '"' || text_[at_] == '\'';
    if (quoted) return quoted_value();
    const std::string_view bare = take_while(is_bare);
    if (bare.empty()) return error("bad_filter", "a value is expected");
    return std::string(bare);
  }

  Result<std::string> quoted_value() {
    const std::size_t start = at_;
    const char quote = text_[at_++];
    std::string value;
    while (!at_end() && text_[at_] != quote) {
      if (text_[at_] == '\\') ++at_;
      if (!at_end()) value.push_back(text_[at_++]);
    }
    if (at_end()) {
      at_ = start;
      return error("bad_filter", "the quote is not closed");
    }
    ++at_;
    return value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// How many bytes the character that starts with `lead` has; 0 when none starts so.
std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

// The second byte has a narrower range after these: no overlong forms, surrogates, or > U+10FFFF.
bool second_fits(unsigned char lead, unsigned char second) {
  if (lead == 0xE0) return second >= 0xA0;
  if (lead == 0xED) return second < 0xA0;
  if (lead == 0xF0) return second >= 0x90;
  if (lead == 0xF4) return second < 0x90;
  return true;
}

}  // namespace

Error filter_error(std::string code, int column, const std::string& what) {
  return invalid_field("filter", std::move(code), "column " + std::to_string(column) + ": " + what);
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = length_of(lead);
    if (lead == 0 || length == 0 || at + length > text.size()) return false;
    for (std::size_t i = 1; i < length; ++i) {
      const auto byte = static_cast<unsigned char>(text[at + i]);
      if ((byte & 0xC0) != 0x80 || (i == 1 && !second_fits(lead, byte))) return false;
    }
    at += length;
  }
  return true;
}

Result<std::vector<Term>> parse_filter(std::string_view filter) {
  if (filter.size() > kMaxFilterBytes) {
    return invalid_field("filter", "filter_too_long", "at most 2048 bytes");
  }
  if (!is_utf8(filter)) return invalid_field("filter", "bad_filter", "not well-formed UTF-8");
  return Parser(filter).parse();
}

}  // namespace bordero::lists
