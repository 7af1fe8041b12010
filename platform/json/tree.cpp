#include "platform/json/tree.hpp"

// Boost.JSON is compiled here, so that nothing links its library.
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "platform/json/json.hpp"

namespace bordero::json {
namespace {

using boost::json::error_code;
using boost::json::string_view;

// Builds the value and refuses what Boost.JSON alone would let pass. A key said twice would be
// resolved silently, and differently by others who read the same text.
struct Builder {
  // NOLINTBEGIN(readability-identifier-naming): Boost.JSON asks for these names.
  static constexpr std::size_t max_object_size = kMaxValues * 100;
  static constexpr std::size_t max_array_size = kMaxValues * 100;
  static constexpr std::size_t max_key_size = 1 << 20;
  static constexpr std::size_t max_string_size = 1 << 24;
  // NOLINTEND(readability-identifier-naming)

  boost::json::value_stack stack;
  std::vector<std::vector<std::string>> keys;  // Of each open object.
  std::string key;
  std::size_t values_left = 0;
  const char* reason = "";

  bool fail(const char* why, error_code& ec) {
    reason = why;
    ec = boost::json::error::exception;
    return false;
  }
  bool count(error_code& ec) {
    if (values_left == 0) return fail("json_too_many_values", ec);
    --values_left;
    return true;
  }
  bool no_nul(string_view text, error_code& ec) {
    return text.find('\0') == string_view::npos || fail("nul_in_text", ec);
  }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& ec) {
    keys.emplace_back();
    return count(ec);
  }
  bool on_object_end(std::size_t size, error_code& ec) {
    auto& names = keys.back();
    std::sort(names.begin(), names.end());
    if (std::adjacent_find(names.begin(), names.end()) != names.end()) {
      return fail("duplicate_key", ec);
    }
    keys.pop_back();
    stack.push_object(size);
    return true;
  }
  bool on_array_begin(error_code& ec) { return count(ec); }
  bool on_array_end(std::size_t size, error_code&) {
    stack.push_array(size);
    return true;
  }
  bool on_key_part(string_view part, std::size_t, error_code& ec) {
    key.append(part.data(), part.size());
    stack.push_chars(part);
    return no_nul(part, ec);
  }
  bool on_key(string_view part, std::size_t, error_code& ec) {
    key.append(part.data(), part.size());
    keys.back().push_back(std::move(key));
    key.clear();
    stack.push_key(part);
    return no_nul(part, ec);
  }
  bool on_string_part(string_view part, std::size_t, error_code& ec) {
    stack.push_chars(part);
    return no_nul(part, ec);
  }
  bool on_string(string_view part, std::size_t, error_code& ec) {
    stack.push_string(part);
    return no_nul(part, ec) && count(ec);
  }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t number, string_view, error_code& ec) {
    stack.push_int64(number);
    return count(ec);
  }
  bool on_uint64(std::uint64_t number, string_view, error_code& ec) {
    stack.push_uint64(number);
    return count(ec);
  }
  bool on_double(double number, string_view, error_code& ec) {
    stack.push_double(number);
    return count(ec);
  }
  bool on_bool(bool flag, error_code& ec) {
    stack.push_bool(flag);
    return count(ec);
  }
  bool on_null(error_code& ec) {
    stack.push_null();
    return count(ec);
  }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }
};

const char* reason_of(const Builder& builder, const error_code& ec) {
  if (*builder.reason) return builder.reason;
  if (ec == boost::json::error::too_deep) return "json_too_deep";
  return "malformed_json";
}

}  // namespace

Result<boost::json::value> parse_tree(std::string_view text, std::size_t max_values) {
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::json::basic_parser<Builder> parser(options);
  Builder& builder = parser.handler();
  builder.values_left = max_values;
  builder.stack.reset();

  error_code ec;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
  if (ec || read != text.size()) {
    return invalid(reason_of(builder, ec), "at byte " + std::to_string(read));
  }
  return builder.stack.release();
}

void append_tree(std::string& out, const boost::json::value& tree) {
  switch (tree.kind()) {
    case boost::json::kind::object: {
      bool first = true;
      out += '{';
      for (const auto& [key, item] : tree.get_object()) {
        if (!first) out += ',';
        first = false;
        append_string(out, {key.data(), key.size()});
        out += ':';
        append_tree(out, item);
      }
      out += '}';
      return;
    }
    case boost::json::kind::array: {
      bool first = true;
      out += '[';
      for (const boost::json::value& item : tree.get_array()) {
        if (!first) out += ',';
        first = false;
        append_tree(out, item);
      }
      out += ']';
      return;
    }
    case boost::json::kind::string:
      return append_string(out, {tree.get_string().data(), tree.get_string().size()});
    case boost::json::kind::int64:
      out += std::to_string(tree.get_int64());
      return;
    case boost::json::kind::uint64:
      out += std::to_string(tree.get_uint64());
      return;
    case boost::json::kind::double_: {
      char digits[32];
      out.append(digits, std::to_chars(digits, digits + sizeof digits, tree.get_double()).ptr);
      return;
    }
    case boost::json::kind::bool_:
      out += tree.get_bool() ? "true" : "false";
      return;
    default:
      out += "null";
  }
}

bool valid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || i + length > text.size()) return false;
    std::uint32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      if ((byte & 0xC0) != 0x80) return false;
      point = point << 6 | (byte & 0x3F);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) return false;
    i += length;
  }
  return true;
}

}  // namespace bordero::json
