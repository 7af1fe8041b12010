#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>

#include "platform/telemetry/admin.hpp"
#include "platform/telemetry/health.hpp"
#include "platform/telemetry/metrics.hpp"
#include "platform/telemetry/trace.hpp"

namespace bordero::telemetry {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string get(int port, const std::string& path) {
  asio::io_context context;
  tcp::socket socket(context);
  socket.connect({asio::ip::make_address("127.0.0.1"), static_cast<std::uint16_t>(port)});
  asio::write(socket, asio::buffer("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"));
  std::string answer;
  boost::system::error_code ended;
  asio::read(socket, asio::dynamic_buffer(answer), ended);
  return answer;
}

TEST(Metrics, TheSameNameAndLabelsAreTheSameInstrument) {
  counter("bordero_test_total", "Tests.", {{"service", "crm"}}).add();
  counter("bordero_test_total", "Tests.", {{"service", "crm"}}).add(2);

  EXPECT_THAT(metrics_text(), HasSubstr("bordero_test_total{service=\"crm\"} 3"));
}

TEST(Span, WithoutTracingStillNamesATrace) {
  const Span root("root", Span::Kind::server, {});
  const Span child("child", Span::Kind::internal, root.context());

  EXPECT_EQ(root.context().trace_id.size(), 32U);
  EXPECT_EQ(child.context().trace_id, root.context().trace_id);
  EXPECT_NE(child.context().span_id, root.context().span_id);
  EXPECT_EQ(TraceContext::parse(child.context().traceparent()).span_id, child.context().span_id);
}

TEST(Span, WithoutTracingIsCheap) {
  constexpr int kSpans = 100'000;
  const TraceContext parent = Span("parent", Span::Kind::server, {}).context();

  const auto started = std::chrono::steady_clock::now();
  for (int i = 0; i < kSpans; ++i) Span("child", Span::Kind::internal, parent);
  const auto took = std::chrono::steady_clock::now() - started;

  // Measured at 0.1 µs; the bound leaves room for a busy machine.
  EXPECT_LT(took / kSpans, std::chrono::microseconds(5));
}

TEST(AdminServer, IsReadyWhenEveryDependencyIsUp) {
  static bool up = false;
  add_readiness("broker", [] { return up; });
  add_readiness("broker", [] { return true; });
  const AdminServer server("127.0.0.1:0");

  EXPECT_THAT(get(server.port(), "/readyz"), StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(get(server.port(), "/readyz"), HasSubstr(R"({"name":"broker","up":false})"));
  up = true;
  EXPECT_THAT(get(server.port(), "/readyz"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(get(server.port(), "/healthz"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(get(server.port(), "/metrics"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(get(server.port(), "/other"), StartsWith("HTTP/1.1 404"));
}

}  // namespace
}  // namespace bordero::telemetry
