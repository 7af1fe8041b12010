#pragma once

#include "platform/lists/list_query.hpp"

namespace bordero::lists {

// A list with a field of every kind.
inline const Spec& spec() {
  static const Spec deals = {
      .resource = "deals",
      .fields =
          {{"title", {.column = "d.title", .sortable = true}},
           {"number", {.column = "d.number", .type = FieldType::number}},
           {"urgent", {.column = "d.urgent", .type = FieldType::boolean}},
           {"status",
            {.column = "d.status", .type = FieldType::keyword, .keywords = {"draft", "active"}}},
           {"premium", {.column = "d.premium_minor", .type = FieldType::money}},
           {"client.full_name",
            {.column = "c.full_name",
             .within = "d.client_id IN (SELECT c.id FROM clients c WHERE $?)"}},
           {"client_id", {.column = "d.client_id", .type = FieldType::uuid}},
           {"starts_on", {.column = "d.starts_on", .type = FieldType::date}},
           {"deadline_on",
            {.column = "d.deadline_on",
             .type = FieldType::date,
             .sortable = true,
             .nullable = true}},
           {"created_at", {.column = "d.created_at", .type = FieldType::instant, .sortable = true}},
           {"member_id",
            {.type = FieldType::uuid,
             .condition = "EXISTS (SELECT 1 FROM m WHERE m.deal = d.id AND m.who = $?)",
             .person = true}},
           {"lead_id", {.column = "d.lead_id", .type = FieldType::uuid, .person = true}}},
      .default_order = "deadline_on",
      .id_column = "d.id"};
  return deals;
}

}  // namespace bordero::lists
