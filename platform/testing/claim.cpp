#include "platform/testing/claim.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "platform/base/error.hpp"

namespace bordero::testing {
namespace {

int open_place(const std::string& kind, int number) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("bordero-tests-" + std::to_string(getuid()));
  std::filesystem::create_directories(folder);
  const auto path = folder / (kind + "-" + std::to_string(number));
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) throw Broken("cannot open " + path.string());
  return file;
}

}  // namespace

// The lock goes with the process, so a test that crashed holds nothing.
Claim::Claim(const std::string& kind, int count) {
  static int next = getpid();
  const int first = next++;
  for (int i = 0; i < count; ++i) {
    number_ = (first + i) % count;
    file_ = open_place(kind, number_);
    if (flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    close(file_);
  }
  file_ = open_place(kind, number_);
  if (flock(file_, LOCK_EX) != 0) throw Broken("cannot lock a place for " + kind);
}

Claim::~Claim() { close(file_); }

}  // namespace bordero::testing
