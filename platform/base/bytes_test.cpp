#include "platform/base/bytes.hpp"

#include <gtest/gtest.h>

#include "platform/base/backoff.hpp"

namespace bordero {
namespace {

using std::chrono::milliseconds;

TEST(Bytes, HexIsReadStrictly) {
  EXPECT_EQ(hex(std::string_view("\x00\x7f\xff", 3)), "007fff");
  EXPECT_EQ(from_hex("007FFf"), std::string("\x00\x7f\xff", 3));
  EXPECT_EQ(from_hex(""), "");
  for (const char* wrong : {"0", "0g", " 00", "00 ", "0x00", "00:00"}) {
    EXPECT_FALSE(from_hex(wrong)) << wrong;
  }
}

TEST(Bytes, Base64UrlIsReadStrictly) {
  EXPECT_EQ(base64url("\xfb\xff"), "-_8");
  EXPECT_EQ(from_base64url("-_8"), "\xfb\xff");
  EXPECT_EQ(from_base64url(""), "");
  // Padding, the other alphabet, blanks, a length no bytes have, bits that no byte has.
  for (const char* wrong : {"-_8=", "+/8", "-_ 8", "-", "-_9"}) {
    EXPECT_FALSE(from_base64url(wrong)) << wrong;
  }
}

TEST(Bytes, Sha256IsThatOfTheStandard) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Backoff, DoublesUpToItsLongestAndBeginsAnew) {
  Backoff backoff(milliseconds(100), milliseconds(1000));
  for (const int whole : {100, 200, 400, 800, 1000, 1000}) {
    const auto pause = backoff.next();
    EXPECT_GE(pause.count(), whole / 2);
    EXPECT_LE(pause.count(), whole);
  }
  backoff.reset();
  EXPECT_LE(backoff.next().count(), 100);
}

TEST(Backoff, ARepeatWaitsBetweenTheLeastAndWhatHasGrown) {
  for (const int repeat : {0, 1, 2, 3, 100}) {
    const auto pause = pause_before(repeat, milliseconds(10), milliseconds(500));
    EXPECT_GE(pause.count(), 10);
    EXPECT_LE(pause.count(), repeat == 0 ? 10 : repeat == 1 ? 40 : repeat == 2 ? 160 : 500);
  }
}

}  // namespace
}  // namespace bordero
