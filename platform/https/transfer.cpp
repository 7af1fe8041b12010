#include "platform/https/transfer.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/trim.hpp>
#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <cstring>
#include <locale>

#include "platform/https/repeats.hpp"

// What curl asks of a transfer: its options and what is called while it runs.
namespace bordero::https {
namespace {

constexpr std::size_t kMaxHeaderBytes = 64 * 1024;
constexpr std::size_t kMaxHeaders = 200;
constexpr std::size_t kAhead = 256 * 1024;  // Received for the sink, or taken from the source.
constexpr long kConnectMs = 10'000;
constexpr long kKeptSeconds = 60;

void append(std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>& list,
            const std::string& line) {
  curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw Broken("no memory for a header");
  if (list == nullptr) list.reset(longer);  // Later ones leave the first where it is.
}

}  // namespace

Transfer::Transfer(std::shared_ptr<Engine> engine, Request& request, const Target& target,
                   const Options& options, const AddressRule* rule, Clock::time_point deadline)
    : engine_(std::move(engine)),
      request_(request),
      rule_(rule),
      deadline_(deadline),
      signal_(engine_->executor()) {
  if (!easy_) throw Broken("no memory for a transfer");
  set_up(target, options);
  set_method();
  set_headers();
}

Transfer::~Transfer() { engine_->remove(easy_.get()); }

void Transfer::set_up(const Target& target, const Options& options) {
  CURL* const easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_CURLU, target.url.get());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // Not the one of the environment.
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  // Without it, giving up a name that is slow to resolve would hold the thread until it is.
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!options.ca_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, options.ca_file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);  // Rather share a connection than open another.
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
  curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, kKeptSeconds);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  for (const auto& entry : options.resolve) append(resolve_, entry);
  curl_easy_setopt(easy, CURLOPT_RESOLVE, resolve_.get());
  // A connection that was made for an address of ours must not carry one of a user.
  if (rule_ != nullptr) {
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  }
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_write);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  // What goes to a sink comes as it is: its ranges count bytes of the file.
  if (!request_.sink) curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
}

void Transfer::set_method() {
  CURL* const easy = easy_.get();
  const std::string& method = request_.method;
  const bool has_body = request_.source || !request_.body.empty() || method == "POST" ||
                        method == "PUT" || method == "PATCH";
  if (method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  if (has_body) {
    const auto size = request_.source ? request_.source_size.value_or(-1)
                                      : static_cast<std::int64_t>(request_.body.size());
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(size));
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &Transfer::on_read);
    curl_easy_setopt(easy, CURLOPT_READDATA, this);
  }
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method.c_str());
  // Curl sends a request again by itself when a kept connection ends without an answer, although
  // the other side may have acted on it. It cannot where the body cannot be read again.
  if (is_repeatable(request_)) {
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, &Transfer::on_seek);
    curl_easy_setopt(easy, CURLOPT_SEEKDATA, this);
  } else if (!request_.source && request_.body.empty()) {
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  }
}

void Transfer::set_headers() {
  append(headers_, "Expect:");  // No waiting for a leave to send.
  append(headers_, "User-Agent: Bordero");
  for (const Header& header : request_.headers) {
    // Curl removes a header that has no value, unless it ends in a semicolon.
    append(headers_, header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
}

std::size_t Transfer::on_read(char* to, std::size_t size, std::size_t count, void* transfer) {
  auto& self = *static_cast<Transfer*>(transfer);
  self.touch();
  const bool streamed = static_cast<bool>(self.request_.source);
  const std::string& from = streamed ? self.pieces_ : self.request_.body;
  std::size_t& sent = streamed ? self.sent_of_pieces_ : self.sent_of_body_;
  const std::size_t part = std::min(size * count, from.size() - sent);
  if (part > 0) {
    std::memcpy(to, from.data() + sent, part);
    sent += part;
    if (streamed) self.wake();
    return part;
  }
  if (!streamed || self.source_ended_) return 0;
  self.send_paused_ = true;
  self.wake();
  return CURL_READFUNC_PAUSE;
}

int Transfer::on_seek(void* transfer, curl_off_t offset, int origin) {
  auto& self = *static_cast<Transfer*>(transfer);
  if (self.request_.source || origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_FAIL;
  self.sent_of_body_ = std::min(static_cast<std::size_t>(offset), self.request_.body.size());
  return CURL_SEEKFUNC_OK;
}

bool Transfer::goes_to_sink() const {
  return request_.sink && response_.status >= 200 && response_.status < 300;
}

// Giving back another count than was given makes curl end the transfer.
std::size_t Transfer::on_write(char* from, std::size_t size, std::size_t count, void* transfer) {
  auto& self = *static_cast<Transfer*>(transfer);
  self.touch();
  const std::size_t bytes = size * count;
  const bool to_sink = self.goes_to_sink();
  if (to_sink && self.inbox_.size() >= kAhead) {
    self.receive_paused_ = true;
    self.wake();
    return CURL_WRITEFUNC_PAUSE;
  }
  std::string& to = to_sink ? self.inbox_ : self.response_.body;
  const auto received = self.received_ + static_cast<std::int64_t>(bytes);
  const auto most =
      to_sink ? self.request_.max_download : static_cast<std::int64_t>(self.request_.max_answer);
  if (received > most) {
    self.own_ending_ = Ending::too_large;
    return 0;
  }
  self.received_ = received;
  to.append(from, bytes);
  if (to_sink) self.wake();
  return bytes;
}

std::size_t Transfer::on_header(char* from, std::size_t size, std::size_t count, void* transfer) {
  auto& self = *static_cast<Transfer*>(transfer);
  self.touch();
  const std::string_view line(from, size * count);
  self.header_bytes_ += line.size();
  auto& headers = self.response_.headers;
  if (self.header_bytes_ > kMaxHeaderBytes || headers.size() >= kMaxHeaders) {
    self.own_ending_ = Ending::too_large;
    return 0;
  }
  // Each answer begins with its status: an interim one (1xx) comes before the final one.
  if (line.starts_with("HTTP/")) {
    long status = 0;
    curl_easy_getinfo(self.easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    self.response_.status = static_cast<int>(status);
    headers.clear();
  } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    boost::algorithm::to_lower(name, std::locale::classic());
    std::string value(line.substr(colon + 1));
    boost::algorithm::trim(value, std::locale::classic());
    headers.push_back({std::move(name), std::move(value)});
  }
  return line.size();
}

// The one place where a socket is made, with the address that it will be connected to.
curl_socket_t Transfer::on_open(void* transfer, curlsocktype purpose, curl_sockaddr* address) {
  auto& self = *static_cast<Transfer*>(transfer);
  asio::ip::address to;
  if (address->family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address->addr, sizeof v4);
    to = asio::ip::address_v4(ntohl(v4.sin_addr.s_addr));
  } else if (address->family == AF_INET6) {
    // Longer than the type that curl declares it with; the bytes are there.
    asio::ip::address_v6::bytes_type bytes;
    const auto* const raw = reinterpret_cast<const unsigned char*>(&address->addr);
    std::memcpy(bytes.data(), raw + offsetof(sockaddr_in6, sin6_addr), bytes.size());
    to = asio::ip::address_v6(bytes);
  }
  const bool known = address->family == AF_INET || address->family == AF_INET6;
  if (purpose != CURLSOCKTYPE_IPCXN || !known || !self.rule_->allows(to)) {
    self.refused_address_ = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void Transfer::ended(CURLcode code) {
  code_ = code;
  wake();
}

}  // namespace bordero::https
