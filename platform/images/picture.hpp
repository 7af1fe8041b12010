#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/result.hpp"

// Pictures that people give: what they are by their own bytes, whatever somebody calls them.
namespace bordero::images {

inline constexpr int kMostPixelsASide = 1024;

struct Picture {
  std::string content_type;  // image/png or image/jpeg.
  int width = 0;
  int height = 0;
};
// A whole PNG or JPEG of a bearable size; invalid("not_a_picture") or ("picture_too_large")
// otherwise. A PNG is decoded to the end, since readers of broken ones are known to end their
// process.
Result<Picture> look_at(const std::string& bytes);

// A PNG as it looks on white paper: three bytes a pixel, row by row. Nothing when it is broken.
struct Pixels {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;
};
std::optional<Pixels> on_white(const std::string& png);

}  // namespace bordero::images
