#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>
#include <future>

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

// Takes one request of an exporter and answers it; gives the request.
std::string one_export(tcp::acceptor& acceptor) {
  tcp::socket socket = acceptor.accept();
  std::string request;
  const auto head = asio::read_until(socket, asio::dynamic_buffer(request), "\r\n\r\n");
  const auto length = request.find("Content-Length: ");
  const auto size = std::stoul(request.substr(length + 16));
  asio::read(socket, asio::dynamic_buffer(request),
             asio::transfer_exactly(head + size - request.size()));
  asio::write(socket, asio::buffer(std::string("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));
  return request;
}

// Leaves the process with 0 when the collector got the span, so that tracing stays off in the
// others.
[[noreturn]] void export_a_span() {
  asio::io_context context;
  tcp::acceptor collector(context, {asio::ip::make_address("127.0.0.1"), 0});
  const auto port = std::to_string(collector.local_endpoint().port());
  auto received = std::async(std::launch::async, [&] { return one_export(collector); });
  start_tracing("crm", "http://127.0.0.1:" + port + "/v1/traces", 1.0);
  TraceContext parent;
  parent.trace_id = "0af7651916cd43dd8448eb211c80319c";
  parent.span_id = "b7ad6b7169203331";
  parent.sampled = true;
  bool continued = false;
  {
    Span span("close a deal", Span::Kind::server, parent);
    span.set("rpc.method", "CloseDeal");
    continued = span.context().trace_id == parent.trace_id && span.context().sampled;
  }
  stop_tracing();
  const std::string request = received.get();
  const bool named = request.find("close a deal") != std::string::npos &&
                     request.find("service.name") != std::string::npos;
  std::_Exit(continued && named && request.starts_with("POST /v1/traces") ? 0 : 1);
}

TEST(Span, IsExportedAsPartOfItsTrace) {
  EXPECT_EXIT(export_a_span(), ::testing::ExitedWithCode(0), "");
}

TEST(AdminServer, IsReadyWhenEveryRequiredDependencyIsUp) {
  static bool up = false;
  add_readiness("broker", [] { return up; });
  add_readiness("broker", [] { return true; });
  add_readiness("archive", [] { return false; }, false);
  const AdminServer server("127.0.0.1:0");

  EXPECT_THAT(get(server.port(), "/readyz"), StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(get(server.port(), "/readyz"), HasSubstr(R"({"name":"broker","up":false})"));
  up = true;
  EXPECT_THAT(get(server.port(), "/readyz"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(get(server.port(), "/readyz"), HasSubstr(R"({"name":"archive","up":false})"));
  EXPECT_THAT(get(server.port(), "/healthz"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(get(server.port(), "/metrics"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(get(server.port(), "/other"), StartsWith("HTTP/1.1 404"));
}

}  // namespace
}  // namespace bordero::telemetry
