#include "demo/run_seed.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>

namespace bordero::demo {

void run_seed(const std::string& dsn, const std::string& application_name,
              const std::function<awaitable<Result<void>>(pg::Database&)>& work) {
  asio::io_context io;
  pg::Database db(io.get_executor(),
                  {.dsn = dsn, .pool_size = 1, .application_name = application_name});
  std::exception_ptr failed;
  std::string refused;
  asio::co_spawn(io, work(db), [&](std::exception_ptr thrown, Result<void> done) {
    failed = thrown;
    if (!thrown && !done) refused = done.error().reason;
    io.stop();  // The pool's own timers would keep it running.
  });
  io.run();
  if (failed) std::rethrow_exception(failed);
  if (!refused.empty()) throw Broken("the demo data were refused: " + refused);
}

}  // namespace bordero::demo
