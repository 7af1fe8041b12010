#pragma once

#include <memory>
#include <string>

namespace bordero::testing {

// Stands between a client and a store, and breaks what runs through it on demand.
class FaultyProxy {
 public:
  // In front of the host:port of a URL.
  explicit FaultyProxy(const std::string& url);
  ~FaultyProxy();

  // The URL with the proxy's address in place of the store's.
  std::string url() const;
  void cut();                   // Ends every connection now; new ones are welcome.
  void refuse(bool on);         // Ends every connection, and new ones as they come.
  void lose_answers(bool on);   // What the store says is thrown away.
  void stall(bool on);          // What the store says is not even read.
  int connections() const;      // Open now.
  long bytes_to_store() const;  // Since the start.

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::string url_;
};

}  // namespace bordero::testing
