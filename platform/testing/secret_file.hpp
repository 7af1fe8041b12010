#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "platform/base/uuid.hpp"

namespace bordero::testing {

// The file of a secret, replaced as those who exchange secrets do: by a rename.
class SecretFile {
 public:
  explicit SecretFile(const std::string& content) { replace(content); }
  ~SecretFile() { unlink(path_.c_str()); }
  SecretFile(const SecretFile&) = delete;

  void replace(const std::string& content) {
    const std::string draft = path_ + ".new";
    std::ofstream(draft) << content << '\n';
    std::filesystem::rename(draft, path_);
  }
  // As settings pass it on.
  std::string secret() const { return "file:" + path_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_ = std::filesystem::temp_directory_path() / ("secret-" + Uuid::v7().str());
};

}  // namespace bordero::testing
