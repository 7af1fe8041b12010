#include "services/gateway/src/documents/pretty.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "platform/json/json.hpp"

namespace bordero::gateway {
namespace {

void append(std::string& out, const boost::json::value& value, std::size_t indent);

void new_line(std::string& out, std::size_t indent) {
  out += '\n';
  out.append(indent * 2, ' ');
}

void append_object(std::string& out, const boost::json::object& object, std::size_t indent) {
  out += '{';
  bool first = true;
  for (const auto& [key, item] : object) {
    if (!first) out += ',';
    first = false;
    new_line(out, indent + 1);
    json::append_string(out, {key.data(), key.size()});
    out += ": ";
    append(out, item, indent + 1);
  }
  if (!first) new_line(out, indent);
  out += '}';
}

void append_array(std::string& out, const boost::json::array& array, std::size_t indent) {
  out += '[';
  bool first = true;
  for (const auto& item : array) {
    if (!first) out += item.is_structured() ? "," : ", ";
    first = false;
    if (item.is_structured()) new_line(out, indent + 1);
    append(out, item, indent + 1);
  }
  if (!array.empty() && array[0].is_structured()) new_line(out, indent);
  out += ']';
}

void append(std::string& out, const boost::json::value& value, std::size_t indent) {
  if (value.is_object()) return append_object(out, value.get_object(), indent);
  if (value.is_array()) return append_array(out, value.get_array(), indent);
  if (value.is_string()) {
    const auto& text = value.get_string();
    return json::append_string(out, {text.data(), text.size()});
  }
  if (value.is_bool()) {
    out += value.get_bool() ? "true" : "false";
  } else if (value.is_int64()) {
    out += std::to_string(value.get_int64());
  } else {
    out += "null";
  }
}

}  // namespace

std::string pretty(const boost::json::value& value) {
  std::string out;
  append(out, value, 0);
  return out + "\n";
}

}  // namespace bordero::gateway
