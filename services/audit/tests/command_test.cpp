#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "services/audit/tests/audit_fixture.hpp"

namespace bordero::audit {
namespace {

namespace fs = std::filesystem;

// Runs `bordero audit …` as the executable would.
class AuditCommand : public AuditTest {
 public:
  ~AuditCommand() override {
    unsetenv("BORDERO_AUDIT_PG_DSN");
    fs::remove_all(folder_);
  }

 protected:
  AuditCommand() {
    setenv("BORDERO_AUDIT_PG_DSN", database_.dsn().c_str(), 1);
    fs::create_directories(folder_);
    given_log(3);
    EXPECT_TRUE(sign());
  }
  int verify(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"verify", "--file", file_, "--public-key",
                                          hex(key_.public_key())};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return audit_command(arguments);
  }
  void replace(const std::string& from, const std::string& to) {
    std::ifstream in(file_);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
    std::ofstream(file_) << text;
  }

  const fs::path folder_ = fs::temp_directory_path() / ("bordero-" + Uuid::v7().str());
  const std::string file_ = folder_ / "log.jsonl";
};

TEST_F(AuditCommand, VerifiesWhatItExported) {
  ASSERT_EQ(audit_command({"export", "--out", file_}), 0);

  EXPECT_EQ(verify(), 0);
}

TEST_F(AuditCommand, FindsATouchedExport) {
  ASSERT_EQ(audit_command({"export", "--out", file_}), 0);
  replace("crm.deal.updated", "crm.deal.created");

  EXPECT_EQ(verify(), 1);
}

TEST_F(AuditCommand, TakesAnEarlierHeadAsTheApiTellsIt) {
  ASSERT_EQ(audit_command({"export", "--out", file_}), 0);
  const auto head = ask<v1::SignedHead>("GetHead", v1::GetHeadRequest(), Role::admin);
  const std::string head_file = folder_ / "head.json";
  std::ofstream(head_file) << json::text(*head);
  EXPECT_EQ(verify({"--head", head_file}), 0);

  tamper(
      "DELETE FROM entries WHERE position = 2; DELETE FROM heads; UPDATE tree SET size = 0, "
      "peaks = ''");
  tamper("DELETE FROM entries");
  ASSERT_EQ(audit_command({"export", "--out", file_}), 0);

  EXPECT_EQ(verify(), 0) << "an empty log alone proves nothing";
  EXPECT_EQ(verify({"--head", head_file}), 1);
}

TEST_F(AuditCommand, SaysWhatItDoesNotUnderstand) {
  EXPECT_EQ(audit_command({}), 2);
  EXPECT_EQ(audit_command({"erase"}), 2);
  EXPECT_EQ(audit_command({"export"}), 2);
  EXPECT_EQ(audit_command({"verify", "--file", file_}), 2);
  EXPECT_EQ(audit_command({"verify", "--file", file_, "--public-key", "00"}), 2);
  EXPECT_EQ(audit_command({"verify", "--colour", "red"}), 2);
}

}  // namespace
}  // namespace bordero::audit
