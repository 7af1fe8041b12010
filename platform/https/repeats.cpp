#include "platform/https/repeats.hpp"

#include <algorithm>
#include <array>

#include "platform/base/backoff.hpp"

namespace bordero::https {
namespace {

constexpr auto kShortest = std::chrono::milliseconds(50);
constexpr auto kLongest = std::chrono::milliseconds(1000);

bool is_passing(int status) {
  constexpr std::array kPassing = {429, 500, 502, 503, 504};
  return std::ranges::find(kPassing, status) != kPassing.end();
}

}  // namespace

bool is_repeatable(const Request& request) {
  constexpr std::array<std::string_view, 5> kIdempotent = {"GET", "HEAD", "PUT", "DELETE",
                                                           "OPTIONS"};
  return request.repeatable || std::ranges::find(kIdempotent, request.method) != kIdempotent.end();
}

bool worth_repeating(const Request& request, const Outcome& outcome, bool consumed) {
  if (consumed) return false;
  switch (outcome.ending) {
    case Ending::answered:
      return is_passing(outcome.response.status) && is_repeatable(request);
    case Ending::unreachable:
    case Ending::too_slow:
    case Ending::broke_off:
      return !outcome.left || is_repeatable(request);
    default:
      return false;
  }
}

std::chrono::milliseconds pause_before(int repeat, std::chrono::seconds retry_after) {
  return retry_after + bordero::pause_before(repeat, kShortest, kLongest);
}

bool host_failed(const Outcome& outcome) {
  switch (outcome.ending) {
    case Ending::answered:
      return outcome.response.status >= 500;
    case Ending::too_large:
    case Ending::not_allowed:
    case Ending::given_up:
      return false;
    default:
      return true;
  }
}

}  // namespace bordero::https
