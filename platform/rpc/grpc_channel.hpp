#pragma once

#include <memory>
#include <string>

#include "platform/rpc/channel.hpp"

namespace bordero::rpc {

// Lives on one worker thread's executor; `address` is host:port. Who answers there proves by its
// certificate to be `service`, and takes the name in ours for who asks.
std::unique_ptr<Channel> grpc_channel(asio::any_io_executor executor, const std::string& service,
                                      const std::string& address);

}  // namespace bordero::rpc
