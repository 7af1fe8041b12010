#pragma once

#include <string>

#include "platform/rpc/queues.hpp"

// The documents that are generated from the contract; the copies in docs/ are checked by a test.
namespace bordero::gateway {

std::string openapi_document();  // JSON, OpenAPI 3.1: docs/openapi.json.
std::string events_document();   // Markdown: docs/events.md.
// Its part about queues, commands and doors; empty when there are none.
std::string queues_chapter(const rpc::Queues& queues);
std::string callers_document();  // JSON, who may call which rpc of whom: docs/callers.json.
std::string routes_page();       // HTML without scripts: /api/docs.

}  // namespace bordero::gateway
