#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include "bordero/common/v1/common.pb.h"
#include "bordero/crm/v1/deals.pb.h"
#include "platform/base/result.hpp"
#include "platform/search/marked_words.hpp"

namespace bordero::crm {

using InsuredObjects = google::protobuf::RepeatedPtrField<v1::InsuredObject>;

// Each object has only fields of its kind: no VIN on a flat. Names the first that has not.
Result<void> check_objects(const InsuredObjects& objects);
// Gives untitled objects a title made of their own fields.
void title_objects(InsuredObjects& objects);
// Worth a look: VINs whose check digit is wrong.
void add_object_warnings(const InsuredObjects& objects,
                         google::protobuf::RepeatedPtrField<common::v1::Warning>& warnings);
void add_object_words(const InsuredObjects& objects, search::MarkedWords& words);

}  // namespace bordero::crm
