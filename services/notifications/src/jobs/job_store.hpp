#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/jobs/job_store.hpp"
#include "services/notifications/src/jobs/job.hpp"

// What exports have beside what every job has (platform/jobs).
namespace bordero::notifications {

using jobs::JobId;

// The jobs of this service, and whom their ends are told by besides the inbox.
jobs::Declaration job_declaration(std::vector<std::string> channels);
JobRights rights_of(const pg::Row& row);

void save_export(pg::Transaction& tx, JobId id, const common::v1::Job& job);
void save_left_deals(pg::Transaction& tx, JobId id, const std::vector<std::string>& left);
void delete_parts(pg::Transaction& tx, JobId id);
void insert_part(pg::Transaction& tx, JobId id, int number, std::string data);
void save_file(pg::Transaction& tx, JobId id, const std::string& name, std::int64_t size);
// The part of a file that begins at `offset`; nothing where no part begins.
awaitable<std::optional<std::string>> find_part(pg::Transaction& tx, JobId id, std::int64_t offset);

// Forgets who left which deal before any job that is kept.
void forget_left_deals(pg::Transaction& tx);

}  // namespace bordero::notifications
