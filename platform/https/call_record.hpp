#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "platform/base/context.hpp"
#include "platform/base/error.hpp"
#include "platform/https/transfer.hpp"
#include "platform/telemetry/trace.hpp"

namespace bordero::https {

// What metrics, spans and logs learn of a call: its name, its host and how it ended. Never its
// address, its headers or its bodies.
class CallRecord {
 public:
  CallRecord(std::string call, std::string host, const Context& ctx);
  // Without an end of its own the call was cancelled.
  ~CallRecord();
  CallRecord(const CallRecord&) = delete;
  CallRecord& operator=(const CallRecord&) = delete;

  void repeated();
  void ended(const Outcome& outcome);
  // It was not made. Gives the error back.
  Error refused(std::string_view outcome, Error error);

 private:
  std::string call_;
  std::string host_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  telemetry::Span span_;
  int repeats_ = 0;
  bool ended_ = false;

  void count(std::string_view outcome);
  void warn(std::string_view outcome, int status, std::string_view detail);
};

}  // namespace bordero::https
