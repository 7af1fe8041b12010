#pragma once

#include <string>

namespace bordero::testing {

// One of `count` places that test programs of this machine share, for as long as this lives; waits
// while all are taken. The next of a process is another than its last: a quorum queue must not be
// deleted in the moment after it was declared (see tools/stacklib/rabbitmq.py).
class Claim {
 public:
  Claim(const std::string& kind, int count);
  ~Claim();
  Claim(const Claim&) = delete;
  int number() const { return number_; }

 private:
  int file_ = -1;
  int number_ = 0;
};

}  // namespace bordero::testing
