// A file is written, and nothing beside it is lost: links, names, permissions, and what lies next to it.
#include "core/base/write_file.hpp"
#include "tests/program/test.hpp"

#include <QTemporaryDir>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace weir;  // NOLINT
namespace fs = std::filesystem;

namespace {

constexpr uid_t kNobody = 65534;

class Folder {
 public:
  std::string path(const std::string& name = {}) const { return (dir_.path() + "/").toStdString() + name; }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }
  std::string read(const std::string& name) const {
    std::ifstream file(path(name));
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  QStringList names() const {
    QStringList all;
    for (const auto& entry : fs::directory_iterator(path())) all += QString::fromStdString(entry.path().filename());
    all.sort();
    return all;
  }
  struct stat facts(const std::string& name) const {
    struct stat out {};
    ::lstat(path(name).c_str(), &out);
    return out;
  }

 private:
  QTemporaryDir dir_;
};

}  // namespace

class WriteFileTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aNewFileIsMade() {
    const Folder folder;
    QVERIFY(writeFile(folder.path("a"), "new"));
    QCOMPARE(folder.read("a"), std::string("new"));
    QCOMPARE(folder.names(), QStringList({"a"}));
  }
  void aFileIsReplacedAndKeepsItsPermissionsAndItsOwner() {
    const Folder folder;
    folder.write("a", "a long text that was there before");
    QCOMPARE(::chmod(folder.path("a").c_str(), 0640), 0);
    const bool root = ::geteuid() == 0;
    if (root) QCOMPARE(::chown(folder.path("a").c_str(), kNobody, kNobody), 0);
    const struct stat before = folder.facts("a");
    QVERIFY(writeFile(folder.path("a"), "new"));
    const struct stat after = folder.facts("a");
    QCOMPARE(folder.read("a"), std::string("new"));
    QCOMPARE(after.st_mode, before.st_mode);
    QCOMPARE(after.st_uid, before.st_uid);
    QCOMPARE(after.st_gid, before.st_gid);
    QVERIFY(after.st_ino != before.st_ino);  // whole or not at all
    QCOMPARE(folder.names(), QStringList({"a"}));
  }
  void aLinkIsWrittenThrough() {
    const Folder folder;
    fs::create_directory(folder.path("real"));
    folder.write("real/a", "old");
    fs::create_symlink("real/a", folder.path("link"));
    fs::create_symlink("link", folder.path("second"));
    fs::create_symlink("real/made", folder.path("nowhere"));
    QVERIFY(writeFile(folder.path("second"), "new"));
    QVERIFY(writeFile(folder.path("nowhere"), "made"));
    QVERIFY(fs::is_symlink(folder.path("link")));
    QVERIFY(fs::is_symlink(folder.path("second")));
    QVERIFY(fs::is_symlink(folder.path("nowhere")));
    QCOMPARE(folder.read("real/a"), std::string("new"));
    QCOMPARE(folder.read("real/made"), std::string("made"));
  }
  void aFileWithSeveralNamesKeepsThem() {
    const Folder folder;
    folder.write("a", "a long text that was there before");
    fs::create_hard_link(folder.path("a"), folder.path("b"));
    QVERIFY(writeFile(folder.path("b"), "new"));
    QCOMPARE(folder.read("a"), std::string("new"));
    QCOMPARE(folder.read("b"), std::string("new"));
  }
  void whatLiesBesideStays() {
    const Folder folder;
    for (const char* const name : {"a", "a.new", ".a.new", "a.tmp", "a~"}) folder.write(name, name);
    const QStringList before = folder.names();
    QVERIFY(writeFile(folder.path("a"), "new"));
    QCOMPARE(folder.names(), before);
    for (const char* const name : {"a.new", ".a.new", "a.tmp", "a~"}) QCOMPARE(folder.read(name), std::string(name));
  }
  void aDeviceStaysADevice() {
    QVERIFY(writeFile("/dev/null", "gone"));
    QVERIFY(fs::is_character_file("/dev/null"));
  }
  void aFifoThatNobodyReadsIsNotWaitedFor() {
    const Folder folder;
    QCOMPARE(::mkfifo(folder.path("fifo").c_str(), 0600), 0);
    const Result<void> written = writeFile(folder.path("fifo"), "new");
    QVERIFY(!written && written.error().message.find("nobody reads from it") != std::string::npos);
    QVERIFY(fs::is_fifo(folder.path("fifo")));
  }
  void whatCannotBeWrittenStaysAndSaysWhy() {
    const Folder folder;
    fs::create_directory(folder.path("folder"));
    const Result<void> toFolder = writeFile(folder.path("folder"), "new");
    QVERIFY(!toFolder && toFolder.error().message.find("Is a directory") != std::string::npos);
    const Result<void> nowhere = writeFile(folder.path("gone/a"), "new");
    QVERIFY(!nowhere && nowhere.error().message.find("gone/a cannot be written") != std::string::npos);
    QVERIFY(!writeFile(folder.path("a") + std::string(1, '\0') + "b", "new"));
    QCOMPARE(folder.names(), QStringList({"folder"}));
  }
  void aFileThatIsReadOnlyIsNotReplaced() {
    const Folder folder;
    fs::permissions(folder.path(), fs::perms::all);
    folder.write("a", "old");
    QCOMPARE(::chmod(folder.path("a").c_str(), 0444), 0);
    const bool root = ::geteuid() == 0;
    if (root) QCOMPARE(::seteuid(kNobody), 0);
    const Result<void> written = writeFile(folder.path("a"), "new");
    if (root) QCOMPARE(::seteuid(0), 0);
    QVERIFY(!written);
    QCOMPARE(folder.read("a"), std::string("old"));
  }
};

WEIR_TEST(WriteFileTest)
#include "write_file_test.moc"
