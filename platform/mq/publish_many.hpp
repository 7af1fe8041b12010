#pragma once

#include <memory>
#include <vector>

#include "platform/mq/mq.hpp"

namespace bordero::mq {

struct Publication {
  std::unique_ptr<google::protobuf::Message> event;
  About about;
};

// The same as `publish` of each, in one statement.
void publish_many(pg::Transaction& tx, const Context& context,
                  const std::vector<Publication>& publications);

}  // namespace bordero::mq
