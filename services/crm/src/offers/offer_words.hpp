#pragma once

#include <string>

#include "bordero/crm/v1/offers.pb.h"

// The words of offers on paper. Screens have their own; a PDF is read by people without one.
namespace bordero::crm::words {

// What an offer says around its table: "title", "client", "objects", "date", "no_data", "page" …
std::string fixed(const std::string& key, v1::Language language);
std::string label(const v1::ComparisonRow& row, v1::Language language);
std::string value(const v1::ComparisonRow& row, const v1::ComparisonCell& cell,
                  v1::Language language);
std::string product(v1::Product product, v1::Language language);
// "27.11.2026", "27 Nov 2026".
std::string date(const std::string& iso, v1::Language language);
// "84 250 ₽", "RUB 84,250"; kopecks only when there are any.
std::string money(const common::v1::Money& money, v1::Language language);

}  // namespace bordero::crm::words
