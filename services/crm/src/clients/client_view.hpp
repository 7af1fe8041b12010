#pragma once

#include "platform/pg/row.hpp"
#include "platform/policy/policy.hpp"
#include "platform/search/marked_words.hpp"
#include "services/crm/src/clients/client.hpp"

namespace bordero::crm {

// A client, and how the caller relates to it.
struct SeenClient {
  v1::Client view;
  policy::Relation relation;
};

Client rule_view(const v1::Client& view);
// Checks what people typed, and derives phones in E.164 and the short name.
Result<void> complete_client(v1::Client& client);
search::MarkedWords words_of(const v1::Client& client);
// Fills what depends on who asks: warnings and capabilities.
void show_client(v1::Client& view, const Caller& caller, const policy::Relation& relation);

}  // namespace bordero::crm
