#include "platform/images/picture.hpp"

#include <png.h>

#include <string_view>

namespace bordero::images {
namespace {

constexpr std::string_view kPngStart = "\x89PNG\r\n\x1a\n";
constexpr std::string_view kJpegStart = "\xFF\xD8\xFF";
constexpr std::string_view kJpegEnd = "\xFF\xD9";
constexpr int kRgb = 3;

int two_bytes(const std::string& bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]) << 8 | static_cast<unsigned char>(bytes[at + 1]);
}

bool bearable(int width, int height) {
  return width >= 1 && height >= 1 && width <= kMostPixelsASide && height <= kMostPixelsASide;
}

// libpng's own reader for whole pictures: it ends with an answer, never with its caller.
struct PngReader {
  explicit PngReader(const std::string& bytes) {
    image.version = PNG_IMAGE_VERSION;
    opened = png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) != 0;
  }
  ~PngReader() { png_image_free(&image); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  int width() const { return static_cast<int>(image.width); }
  int height() const { return static_cast<int>(image.height); }
  std::optional<Pixels> read() {
    Pixels pixels{.width = width(), .height = height(), .rgb = {}};
    image.format = PNG_FORMAT_RGB;
    pixels.rgb.resize(PNG_IMAGE_SIZE(image));
    const png_color white{255, 255, 255};
    if (png_image_finish_read(&image, &white, pixels.rgb.data(), 0, nullptr) == 0) {
      return std::nullopt;
    }
    return pixels;
  }

  png_image image{};
  bool opened = false;
};

Result<Picture> look_at_png(const std::string& bytes) {
  PngReader reader(bytes);
  if (!reader.opened) return invalid("not_a_picture");
  if (!bearable(reader.width(), reader.height())) return invalid("picture_too_large");
  const Picture found{"image/png", reader.width(), reader.height()};
  if (!reader.read()) return invalid("not_a_picture");
  return found;
}

// The segment of a JPEG that says its size: SOF0, SOF1 or SOF2, as every viewer reads.
bool says_size(int marker) { return marker >= 0xC0 && marker <= 0xC2; }

Result<Picture> look_at_jpeg(const std::string& bytes) {
  constexpr int kScan = 0xDA;
  if (!bytes.ends_with(kJpegEnd)) return invalid("not_a_picture");
  std::optional<Picture> found;
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    if (bytes[at] != '\xFF') return invalid("not_a_picture");
    const int marker = static_cast<unsigned char>(bytes[at + 1]);
    const auto length = static_cast<std::size_t>(two_bytes(bytes, at + 2));
    if (length < 2 || at + 2 + length > bytes.size()) return invalid("not_a_picture");
    if (marker == kScan) break;
    if (says_size(marker)) {
      if (length < 8 + kRgb) return invalid("not_a_picture");
      const int bits = static_cast<unsigned char>(bytes[at + 4]);
      const int colours = static_cast<unsigned char>(bytes[at + 9]);
      if (bits != 8 || (colours != 1 && colours != kRgb)) return invalid("not_a_picture");
      found = Picture{"image/jpeg", two_bytes(bytes, at + 7), two_bytes(bytes, at + 5)};
    }
    at += 2 + length;
  }
  if (!found) return invalid("not_a_picture");
  if (!bearable(found->width, found->height)) return invalid("picture_too_large");
  return *found;
}

}  // namespace

Result<Picture> look_at(const std::string& bytes) {
  if (bytes.starts_with(kPngStart)) return look_at_png(bytes);
  if (bytes.starts_with(kJpegStart)) return look_at_jpeg(bytes);
  return invalid("not_a_picture");
}

std::optional<Pixels> on_white(const std::string& png) {
  PngReader reader(png);
  if (!reader.opened || !bearable(reader.width(), reader.height())) return std::nullopt;
  return reader.read();
}

}  // namespace bordero::images
