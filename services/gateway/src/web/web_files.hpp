#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "platform/http/server.hpp"

namespace bordero::gateway {

// The built browser application, read into memory once and shared by all worker threads.
class WebFiles {
 public:
  explicit WebFiles(const std::string& root);
  // The file of this path, or the page itself for the application's own addresses.
  httpd::Response serve(const httpd::Request& request) const;
  // "'sha256-…'" of each inline script of the page, for the Content-Security-Policy.
  const std::vector<std::string>& script_hashes() const { return script_hashes_; }

 private:
  struct File {
    std::string type;
    std::string etag;
    bool lasting = false;  // Its name changes with its content.
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> brotli;
    std::shared_ptr<const std::string> gzip;
  };
  httpd::Response answer(const File& file, const httpd::Request& request) const;

  std::map<std::string, File> files_;
  std::vector<std::string> script_hashes_;
};

// The headers that stand on every answer of this installation.
std::vector<std::pair<std::string, std::string>> security_headers(
    const std::vector<std::string>& script_hashes, const std::string& public_url);

}  // namespace bordero::gateway
