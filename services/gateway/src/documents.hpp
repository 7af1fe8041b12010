#pragma once

#include <string>

// The documents that are generated from the contract; the copies in docs/ are checked by a test.
namespace bordero::gateway {

std::string openapi_document();  // JSON, OpenAPI 3.1: docs/openapi.json.
std::string events_document();   // Markdown: docs/events.md.
std::string routes_page();       // HTML without scripts: /api/docs.

}  // namespace bordero::gateway
