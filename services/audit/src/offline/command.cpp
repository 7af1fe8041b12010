#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include <sodium.h>

#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"
#include "services/audit/src/offline/export_lines.hpp"
#include "services/audit/src/offline/export_log.hpp"
#include "services/audit/src/offline/verify_export.hpp"
#include "services/audit/src/service.hpp"

namespace bordero::audit {
namespace {

constexpr int kHolds = 0;
constexpr int kDoesNotHold = 1;
constexpr int kNotUnderstood = 2;

constexpr const char* kUsage =
    "bordero audit export --out FILE\n"
    "    writes the log and its signed heads; reads BORDERO_AUDIT_PG_DSN\n"
    "bordero audit verify --file FILE --public-key HEX [--head FILE]\n"
    "    checks an export without any store; --head is an earlier head, as /api/v1/audit/head\n"
    "    answered it, that the log must extend\n"
    "bordero audit public-key\n"
    "    prints the key that belongs to BORDERO_AUDIT_SIGNING_KEY_FILE\n";

int not_understood(const std::string& why) {
  std::cerr << why << "\n" << kUsage;
  return kNotUnderstood;
}

// "--out FILE" pairs after the word; nothing when they do not come in pairs or are not `known`.
std::optional<std::map<std::string, std::string>> options_of(
    const std::vector<std::string>& arguments, const std::vector<std::string>& known) {
  std::map<std::string, std::string> options;
  for (std::size_t i = 1; i < arguments.size(); i += 2) {
    if (std::find(known.begin(), known.end(), arguments[i]) == known.end()) return std::nullopt;
    if (i + 1 == arguments.size()) return std::nullopt;
    options[arguments[i]] = arguments[i + 1];
  }
  return options;
}

int export_to(const std::string& path) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  if (!file) return not_understood(path + " cannot be written");
  asio::io_context io;
  pg::Database db(io.get_executor(), {.dsn = env::secret("BORDERO_AUDIT_PG_DSN"),
                                      .pool_size = 1,
                                      .application_name = "audit-export"});
  std::optional<Result<std::int64_t>> size;
  asio::co_spawn(
      io, [&]() -> awaitable<void> { size = co_await export_log(db, file); },
      [&io](std::exception_ptr failure) {
        io.stop();
        if (failure) std::rethrow_exception(failure);
      });
  io.run();
  if (!size || !*size) throw Broken("the audit log cannot be read");
  file.close();
  if (!file) throw Broken(path + " could not be written whole");
  std::cout << **size << " entries written to " << path << "\n";
  return kHolds;
}

int verify_file(const std::map<std::string, std::string>& options) {
  if (!options.contains("--file")) return not_understood("--file is missing");
  if (!options.contains("--public-key")) return not_understood("--public-key is missing");
  auto key = from_hex(options.at("--public-key"));
  if (!key || key->size() != crypto_sign_PUBLICKEYBYTES) {
    return not_understood("--public-key is not 64 hex digits");
  }
  std::vector<Head> earlier;
  if (options.contains("--head")) {
    std::ifstream file(options.at("--head"), std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    auto head = read_head(content.str());
    if (!head) return not_understood("--head does not name a head");
    earlier.push_back(std::move(head).value());
  }
  std::ifstream file(options.at("--file"), std::ios::binary);
  if (!file) return not_understood(options.at("--file") + " cannot be read");

  const ExportVerdict verdict = verify_export(file, {*key}, earlier);
  std::cout << verdict.sentence() << "\n";
  return verdict.problem ? kDoesNotHold : kHolds;
}

}  // namespace

int audit_command(const std::vector<std::string>& arguments) {
  ensure(sodium_init() >= 0, "libsodium starts");
  const std::string word = arguments.empty() ? "" : arguments.front();
  if (word == "export") {
    const auto options = options_of(arguments, {"--out"});
    if (!options || !options->contains("--out")) return not_understood("--out is missing");
    return export_to(options->at("--out"));
  }
  if (word == "verify") {
    const auto options = options_of(arguments, {"--file", "--public-key", "--head"});
    if (!options) return not_understood("an option is not known or has no value");
    return verify_file(*options);
  }
  if (word == "public-key" && arguments.size() == 1) {
    const SigningKey key(env::key_file("BORDERO_AUDIT_SIGNING_KEY_FILE"));
    std::cout << hex(key.public_key()) << "\n";
    return kHolds;
  }
  return not_understood("bordero audit does not know that word");
}

}  // namespace bordero::audit
