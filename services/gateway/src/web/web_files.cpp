#include "services/gateway/src/web/web_files.hpp"

#include <absl/strings/escaping.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "platform/base/bytes.hpp"
#include "platform/base/log.hpp"
#include "services/gateway/src/answers.hpp"

namespace bordero::gateway {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNoPage =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Bordero</title>"
    "<p>The browser application is not built: <code>make run</code> builds it. "
    "The API is described at <a href=\"/api/docs\">/api/docs</a>.</html>";

std::string type_of(const std::string& path) {
  static constexpr std::array<std::pair<const char*, const char*>, 13> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".webp", "image/webp"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".txt", "text/plain; charset=utf-8"},
      {".wasm", "application/wasm"},
  }};
  for (const auto& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

std::shared_ptr<const std::string> content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return nullptr;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return std::make_shared<const std::string>(std::move(bytes).str());
}

std::vector<std::string> hashes_of_inline_scripts(std::string_view page) {
  constexpr std::string_view kOpen = "<script>";
  std::vector<std::string> hashes;
  for (std::size_t at = page.find(kOpen); at != page.npos; at = page.find(kOpen, at + 1)) {
    const std::size_t start = at + kOpen.size();
    const std::size_t end = page.find("</script>", start);
    if (end == page.npos) break;
    const std::string hash = sha256(page.substr(start, end - start));
    hashes.push_back("'sha256-" + absl::Base64Escape(hash) + "'");
  }
  return hashes;
}

bool accepts(const httpd::Request& request, std::string_view coding) {
  std::string_view list = request.header("accept-encoding");
  while (!list.empty()) {
    const std::size_t end = list.find(',');
    std::string_view item = list.substr(0, end);
    list = end == list.npos ? std::string_view() : list.substr(end + 1);
    while (item.starts_with(' ')) item.remove_prefix(1);
    if (!item.starts_with(coding)) continue;
    const std::string_view rest = item.substr(coding.size());
    const bool refused = rest.find("q=0") != rest.npos && rest.find("q=0.") == rest.npos;
    if ((rest.empty() || rest.front() == ';' || rest.front() == ' ') && !refused) return true;
  }
  return false;
}

}  // namespace

WebFiles::WebFiles(const std::string& root) {
  std::error_code missing;
  for (fs::recursive_directory_iterator at(root, missing), end; !missing && at != end;
       at.increment(missing)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with('.')) {  // The build's own notes.
      if (at->is_directory()) at.disable_recursion_pending();
      continue;
    }
    if (!at->is_regular_file() || name.ends_with(".br") || name.ends_with(".gz")) continue;
    File file;
    file.plain = content_of(at->path());
    if (!file.plain) continue;
    file.brotli = content_of(at->path().string() + ".br");
    file.gzip = content_of(at->path().string() + ".gz");
    file.etag = "\"" + hex(sha256(*file.plain)).substr(0, 32) + "\"";
    const std::string path = "/" + fs::relative(at->path(), root).generic_string();
    file.type = type_of(path);
    file.lasting = path.starts_with("/assets/");
    files_.emplace(path, std::move(file));
  }
  const auto page = files_.find("/index.html");
  if (page == files_.end()) {
    log::warning("no browser application", {{"web_root", root}});
  } else {
    script_hashes_ = hashes_of_inline_scripts(*page->second.plain);
  }
}

httpd::Response WebFiles::answer(const File& file, const httpd::Request& request) const {
  httpd::Response response;
  response.headers = {
      {"Content-Type", file.type},
      {"ETag", file.etag},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", file.lasting ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (request.header("if-none-match") == file.etag) {
    response.status = 304;
    return response;
  }
  response.shared_body = file.plain;
  if (file.brotli && accepts(request, "br")) {
    response.shared_body = file.brotli;
    response.headers.emplace_back("Content-Encoding", "br");
  } else if (file.gzip && accepts(request, "gzip")) {
    response.shared_body = file.gzip;
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
  return response;
}

httpd::Response WebFiles::serve(const httpd::Request& request) const {
  if (const auto file = files_.find(request.path); file != files_.end()) {
    return answer(file->second, request);
  }
  // Addresses of the application have no ending; a file that is not there is not the page.
  const std::size_t name = request.path.rfind('/') + 1;
  if (request.path.find('.', name) != std::string::npos || request.path.starts_with("/assets/")) {
    return text_answer(404, "text/plain; charset=utf-8", "Not found.\n");
  }
  const auto page = files_.find("/index.html");
  if (page == files_.end()) return text_answer(200, "text/html; charset=utf-8", kNoPage);
  return answer(page->second, request);
}

std::vector<std::pair<std::string, std::string>> security_headers(
    const std::vector<std::string>& script_hashes, const std::string& public_url) {
  std::string scripts = "'self'";
  for (const std::string& hash : script_hashes) scripts += " " + hash;
  const std::string policy =
      "default-src 'none'; script-src " + scripts +
      "; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; "
      "manifest-src 'self'; worker-src 'self'; frame-src blob:; form-action 'self'; "
      "frame-ancestors 'none'; object-src 'none'; base-uri 'none'; "
      "require-trusted-types-for 'script'; trusted-types 'none'; report-uri /csp-reports";
  std::vector<std::pair<std::string, std::string>> headers = {
      {"Content-Security-Policy", policy},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy",
       "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"}};
  if (public_url.starts_with("https://")) {
    headers.emplace_back("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  }
  return headers;
}

}  // namespace bordero::gateway
