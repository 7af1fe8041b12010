#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "bordero/crm/v1/calculations.pb.h"
#include "platform/base/result.hpp"

namespace bordero::crm {

// Whether a quote of the product says what is paid at most; ОСАГО's sums are set by law, and
// programmes of ДМС have limits of their own.
bool has_coverage_sum(v1::Product product);

// The fields of v1::CalculationTerms that belong to a product, in the order that people read them.
const std::vector<std::string>& terms_of(v1::Product product);

// Refuses a term that does not belong to the product, and terms that contradict each other.
Result<void> check_terms(v1::Product product, const v1::CalculationTerms& terms);

// The conditions that a quote of the product should name and this one does not, by field.
std::vector<std::string> unfilled(const v1::Calculation& calculation);

// Whether the message has this field and it says something.
bool is_set(const google::protobuf::Message& message, const std::string& field);

}  // namespace bordero::crm
