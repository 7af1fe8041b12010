#pragma once

#include <string_view>

namespace bordero::demo {

// The invented agency, as it introduces itself on paper.
struct Agency {
  std::string_view name;
  std::string_view phone;
  std::string_view address;
};
inline constexpr Agency kAgency{"Страховое агентство «Меридиан»", "+7 495 000-00-00",
                                "Москва, ул. Примерная, 1"};

}  // namespace bordero::demo
