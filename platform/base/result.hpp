#pragma once

#include <utility>
#include <variant>

#include "platform/base/error.hpp"

namespace bordero {

// A value, or the rule that forbids it.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return held_.index() == 0; }
  bool ok() const { return held_.index() == 0; }

  T& value() & { return std::get<0>(held_); }
  const T& value() const& { return std::get<0>(held_); }
  T&& value() && { return std::get<0>(std::move(held_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error& error() & { return std::get<1>(held_); }
  const Error& error() const& { return std::get<1>(held_); }
  Error&& error() && { return std::get<1>(std::move(held_)); }

 private:
  std::variant<T, Error> held_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : failed_(true), error_(std::move(error)) {}

  explicit operator bool() const { return !failed_; }
  bool ok() const { return !failed_; }
  void value() const {}
  Error& error() & { return error_; }
  const Error& error() const& { return error_; }
  Error&& error() && { return std::move(error_); }

 private:
  bool failed_ = false;
  Error error_;
};

}  // namespace bordero

#define BORDERO_JOIN_(a, b) a##b
#define BORDERO_JOIN(a, b) BORDERO_JOIN_(a, b)

// The value, or return its Error: `const Date end = TRY(parse_date(text));`
#define TRY(...)                                   \
  ({                                               \
    auto&& tried_ = (__VA_ARGS__);                 \
    if (!tried_) return std::move(tried_).error(); \
    std::move(tried_).value();                     \
  })

// The same in a coroutine: `CO_TRY(const auto id, parse_id<Deal>(request.deal_id(), "deal_id"));`
#define CO_TRY(declaration, ...)                                 \
  auto&& BORDERO_JOIN(tried_, __LINE__) = (__VA_ARGS__);         \
  if (!BORDERO_JOIN(tried_, __LINE__))                           \
    co_return std::move(BORDERO_JOIN(tried_, __LINE__)).error(); \
  declaration = std::move(BORDERO_JOIN(tried_, __LINE__)).value()

#define CO_TRY_VOID(...)                              \
  do {                                                \
    auto&& tried_ = (__VA_ARGS__);                    \
    if (!tried_) co_return std::move(tried_).error(); \
  } while (false)
