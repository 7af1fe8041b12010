#include <iostream>
#include <string>
#include <vector>

#include "app/commands.hpp"
#include "app/serve.hpp"
#include "platform/base/env.hpp"
#include "platform/tls/tls.hpp"
#include "services/audit/src/service.hpp"
#include "services/gateway/src/documents.hpp"

namespace {

constexpr const char* kUsage = R"(usage: bordero <word> [arguments]

  all                      every service in this process
  gateway | auth | crm | audit | payments | tasks | notifications
                           one service; it talks to the others over gRPC
  migrate                  bring the databases to this release's schema
  seed [--size demo|large] fill them with an invented agency; the large one as large as told by
                           --clients --deals --policies --tasks N
  first-admin              print the first administrator's one-time link, once
  parked list | read | replay | discard SERVICE [EVENT]
                           events that a service could not apply
  reconcile [SERVICE]      compare copies of records with their owners now, and repair them
  audit verify | export    prove the audit log offline, or write it out for that
  openapi | events-doc | callers-doc
                           print the documents generated from the contract

Settings come from the environment; see .env.example.
)";

// PEM files: whom this process believes, who it is, and the key that proves it.
bordero::tls::Files tls_files() {
  return {.authority = bordero::env::text("BORDERO_TLS_CA_FILE", ""),
          .certificate = bordero::env::text("BORDERO_TLS_CERT_FILE", ""),
          .key = bordero::env::text("BORDERO_TLS_KEY_FILE", "")};
}

int run(const std::vector<std::string>& words) {
  using namespace bordero;
  if (words.empty()) {
    std::cerr << kUsage;
    return 2;
  }
  const std::string& word = words.front();
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  if (word == "audit" && !rest.empty()) return audit::audit_command(rest);
  if (app::is_served(word)) return app::serve(word);
  if (word == "migrate") return app::migrate(rest);
  if (word == "seed") return app::seed(rest);
  if (word == "first-admin") return app::first_admin(rest);
  if (word == "parked") return app::parked(rest);
  if (word == "reconcile") return app::reconcile(rest);
  if (word == "openapi") {
    std::cout << gateway::openapi_document();
    return 0;
  }
  if (word == "events-doc") {
    std::cout << gateway::events_document();
    return 0;
  }
  if (word == "callers-doc") {
    std::cout << gateway::callers_document();
    return 0;
  }
  std::cerr << kUsage;
  return word == "help" || word == "--help" ? 0 : 2;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    bordero::tls::use(tls_files());
    return run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const bordero::env::BadSetting& refused) {
    std::cerr << "bordero: " << refused.what() << '\n';
    return 2;
  } catch (const std::exception& failed) {
    std::cerr << "bordero: " << failed.what() << '\n';
    return 1;
  }
}
