#include "platform/lists/filter.hpp"

#include <algorithm>
#include <charconv>

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

// Recursive descent; only parentheses recurse, and their depth is limited.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<Node> parse() {
    skip_spaces();
    if (at_end()) return Node();
    Node node = TRY(expression());
    if (!at_end()) return error("bad_filter", "there is no ( for this )");
    return node;
  }

 private:
  bool at_end() const { return at_ == text_.size(); }
  bool at(char c) const { return !at_end() && text_[at_] == c; }
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
  // AND, OR or NOT as a word of its own.
  bool take_word(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    const std::size_t end = at_ + word.size();
    if (end < text_.size() && is_bare(text_[end])) return false;
    at_ = end;
    skip_spaces();
    return true;
  }

  // Until the end or a closing parenthesis.
  Result<Node> expression() {
    Node all;
    while (true) {
      all.parts.push_back(TRY(factor()));
      skip_spaces();
      if (at_end() || at(')')) break;
      if (take_word("AND") && at_end()) {
        return error("bad_filter", "a comparison is missing after AND");
      }
    }
    return all.parts.size() == 1 ? std::move(all.parts[0]) : all;
  }

  Result<Node> factor() {
    Node any{.kind = Node::Kind::any};
    do {
      any.parts.push_back(TRY(term()));
      skip_spaces();
    } while (take_word("OR"));
    return any.parts.size() == 1 ? std::move(any.parts[0]) : any;
  }

  Result<Node> term() {
    const bool minus = at('-');
    if (minus) ++at_;
    const bool negated = minus || take_word("NOT");
    Node inner = TRY(at('(') ? composite() : restriction());
    if (!negated) return inner;
    Node node{.kind = Node::Kind::negated};
    node.parts.push_back(std::move(inner));
    return node;
  }

  Result<Node> composite() {
    const std::size_t start = at_++;
    if (++depth_ > kMaxDepth) return error("too_deep", "at most 10 parentheses within each other");
    skip_spaces();
    Node node = TRY(expression());
    if (!at(')')) {
      at_ = start;
      return error("bad_filter", "the parenthesis is not closed");
    }
    ++at_;
    --depth_;
    return node;
  }

  Result<Node> restriction() {
    Node node{.kind = Node::Kind::term};
    node.term.column = column(at_);
    node.term.field = take_while(is_name);
    if (node.term.field.empty()) return error("bad_filter", "the name of a field is expected");
    skip_spaces();
    node.term.op = TRY(comparison());
    skip_spaces();
    if (at('(')) {
      node.term.values = TRY(alternatives());
    } else {
      node.term.values.push_back(TRY(value()));
    }
    return node;
  }

  Result<std::string> comparison() {
    for (const std::string_view op : {"!=", "<=", ">=", "=", "<", ">", ":"}) {
      if (!text_.substr(at_).starts_with(op)) continue;
      at_ += op.size();
      return std::string(op);
    }
    return error("bad_filter", "one of = != < <= > >= : is expected");
  }

  Result<std::vector<Value>> alternatives() {
    ++at_;
    std::vector<Value> values;
    do {
      skip_spaces();
      values.push_back(TRY(value()));
      skip_spaces();
    } while (take_word("OR"));
    if (!at(')')) return error("bad_filter", "OR or ) is expected");
    ++at_;
    return values;
  }

  Result<Value> value() {
    if (++values_ > kMaxValues) return error("too_many_terms", "at most 40 values");
    Value value{.column = column(at_)};
    if (at('"') || at('\'')) {
      TRY(quoted(value));
      return value;
    }
    value.text = take_while(is_bare);
    const bool word = value.text == "AND" || value.text == "OR" || value.text == "NOT";
    if (value.text.empty() || word) {
      return filter_error("bad_filter", value.column, "a value is expected");
    }
    if (at('(')) {
      TRY(function(value));
      return value;
    }
    if (value.text == "null") value.kind = Value::Kind::null;
    for (std::size_t i = 0; i < value.text.size(); ++i) {
      if (value.text[i] == '*') value.stars.push_back(i);
    }
    return value;
  }

  Result<void> quoted(Value& value) {
    const std::size_t start = at_;
    const char quote = text_[at_++];
    value.quoted = true;
    while (!at_end() && text_[at_] != quote) {
      const bool escaped = text_[at_] == '\\';
      if (escaped) ++at_;
      if (at_end()) break;
      if (!escaped && text_[at_] == '*') value.stars.push_back(value.text.size());
      value.text.push_back(text_[at_++]);
    }
    if (at_end()) {
      at_ = start;
      return error("bad_filter", "the quote is not closed");
    }
    ++at_;
    return {};
  }

  // today(), days(-7)
  Result<void> function(Value& value) {
    value.kind = Value::Kind::function;
    ++at_;
    skip_spaces();
    const std::string_view text = take_while(is_bare);
    if (!text.empty()) {
      int number = 0;
      const auto [end, fault] = std::from_chars(text.begin(), text.end(), number);
      if (fault != std::errc() || end != text.end()) {
        return error("bad_filter", "a function takes a whole number or nothing");
      }
      value.argument = number;
    }
    skip_spaces();
    if (!at(')')) return error("bad_filter", ") is expected");
    ++at_;
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
  int depth_ = 0;
};

}  // namespace

Error filter_error(std::string code, int column, const std::string& what) {
  return invalid_field("filter", std::move(code), "column " + std::to_string(column) + ": " + what);
}

Result<Node> parse_filter(std::string_view filter) {
  if (filter.size() > kMaxFilterBytes) {
    return invalid_field("filter", "filter_too_long", "at most 2048 bytes");
  }
  if (!is_utf8(filter)) return invalid_field("filter", "bad_filter", "not well-formed UTF-8");
  return Parser(filter).parse();
}

bool speaks_of(const Node& node, std::string_view field) {
  if (node.kind == Node::Kind::term) return node.term.field == field;
  return std::any_of(node.parts.begin(), node.parts.end(),
                     [&](const Node& part) { return speaks_of(part, field); });
}

}  // namespace bordero::lists
