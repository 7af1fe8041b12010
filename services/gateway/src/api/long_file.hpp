#pragma once

#include <string>

#include "bordero/common/v1/files.pb.h"
#include "platform/http/server.hpp"
#include "platform/rpc/peers.hpp"
#include "services/gateway/src/sessions/sessions.hpp"

namespace bordero::gateway {

// Whom to ask for the parts of a file, and for whom.
struct FileSource {
  rpc::Peers& peers;
  Sessions& sessions;
  const rpc::Method& method;
  std::string secret;  // Of the session: it is asked before each part whether it still lives.
};

// A file in parts, of which the reply has the first, becomes a stream that asks for the others:
// only one part is in memory at a time. Replies of other types stay as they are.
void add_rest_of_file(FileSource source, const google::protobuf::Message& request,
                      const google::protobuf::Message& answer, httpd::Reply& reply);

}  // namespace bordero::gateway
