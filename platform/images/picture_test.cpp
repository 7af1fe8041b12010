#include "platform/images/picture.hpp"

#include <gtest/gtest.h>

#include "platform/base/bytes.hpp"

namespace bordero::images {
namespace {

// Four by two pixels of half-transparent orange.
const std::string& png() {
  static const std::string bytes = *from_hex(
      "89504e470d0a1a0a0000000d49484452000000040000000208060000007fa87d63000000114944415478"
      "9c637854a0d0808c19d005000e990f913614d5cc0000000049454e44ae426082");
  return bytes;
}

// What comes before the scan of a JPEG of this size, an empty scan, and the end.
std::string jpeg(int width, int height, char bits = 8) {
  const auto two = [](int number) {
    return std::string{static_cast<char>(number >> 8), static_cast<char>(number)};
  };
  const std::string colours("\x01\x11\x00\x02\x11\x01\x03\x11\x01", 9);
  return "\xFF\xD8\xFF\xE0" + two(4) + "ab" + "\xFF\xC0" + two(17) + std::string(1, bits) +
         two(height) + two(width) + std::string(1, 3) + colours + "\xFF\xDA" + two(2) + "\xFF\xD9";
}

std::string why_not(const std::string& bytes) {
  const auto found = look_at(bytes);
  return found ? "" : found.error().reason;
}

TEST(Picture, IsKnownByItsBytes) {
  EXPECT_EQ(look_at(png())->content_type, "image/png");
  EXPECT_EQ(look_at(png())->width, 4);
  EXPECT_EQ(look_at(png())->height, 2);
  EXPECT_EQ(look_at(jpeg(300, 200))->content_type, "image/jpeg");
  EXPECT_EQ(look_at(jpeg(300, 200))->width, 300);
  EXPECT_EQ(look_at(jpeg(300, 200))->height, 200);
  for (const char* other : {"", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "GIF89a", "RIFF",
                            "\x89PNG", "%PDF-1.7"}) {
    EXPECT_EQ(why_not(other), "not_a_picture") << other;
  }
}

TEST(Picture, IsOfABearableSize) {
  EXPECT_EQ(why_not(jpeg(kMostPixelsASide, kMostPixelsASide)), "");
  EXPECT_EQ(why_not(jpeg(kMostPixelsASide + 1, 10)), "picture_too_large");
  EXPECT_EQ(why_not(jpeg(10, 0)), "picture_too_large");
  EXPECT_EQ(why_not(jpeg(10, 10, 12)), "not_a_picture");
}

TEST(Picture, IsWhole) {
  for (std::size_t size = 0; size < png().size() - 12; ++size) {
    EXPECT_EQ(why_not(png().substr(0, size)), "not_a_picture") << size;
  }
  const std::string whole = jpeg(30, 20);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(why_not(whole.substr(0, size)), "not_a_picture") << size;
  }
}

// Whatever is wrong with it, the answer is an answer.
TEST(Picture, AnyWrongByteEndsInAnAnswer) {
  for (const std::string& good : {png(), jpeg(30, 20)}) {
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (int flip = 1; flip < 256; flip <<= 1) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ flip);
        const auto found = look_at(bad);
        if (found && found->content_type == "image/png") {
          EXPECT_TRUE(on_white(bad).has_value());
        }
      }
    }
  }
}

TEST(Picture, ATransparentOneLooksAsOnPaper) {
  const auto pixels = on_white(png());

  ASSERT_TRUE(pixels.has_value());
  ASSERT_EQ(pixels->rgb.size(), 24U);
  EXPECT_GT(pixels->rgb[1], 0x70);
  EXPECT_GT(pixels->rgb[2], 0x20);
  EXPECT_LT(pixels->rgb[2], 0xFF);
  EXPECT_FALSE(on_white("no picture").has_value());
}

}  // namespace
}  // namespace bordero::images
