#include "bordero/@name@/v1/background.pb.h"
#include "platform/background/work.hpp"
#include "platform/projection/copies.hpp"
#include "platform/projection/users.hpp"
#include "services/@word@/src/service.hpp"

namespace bordero::@name@ {

struct Background::Parts {
  background::Work work;
};

// One line for each event that it reacts to, each copy that it keeps, and each rule of its own.
Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(new Parts{
          {executor,
           {.service = "@name@", .pg_dsn = config.pg_dsn, .amqp_url = config.amqp_url}}}) {
  background::Work& work = parts_->work;
  projection::follow_users(work.consumer());
  work.keep({projection::copy_of_users(work.db(), peers, "@name@")},
            background::compared_event<v1::CopiesCompared>());
}
Background::~Background() = default;

void Background::start() { parts_->work.start(); }
void Background::stop() { parts_->work.stop(); }

}  // namespace bordero::@name@
