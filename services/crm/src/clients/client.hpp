#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bordero/crm/v1/clients.pb.h"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"

namespace bordero::crm {

// What the rules need to know about a client; the full view is v1::Client.
struct Client {
  v1::ClientType type = v1::CLIENT_TYPE_INDIVIDUAL;
  v1::ClientStatus status = v1::CLIENT_STATUS_POTENTIAL;
  bool archived = false;
};

// By hand a client becomes inactive, or comes back from there; policies make it active.
Result<void> may_set_status(const Client& client, v1::ClientStatus to);
Result<void> may_change(const Client& client);
Result<void> may_archive(const Client& client);
Result<void> may_restore(const Client& client);
// Who owns a client that the caller creates or changes: only admins name another.
Result<std::string> owner_of_new(const Caller& caller, const std::string& asked);

// How alike two names are, from 0 to 1: wholly when one has all words of the other, each with at
// most one slip, and else by shared triples of letters; without word order, case, ё and forms of
// companies.
double name_likeness(std::string_view one, std::string_view other);
constexpr double kAlike = 0.6;
// The words that tell a name from others: no ООО, no ИП.
std::vector<std::u32string> telling_words(std::string_view name);

}  // namespace bordero::crm
