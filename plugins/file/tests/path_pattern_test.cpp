// Which files a path means: patterns, links, and what cannot be looked at.
#include "plugins/file/path_pattern.hpp"

#include <QTemporaryDir>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/program/test.hpp"
#include "weir/sdk/path_pattern.hpp"

using namespace weir;  // NOLINT
namespace fs = std::filesystem;

namespace {

constexpr uid_t kNobody = 65534;

// Root may read everything: what others may not read is looked at as somebody else.
class AsNobody {
 public:
  AsNobody() { done_ = geteuid() != 0 || seteuid(kNobody) == 0; }
  ~AsNobody() {
    if (getuid() == 0 && seteuid(0) != 0) std::abort();
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  bool done() const { return done_; }

 private:
  bool done_ = false;
};

class Folder {
 public:
  Folder() { fs::permissions(dir_.path().toStdString(), fs::perms::all); }
  ~Folder() {
    // What a test has closed is opened again, so that it can be removed.
    for (const std::string& closed : closed_) fs::permissions(path(closed), fs::perms::all);
  }
  std::string path(const std::string& name) const { return (dir_.path() + "/").toStdString() + name; }
  void file(const std::string& name) const {
    fs::create_directories(fs::path(path(name)).parent_path());
    std::ofstream(path(name)) << "x\n";
  }
  void close(const std::string& name) {
    fs::permissions(path(name), fs::perms::none);
    closed_.push_back(name);
  }
  // What a pattern in this folder means, without the folder.
  QStringList found(const std::string& pattern) const {
    QStringList names;
    for (const std::string& found : file::PathPattern(path(pattern)).find()) {
      names += QString::fromStdString(found.substr(path("").size()));
    }
    return names;
  }

 private:
  QTemporaryDir dir_;
  std::vector<std::string> closed_;
};

template <typename F>
QString errorOf(F&& body) {
  try {
    body();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

class PathPatternTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aPatternMeetsAPath_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("met");
    const auto row = [](const char* pattern, const char* path, bool met) {
      QTest::addRow("%s %s", pattern, path) << QString(pattern) << QString(path) << met;
    };
    row("a.log", "a.log", true);
    row("a.log", "a.logs", false);
    row("*", "a.log", true);
    row("*", "", false);
    row("*", "a/b", false);
    row("*.log", ".log", false);
    row(".*", ".log", true);
    row("a*b*c", "axxbxbxc", true);
    row("a*b*c", "axxbxbx", false);
    row("?.log", "a.log", true);
    row("?.log", "ab.log", false);
    row("?.log", "ä.log", true);
    row("??.log", "ä.log", false);
    row("a[1].log", "a1.log", false);
    row("a[1].log", "a[1].log", true);
    row("a\\*", "a\\b", true);
    row("{a,b}", "a", false);
    row("**", "a", true);
    row("**", "a/b/c", true);
    row("**/c", "c", true);
    row("**/c", "a/b/c", true);
    row("**/c", "a/bc", false);
    row("a/**/c", "a/c", true);
    row("a/**/c", "a/b/b/c", true);
    row("a/**/c", "b/c", false);
    row("**/c", "a/.b/c", false);
    row("a**c", "abbc", true);
    row("a**c", "ab/bc", false);
    row("*", "a.0.uncommitted", false);
    row("*ed", "a.0.uncommitted", false);
  }
  void aPatternMeetsAPath() {
    QFETCH(QString, pattern);
    QFETCH(QString, path);
    QFETCH(bool, met);
    QCOMPARE(matchesPath(pattern.toStdString(), path.toStdString()), met);
  }
  void aPatternReachesIntoAFolder_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<bool>("reaches");
    const auto row = [](const char* pattern, const char* folder, bool reaches) {
      QTest::addRow("%s %s", pattern, folder) << QString(pattern) << QString(folder) << reaches;
    };
    row("a/*", "a", true);
    row("a", "a", false);
    row("*", "a", false);
    row("*/x", "a", true);
    row("*/x", "a/b", false);
    row("**", "a/b", true);
    row("**/x", "a/b", true);
    row("**/b/x", "a/b", true);
    row("a/**/c/x", "a/b", true);
    row("c/**/x", "a/b", false);
    row("**/x", "a/.b", false);
    row("**/.b/x", "a/.b", true);
  }
  void aPatternReachesIntoAFolder() {
    QFETCH(QString, pattern);
    QFETCH(QString, folder);
    QFETCH(bool, reaches);
    QCOMPARE(reachesInto(pattern.toStdString(), folder.toStdString()), reaches);
  }
  void whatAHomeKeepsIsPassedOver() {
    const Folder folder;
    for (const char* const name : {"in/x", "in/h/home.lock", "in/h/log/journal", "in/h/log/topics/a/x", "in/h/state/x",
                                   "in/h/mine/x", "in/log/x", "copy/log/journal", "copy/state/x"}) {
      folder.file(name);
    }
    QCOMPARE(folder.found("in/**"), QStringList({"in/h/mine/x", "in/log/x", "in/x"}));
    QCOMPARE(folder.found("in/h/*"), QStringList());
    QCOMPARE(folder.found("in/*/log/*"), QStringList());
    QCOMPARE(folder.found("in/h/log/topics/*/x"), QStringList());
    QCOMPARE(folder.found("in/h/log/journal"), QStringList());
    QCOMPARE(folder.found("copy/**"), QStringList());
    fs::create_directory_symlink(folder.path("in/h/log"), folder.path("in/way"));
    fs::create_symlink(folder.path("in/h/state/x"), folder.path("in/y"));
    QCOMPARE(folder.found("in/*/*"), QStringList({"in/log/x"}));
    QCOMPARE(folder.found("in/*"), QStringList({"in/x"}));
  }
  void whatIsNotCommittedIsReadOnlyWhereItIsNamed() {
    const Folder folder;
    folder.file("in/a.0.uncommitted");
    folder.file("in/a");
    QCOMPARE(folder.found("in/*"), QStringList({"in/a"}));
    QCOMPARE(folder.found("*/a.0.uncommitted"), QStringList());
    QCOMPARE(folder.found("in/a.0.uncommitted"), QStringList({"in/a.0.uncommitted"}));
  }
  void filesOfAPatternComeInOrderWithoutFolders() {
    const Folder folder;
    for (const char* const name : {"in/b/x", "in/a/x", "in/a/y", "in/x", "in/c/d/x"}) folder.file(name);
    QCOMPARE(folder.found("in/*/x"), QStringList({"in/a/x", "in/b/x"}));
    QCOMPARE(folder.found("in/*"), QStringList({"in/x"}));
    QCOMPARE(folder.found("in/**/x"), QStringList({"in/a/x", "in/b/x", "in/c/d/x", "in/x"}));
    QCOMPARE(folder.found("in/**/**/y"), QStringList({"in/a/y"}));
    QCOMPARE(folder.found("in/x"), QStringList({"in/x"}));
    QCOMPARE(folder.found("in/nothing"), QStringList());
    QCOMPARE(folder.found("nothing/*/x"), QStringList());
  }
  void bracketsAreAPartOfANameAndNoPattern() {
    const Folder folder;
    folder.file("a1.log");
    QCOMPARE(folder.found("a[1].log"), QStringList());
    folder.file("a[1].log");
    QCOMPARE(folder.found("a[1].log"), QStringList({"a[1].log"}));
    QCOMPARE(folder.found("*[1].log"), QStringList({"a[1].log"}));
  }
  void aFolderThatMayNotBeReadIsAnError_data() {
    QTest::addColumn<QString>("pattern");
    for (const char* const pattern : {"in/*/x", "in/**/x", "in/b/*", "in/b/x"}) QTest::addRow("%s", pattern) << pattern;
  }
  void aFolderThatMayNotBeReadIsAnError() {
    QFETCH(QString, pattern);
    Folder folder;
    folder.file("in/a/x");
    folder.file("in/b/x");
    folder.close("in/b");
    const AsNobody nobody;
    QVERIFY(nobody.done());
    const QString error = errorOf([&] { folder.found(pattern.toStdString()); });
    QVERIFY2(error.contains("in/b") && error.contains("Permission denied"), qPrintable(error));
  }
  void aFolderThatThePatternDoesNotMeanMayBeClosed() {
    Folder folder;
    folder.file("in/a/x");
    folder.file("in/.b/x");
    folder.close("in/.b");
    const AsNobody nobody;
    QVERIFY(nobody.done());
    QCOMPARE(folder.found("in/*/x"), QStringList({"in/a/x"}));
    QCOMPARE(folder.found("in/**"), QStringList({"in/a/x"}));
  }
  void linksToFoldersAreFollowedOnlyWhereTheyAreMet() {
    const Folder folder;
    folder.file("in/a/x");
    fs::create_directory_symlink(folder.path("in"), folder.path("in/a/up"));
    fs::create_directory_symlink(folder.path("in/a"), folder.path("in/link"));
    fs::create_symlink(folder.path("gone"), folder.path("in/dangling"));
    QCOMPARE(folder.found("in/*/x"), QStringList({"in/a/x", "in/link/x"}));
    QCOMPARE(folder.found("in/**/x"), QStringList({"in/a/x"}));
    fs::create_symlink("loop", folder.path("in/loop"));
    QVERIFY(errorOf([&] { folder.found("in/loop"); }).contains("in/loop"));
  }
  void foldersInWhichMatchesMayAppearAreTold() {
    const Folder folder;
    folder.file("in/a/x");
    folder.file("in/b/y");
    QStringList told;
    static_cast<void>(file::PathPattern(folder.path("in/*/x")).find([&](const std::string& name) {
      told += QString::fromStdString(name.substr(folder.path("").size()));
    }));
    told.sort();
    QCOMPARE(told, QStringList({"in", "in/a", "in/b"}));
  }
};

WEIR_TEST(PathPatternTest)
#include "path_pattern_test.moc"
