#include "app/idle_memory.hpp"

#ifdef BORDERO_TCMALLOC
#include <gperftools/malloc_extension.h>
#endif

namespace bordero::app {
namespace {

constexpr std::chrono::seconds kPeriod{30};

awaitable<void> release() {
#ifdef BORDERO_TCMALLOC
  constexpr std::size_t kWorthIt = std::size_t{8} << 20;
  auto* const allocator = MallocExtension::instance();
  std::size_t free_bytes = 0;
  allocator->GetNumericProperty("tcmalloc.pageheap_free_bytes", &free_bytes);
  if (free_bytes > kWorthIt) allocator->ReleaseFreeMemory();
#endif
  co_return;
}

}  // namespace

IdleMemory::IdleMemory(asio::any_io_executor executor)
    : job_(std::move(executor), "release_memory", kPeriod, release) {
  job_.start();
}

}  // namespace bordero::app
