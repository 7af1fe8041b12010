#include "platform/http/framing.hpp"

#include <gtest/gtest.h>

#include <random>

namespace bordero::httpd {
namespace {

constexpr std::string_view kGood =
    "POST /api/v1/deals?x=%41&y=b+c HTTP/1.1\r\nHost: crm.example\r\nContent-Length: 12\r\n"
    "Cookie: a=b; c=d\r\nX-Empty:\r\n\r\n";

std::string mutated(std::mt19937& dice) {
  static constexpr char kRaw[] = "\r\n :\0\t%/?#2fA\x7f\x80;,";
  constexpr std::string_view kBytes(kRaw, sizeof kRaw - 1);
  std::string text(kGood);
  for (unsigned change = 0; change <= dice() % 3; ++change) {
    const std::size_t at = dice() % text.size();
    switch (dice() % 3) {
      case 0:
        text[at] = kBytes[dice() % kBytes.size()];
        break;
      case 1:
        text.erase(at, 1 + dice() % 4);
        break;
      default:
        text.insert(at, 1, kBytes[dice() % kBytes.size()]);
    }
  }
  return text;
}

TEST(Framing, AGoodHeadPasses) {
  EXPECT_EQ(find_head_end(kGood, 0).size, kGood.size());
  EXPECT_FALSE(check_head(kGood, Limits()));
}

// However the bytes are cut into reads, the head ends at the same place or is bad in all of them.
TEST(Framing, ArrivingInPiecesChangesNothing) {
  std::mt19937 dice(11);
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = mutated(dice);
    const HeadEnd whole = find_head_end(text, 0);
    HeadEnd pieces;
    for (std::size_t size = 0; size <= text.size() && !pieces.bad && pieces.size == 0;
         size += 1 + dice() % 30) {
      pieces = find_head_end(std::string_view(text).substr(0, size), pieces.scanned);
    }
    if (!pieces.bad && pieces.size == 0) pieces = find_head_end(text, pieces.scanned);

    ASSERT_EQ(pieces.bad, whole.bad) << text;
    ASSERT_EQ(pieces.size, whole.size) << text;
  }
}

TEST(Framing, WhatPassesHasOneLineAHeader) {
  std::mt19937 dice(13);
  int passed = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = mutated(dice);
    const HeadEnd end = find_head_end(text, 0);
    if (end.bad || end.size == 0) continue;
    const std::string_view head = std::string_view(text).substr(0, end.size);
    if (check_head(head, Limits())) continue;
    ++passed;
    for (std::size_t i = 0; i < head.size(); ++i) {
      const auto byte = static_cast<unsigned char>(head[i]);
      ASSERT_TRUE(byte >= 0x20 || byte == '\t' || byte == '\r' || byte == '\n') << text;
      if (head[i] == '\n') {
        ASSERT_EQ(head[i - 1], '\r') << text;
        ASSERT_TRUE(i + 1 == head.size() || (head[i + 1] != ' ' && head[i + 1] != '\t')) << text;
      }
    }
    const std::size_t start = head.find(' ') + 1;
    Request request;
    if (!decode_target(head.substr(start, head.find(' ', start) - start), request)) continue;
    ASSERT_EQ((request.path + "/").find("/../"), std::string::npos) << text;
    ASSERT_EQ(request.path.find('\0'), std::string::npos) << text;
  }
  EXPECT_GT(passed, 1000);
}

}  // namespace
}  // namespace bordero::httpd
