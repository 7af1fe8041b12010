#pragma once

#include <memory>
#include <string>

#include "bordero/notifications/v1/jobs.pb.h"
#include "platform/rpc/contract.hpp"
#include "platform/rpc/peers.hpp"

// The lists of the product as the contract declares them: every GET route that reads in pages.
namespace bordero::notifications {

struct ListContract {
  const rpc::Method* method = nullptr;
  const google::protobuf::FieldDescriptor* rows = nullptr;  // Of the reply.
};
// By what follows /api/v1/ in its address: "deals", "audit/entries".
Result<ListContract> find_list(const std::string& name);

// The list's requests for this export, without a page: one, or of chosen rows as many as it takes
// to name them in filters. A parameter that the list does not know is named.
using ListRequests = std::vector<std::unique_ptr<google::protobuf::Message>>;
Result<ListRequests> list_requests(const ListContract& list, const v1::StartExportRequest& request);

struct ListReply {
  std::unique_ptr<google::protobuf::Message> message;
  std::string next_page_token;
  int total = 0;
  bool total_estimated = false;
};
// One page, asked of the list's service as the context's user.
awaitable<Result<ListReply>> ask_page(rpc::Peers& peers, const ListContract& list,
                                      const Context& ctx, google::protobuf::Message& request,
                                      int page_size, std::string page_token);

}  // namespace bordero::notifications
