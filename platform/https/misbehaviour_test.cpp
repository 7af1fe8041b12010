#include "platform/https/misbehaviours.hpp"

#include <zlib.h>

#include <atomic>
#include <boost/asio/ip/tcp.hpp>

#include "platform/https/https_fixture.hpp"

namespace bordero::https {
namespace {

constexpr auto kSoon = milliseconds(300);

class Misbehaving : public HttpsTest {
 protected:
  std::string get_reason(milliseconds limit = seconds(30)) { return reason(send(get(), limit)); }
};

TEST_F(Misbehaving, NeverAnswers) {
  serve(misbehaviours::never_answers);
  Request request = get();
  request.silence = kSoon;
  options_.max_repeats = 0;

  EXPECT_EQ(reason(send(request)), "remote_too_slow");
}

TEST_F(Misbehaving, NeverAnswersWithinTheDeadline) {
  serve(misbehaviours::never_answers);

  EXPECT_EQ(get_reason(kSoon), "remote_too_slow");
}

// Accepts the connection and never begins with TLS.
TEST_F(Misbehaving, NeverShakesHands) {
  asio::ip::tcp::acceptor acceptor(io_, {asio::ip::make_address("127.0.0.1"), 0});
  know_port(acceptor.local_endpoint().port());

  EXPECT_EQ(get_reason(kSoon), "remote_too_slow");
}

TEST_F(Misbehaving, DoesNotListen) {
  asio::ip::tcp::acceptor acceptor(io_, {asio::ip::make_address("127.0.0.1"), 0});
  know_port(acceptor.local_endpoint().port());
  acceptor.close();

  EXPECT_EQ(get_reason(), "remote_unreachable");
}

TEST_F(Misbehaving, HasNoAddress) {
  know_port(443);
  Request request = get();
  request.url = "https://nowhere.invalid/";

  EXPECT_EQ(reason(send(request)), "remote_unreachable");
}

TEST_F(Misbehaving, TricklesHeaders) {
  serve(misbehaviours::trickles_headers);

  EXPECT_EQ(get_reason(kSoon), "remote_too_slow");
}

TEST_F(Misbehaving, TricklesTheBody) {
  serve(misbehaviours::trickles_the_body);

  EXPECT_EQ(get_reason(kSoon), "remote_too_slow");
}

TEST_F(Misbehaving, SendsABodyWithoutEnd) {
  serve(misbehaviours::sends_a_body_without_end);

  EXPECT_EQ(get_reason(), "remote_answer_too_large");
}

TEST_F(Misbehaving, SendsHeadersWithoutEnd) {
  serve(misbehaviours::sends_headers_without_end);

  EXPECT_EQ(get_reason(), "remote_answer_too_large");
}

TEST_F(Misbehaving, SendsOneHugeHeader) {
  serve(misbehaviours::sends_one_huge_header);

  EXPECT_EQ(get_reason(), "remote_answer_too_large");
}

TEST_F(Misbehaving, SendsInterimAnswersWithoutEnd) {
  serve(misbehaviours::sends_interim_answers_without_end);

  EXPECT_EQ(get_reason(), "remote_answer_too_large");
}

TEST_F(Misbehaving, ClosesMidBody) {
  serve(misbehaviours::closes_mid_body);

  EXPECT_EQ(get_reason(), "remote_broke_off");
}

TEST_F(Misbehaving, CutsAnAnswerWithoutLength) {
  serve(misbehaviours::cuts_an_answer_without_length);

  EXPECT_EQ(get_reason(), "remote_answer_malformed");
}

TEST_F(Misbehaving, HalfClosesBeforeAnswering) {
  serve(misbehaviours::half_closes_before_answering);

  EXPECT_EQ(get_reason(), "remote_broke_off");
}

TEST_F(Misbehaving, ResetsTheConnection) {
  serve(misbehaviours::resets_the_connection);

  EXPECT_EQ(get_reason(), "remote_broke_off");
  EXPECT_EQ(server_->conversations(), 3);  // Reading again does no harm.
}

TEST_F(Misbehaving, CountsNoLength) {
  serve(misbehaviours::counts_no_length);

  EXPECT_EQ(get_reason(), "remote_answer_malformed");
}

TEST_F(Misbehaving, ChunksBadly) {
  serve(misbehaviours::chunks_badly);

  EXPECT_EQ(get_reason(), "remote_broke_off");
}

TEST_F(Misbehaving, SpeaksNoHttp) {
  serve(misbehaviours::speaks_no_http);

  EXPECT_EQ(get_reason(), "remote_answer_malformed");
}

TEST_F(Misbehaving, AnswersMoreThanItSays) {
  serve(misbehaviours::answers_more_than_it_says);

  const auto first = send(get());
  const auto second = send(get());

  EXPECT_EQ(first.value().body, "first");
  EXPECT_EQ(second.value().body, "first");
  EXPECT_EQ(server_->conversations(), 2);
}

TEST_F(Misbehaving, HasTheCertificateOfAnotherName) {
  serve(ca_.issue("another.test"), misbehaviours::never_answers);

  EXPECT_EQ(get_reason(), "remote_untrusted");
}

TEST_F(Misbehaving, HasAnExpiredCertificate) {
  serve(ca_.issue("remote.test", -1), misbehaviours::never_answers);

  EXPECT_EQ(get_reason(), "remote_untrusted");
}

TEST_F(Misbehaving, HasACertificateOfAnUntrustedAuthority) {
  const testing::TestCa other("Another authority");
  serve(other.issue("remote.test"), misbehaviours::never_answers);

  EXPECT_EQ(get_reason(), "remote_untrusted");
}

// The authority has the name of the trusted one, but not its key.
TEST_F(Misbehaving, HasACertificateOfAForgedAuthority) {
  const testing::TestCa forged;
  serve(forged.issue("remote.test"), misbehaviours::never_answers);

  EXPECT_EQ(get_reason(), "remote_unreachable");
  EXPECT_EQ(server_->conversations(), 0);
}

TEST_F(Misbehaving, HasASelfSignedCertificate) {
  serve(testing::TestCa::self_signed("remote.test"), misbehaviours::never_answers);

  EXPECT_EQ(get_reason(), "remote_untrusted");
}

TEST_F(Misbehaving, SpeaksOldTlsOnly) {
  serve(misbehaviours::never_answers, {.old_tls = true});

  EXPECT_EQ(get_reason(), "remote_unreachable");
  EXPECT_EQ(server_->conversations(), 0);
}

// A redirect is an answer: nothing goes where it points.
TEST_F(Misbehaving, RedirectsToAPrivateAddress) {
  serve([](Peer& peer) { return misbehaviours::redirects(peer, "https://169.254.169.254/"); });

  const auto answer = send(get());

  EXPECT_EQ(answer.value().status, 302);
  EXPECT_EQ(answer.value().header("location"), "https://169.254.169.254/");
}

TEST_F(Misbehaving, RedirectsInALoop) {
  serve([](Peer& peer) { return misbehaviours::redirects(peer, "/"); });

  EXPECT_EQ(reason(send(get())), "answered 302");
  EXPECT_EQ(server_->conversations(), 1);
}

// 64 MiB of zeros in 64 KiB.
TEST_F(Misbehaving, SendsAGzipBomb) {
  z_stream stream{};
  ASSERT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string zeros(std::size_t{1} << 20, '\0');
  std::string bomb(std::size_t{1} << 20, '\0');
  stream.next_out = reinterpret_cast<Bytef*>(bomb.data());
  stream.avail_out = static_cast<uInt>(bomb.size());
  for (int i = 0; i < 64; ++i) {
    stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
    stream.avail_in = static_cast<uInt>(zeros.size());
    deflate(&stream, i == 63 ? Z_FINISH : Z_NO_FLUSH);
  }
  bomb.resize(stream.total_out);
  deflateEnd(&stream);
  serve([&bomb](Peer& peer) {
    return misbehaviours::says(peer, answer_text(200, bomb, "Content-Encoding: gzip\r\n"));
  });

  EXPECT_EQ(get_reason(), "remote_answer_too_large");
}

TEST_F(Misbehaving, CompressesBadly) {
  serve([](Peer& peer) {
    return misbehaviours::says(peer, answer_text(200, "no gzip", "Content-Encoding: gzip\r\n"));
  });

  EXPECT_EQ(get_reason(), "remote_answer_malformed");
}

}  // namespace
}  // namespace bordero::https
