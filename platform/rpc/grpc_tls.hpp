#pragma once

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_context.h>

#include <memory>
#include <string>

namespace bordero::rpc {

// Credentials of this process as client and as server, from the files of platform/tls; changed
// files count for the connections that are made after it.
std::shared_ptr<grpc::ChannelCredentials> channel_credentials();
std::shared_ptr<grpc::ServerCredentials> server_credentials();

// The name in the certificate with which the caller proved itself.
std::string caller_in(const grpc::ServerContextBase& context);

}  // namespace bordero::rpc
