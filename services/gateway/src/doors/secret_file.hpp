#pragma once

#include <mutex>
#include <string>
#include <vector>

namespace bordero::gateway {

// The secrets in a file, one a line: two are valid while one takes the other's place. Read again
// when the file changes, also when another was renamed to its name. Used by all worker threads.
class SecretFile {
 public:
  explicit SecretFile(std::string path) : path_(std::move(path)) {}
  // Empty while there is no such file.
  std::vector<std::string> secrets();

 private:
  // What tells one content from another without reading it.
  struct Mark {
    unsigned long device = 0;
    unsigned long inode = 0;
    long size = -1;
    long changed_s = 0;
    long changed_ns = 0;
    bool operator==(const Mark&) const = default;
  };
  static Mark mark_of(const std::string& path);

  const std::string path_;
  std::mutex guard_;
  Mark mark_;
  std::vector<std::string> secrets_;
};

// Whether both are the same, in a time that says nothing of where they differ.
bool same_secret(const std::string& one, const std::string& other);
// HMAC-SHA-256, 64 hex digits.
std::string signature_of(const std::string& key, const std::string& text);

}  // namespace bordero::gateway
