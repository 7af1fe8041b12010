#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "platform/base/context.hpp"
#include "platform/base/result.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::payments {

struct Person {
  std::string id = Uuid::v7().str();
  Role role = Role::agent;
};

inline const std::string kInsurer = "01988c00-00e1-7000-8000-000000000001";

// The value of an answer; a refusal ends the test with its reason.
template <class T>
T must(Result<T> result) {
  if (result) return std::move(result).value();
  std::string why = result.error().reason;
  for (const auto& field : result.error().fields) why += " " + field.field + ":" + field.code;
  throw std::runtime_error("refused: " + why);
}

}  // namespace bordero::payments
