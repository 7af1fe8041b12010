#pragma once

#include <tuple>

#include "bordero/tasks/v1/tasks.pb.h"
#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"

namespace bordero::tasks {

class TemplateRpc {
 public:
  explicit TemplateRpc(pg::Database& db) : db_(db) {}

  awaitable<Result<v1::ListTemplatesReply>> list_templates(Context& ctx,
                                                           const v1::ListTemplatesRequest& request);
  awaitable<Result<v1::TaskTemplate>> create_template(Context& ctx,
                                                      const v1::CreateTemplateRequest& request);
  awaitable<Result<v1::TaskTemplate>> update_template(Context& ctx,
                                                      const v1::UpdateTemplateRequest& request);
  awaitable<Result<v1::TaskTemplate>> archive_template(Context& ctx,
                                                       const v1::ArchiveTemplateRequest& request);
  awaitable<Result<void>> still_visible(Context& ctx, const std::string& id);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&TemplateRpc::list_templates, &TemplateRpc::create_template,
                      &TemplateRpc::update_template, &TemplateRpc::archive_template);
  }

 private:
  pg::Database& db_;
};

}  // namespace bordero::tasks
