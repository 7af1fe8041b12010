#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>

#include "services/tasks/src/seed/demo.hpp"
#include "services/tasks/src/seed/large.hpp"
#include "services/tasks/src/service.hpp"

namespace bordero::tasks {

namespace {

void seed_demo_now(const Config& config) {
  asio::io_context io;
  pg::Database db(io.get_executor(),
                  {.dsn = config.pg_dsn, .pool_size = 1, .application_name = "tasks-seed"});
  std::exception_ptr failed;
  std::string refused;
  asio::co_spawn(io, seed_demo(db), [&](std::exception_ptr thrown, Result<void> done) {
    failed = thrown;
    if (!thrown && !done) refused = done.error().reason;
    io.stop();  // The pool's own timers would keep it running.
  });
  io.run();
  if (failed) std::rethrow_exception(failed);
  if (!refused.empty()) throw Broken("the demo data were refused: " + refused);
}

}  // namespace

void seed(const Config& config, const SeedOptions& options) {
  seed_demo_now(config);
  if (options.large) seed_large(config, options);
}

}  // namespace bordero::tasks
