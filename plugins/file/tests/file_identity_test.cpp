// Which file is which split, whatever happens to files, folders and volumes between two runs and during one.
// Before Qt, to which `emit` is a keyword.
#include "plugins/file/descriptor.hpp"
#include "plugins/file/open_files.hpp"
#include "weir/testkit/operator_harness.hpp"

#include <fcntl.h>

#include <algorithm>
#include <map>
#include <set>

#include "plugins/file/tests/file_words.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir;        // NOLINT
using namespace weir::file;  // NOLINT

namespace {

// Runs of a source that follow each other.
class Runs {
 public:
  explicit Runs(const Folder& folder, const std::string& pattern = "*.log", bool follow = true) {
    setup_.library = weir::places::inBuild("plugins/file.so").toStdString();
    setup_.op = "source";
    setup_.params = R"({"path": ")" + folder.path(pattern) + R"(", "follow": )" + (follow ? "true" : "false") + "}";
    start();
  }
  void start() {
    harness_ = std::make_unique<testkit::OperatorHarness>(setup_);
    for (const auto& [split, position] : stored) harness_->restore(split, position);
  }
  // Reads what there is, by path, and commits.
  std::map<std::string, std::string> read() {
    std::map<std::string, std::string> found;
    for (const std::string& split : harness_->discover()) {
      std::string text = harness_->readAll(split, false);
      if (!text.empty()) found[fs::path(harness_->splitName(split)).filename()] = std::move(text);
      stored[split] = harness_->position(split);
    }
    harness_->commit();
    return found;
  }
  testkit::OperatorHarness& harness() { return *harness_; }
  // Whether the source has told of a change.
  bool haveNews() {
    for (std::string& change : harness_->changes()) told.push_back(std::move(change));
    return !told.empty();
  }
  std::string warnings() {
    std::string all;
    for (const std::string& text : harness_->takeLog()) all += text + "\n";
    return all;
  }

  std::map<std::string, std::string> stored;  // positions by split
  std::vector<std::string> told;

 private:
  testkit::Setup setup_;
  std::unique_ptr<testkit::OperatorHarness> harness_;
};

using Found = std::map<std::string, std::string>;

template <typename F>
std::string errorOf(F&& body) {
  try {
    body();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "no error";
}

std::string fnv(const std::string& text) {
  return file::hexadecimal(file::hashBytes(text));
}

// A file with the header, as commit ddc6ca1 kept it when this had been read of it.
std::pair<std::string, std::string> oldSplit(const Folder& folder, const std::string& name, const std::string& read,
                                             int otherDevice = 0) {
  struct stat facts {};
  stat(folder.path(name).c_str(), &facts);
  const std::string device = std::to_string(facts.st_dev + static_cast<dev_t>(otherDevice));
  return {device + ":" + std::to_string(facts.st_ino) + ":" + fnv(kHeader.substr(0, kHeader.size() - 1)),
          std::to_string(read.size())};
}

#define SAYS(text, part) QVERIFY2(std::string(text).find(part) != std::string::npos, std::string(text).c_str())

}  // namespace

class FileIdentityTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aFileGoesOnAfterARestart_data() {
    QTest::addColumn<int>("before");
    for (const int count : {1, 5, 50, 500}) QTest::addRow("%d lines", count) << count;
  }
  void aFileGoesOnAfterARestart() {
    QFETCH(int, before);
    const auto count = static_cast<std::size_t>(before);
    const Folder folder;
    folder.write("a.log", lines(0, count));
    Runs runs(folder);
    QCOMPARE(runs.read(), (Found{{"a.log", lines(0, count)}}));
    runs.start();
    QCOMPARE(runs.read(), Found{});
    folder.append("a.log", lines(count, count + 7));
    runs.start();
    QCOMPARE(runs.read(), (Found{{"a.log", lines(count, count + 7)}}));
    QCOMPARE(runs.stored.size(), std::size_t{1});
  }
  void aFileThatWasRestoredFromACopyGoesOn() {
    const Folder folder;
    folder.write("a.log", lines(0, 300));
    Runs runs(folder);
    runs.read();
    folder.restoreFromCopy("a.log");
    runs.start();
    QCOMPARE(runs.read(), Found{});
    folder.append("a.log", line(300));
    QCOMPARE(runs.read(), (Found{{"a.log", line(300)}}));
    // While it is followed, too.
    folder.restoreFromCopy("a.log");
    folder.append("a.log", line(301));
    QCOMPARE(runs.read(), (Found{{"a.log", line(301)}}));
  }
  void aFileThatIsReplacedByACopyWhileItIsReadIsReadOnce() {
    for (const bool begun : {false, true}) {
      const Folder folder;
      const std::string text = lines(0, 2000);
      folder.write("a.log", text);
      Runs runs(folder, "a.log");
      testkit::OperatorHarness& harness = runs.harness();
      const std::string split = harness.discover().at(0);
      std::string found = begun ? harness.read(split, false).data : std::string();
      folder.restoreFromCopy("a.log");
      folder.append("a.log", line(2000));
      QCOMPARE(harness.discover(), std::vector<std::string>{split});
      found += harness.readAll(split, false);
      QCOMPARE(found, text + line(2000));
    }
  }
  void filesThatBeginAlikeAreToldApartByTheirPath() {
    const Folder folder;
    const std::string begin = kHeader + lines(0, 200);  // more than a kilobyte
    for (const char* name : {"a.log", "b.log", "c.log"}) folder.write(name, begin);
    folder.append("b.log", line(1000));
    Runs runs(folder);
    QCOMPARE(runs.read(), (Found{{"a.log", begin}, {"b.log", begin + line(1000)}, {"c.log", begin}}));
    folder.append("c.log", line(2000));
    runs.start();
    QCOMPARE(runs.read(), (Found{{"c.log", line(2000)}}));
    folder.append("a.log", line(3000));
    QCOMPARE(runs.read(), (Found{{"a.log", line(3000)}}));
    QCOMPARE(runs.stored.size(), std::size_t{3});
    // And are read by one task, which alone has to tell them apart.
    std::set<std::string> ends;
    for (const auto& [split, position] : runs.stored) ends.insert(split.substr(split.rfind(':')));
    QCOMPARE(ends.size(), std::size_t{1});
  }
  void aRenamedFileIsFollowedWhileARestartToo() {
    const Folder folder;
    folder.write("a.log", kHeader + lines(0, 10));
    Runs runs(folder);
    runs.read();
    for (const bool restart : {true, false}) {
      folder.append("a.log", line(11));
      folder.rename("a.log", "a.1.log");
      folder.write("a.log", kHeader + line(20));
      if (restart) runs.start();
      QCOMPARE(runs.read(), (Found{{"a.1.log", line(11)}, {"a.log", kHeader + line(20)}}));
      folder.remove("a.1.log");
      runs.read();
    }
  }
  void aChainOfRenamesIsFollowed() {
    const Folder folder;
    Runs runs(folder);
    for (std::size_t day = 0; day < 6; ++day) {
      for (int i = 4; i > 0; --i) {
        const std::string from = i == 1 ? "app.log" : "app." + std::to_string(i - 1) + ".log";
        if (fs::exists(folder.path(from))) folder.rename(from, "app." + std::to_string(i) + ".log");
      }
      folder.write("app.log", kHeader + lines(day * 100, day * 100 + 50));
      if (day % 2 == 1) runs.start();
      QCOMPARE(runs.read(), (Found{{"app.log", kHeader + lines(day * 100, day * 100 + 50)}}));
    }
  }
  void aHeaderThatWasRotatedWhileNobodyReadIsNotTakenForTheFileBehindIt() {
    const Folder folder;
    folder.write("app.1.log", kHeader);
    folder.write("app.log", kHeader + lines(0, 49));
    Runs runs(folder);
    runs.read();
    folder.rename("app.1.log", "app.2.log");
    folder.rename("app.log", "app.1.log");
    folder.write("app.log", kHeader + line(100));
    runs.start();
    QCOMPARE(runs.read(), (Found{{"app.log", kHeader + line(100)}}));
  }
  void aLineWithoutAnEndWaitsForItWhileItsFileIsRenamed() {
    const Folder folder;
    folder.write("a.log", line(0) + "{\"n\":");
    Runs runs(folder, "a.log");
    testkit::OperatorHarness& harness = runs.harness();
    const std::string split = harness.discover().at(0);
    QCOMPARE(harness.readAll(split, false), line(0));
    folder.rename("a.log", "b");
    QTRY_VERIFY_WITH_TIMEOUT(runs.haveNews(), kPatience);
    QCOMPARE(harness.readAll(split, false), std::string());
    folder.append("b", "1}\n");
    std::string rest;
    const auto isThere = [&] {
      runs.haveNews();
      rest += harness.readAll(split, false);
      return !rest.empty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), kPatience);
    QCOMPARE(rest, line(1));
  }
  void whatTakesThePlaceOfAFileThatWasFollowedIsNotRead() {
    const Folder folder;
    folder.write("app.log", lines(0, 10));
    Runs runs(folder, "app.log");
    runs.read();
    folder.rename("app.log", "old");
    QTRY_VERIFY_WITH_TIMEOUT(runs.haveNews(), kPatience);
    folder.append("old", line(10));
    QCOMPARE(runs.read().at("old"), line(10));
    folder.write("other", line(99));
    folder.rename("other", "old");
    QCOMPARE(runs.read(), Found{});
  }
  void aRenamedFileIsReadOnUnderANameThatDoesNotMatch() {
    const Folder folder;
    folder.write("app.log", lines(0, 10));
    Runs runs(folder, "app.log");
    runs.read();
    folder.rename("app.log", "app.log.1");
    folder.write("app.log", lines(100, 110));
    QTRY_VERIFY_WITH_TIMEOUT(runs.haveNews(), kPatience);
    QCOMPARE(runs.read().at("app.log"), lines(100, 110));
    folder.append("app.log.1", line(10));
    QCOMPARE(runs.read().at("app.log.1"), line(10));
  }
  void aFileOfTheSameNameThatBeginsOtherwiseIsNew() {
    const Folder folder;
    folder.write("a.log", kHeader + lines(0, 100));
    Runs runs(folder);
    runs.read();
    folder.remove("a.log");
    folder.write("a.log", kHeader + lines(500, 700));
    runs.start();
    QCOMPARE(runs.read(), (Found{{"a.log", kHeader + lines(500, 700)}}));
    SAYS(runs.warnings(), folder.path("a.log") + " is not the file that was there");
    QCOMPARE(runs.stored.size(), std::size_t{2});
  }
  void aFileThatWasPutInThePlaceOfAnotherWhileItIsFollowedIsNew() {
    const Folder folder;
    folder.write("a.log", kHeader + lines(0, 100));
    Runs runs(folder);
    runs.read();
    folder.write("new", kHeader + lines(7, 9));  // shorter than what was read
    folder.rename("new", "a.log");
    QCOMPARE(runs.read(), (Found{{"a.log", kHeader + lines(7, 9)}}));
  }
  void aFileThatWasRewrittenInPlaceAndIsLongerStopsTheRun() {
    const Folder folder;
    folder.write("a.log", lines(0, 500));
    Runs runs(folder);
    runs.read();
    // The first kilobyte as before, and not one row at its old place after it.
    folder.write("a.log", lines(0, 200) + lines(2000, 3000));
    SAYS(errorOf([&] { runs.read(); }), folder.path("a.log") + " has been rewritten in place");
    runs.start();
    SAYS(errorOf([&] { runs.read(); }), folder.path("a.log") + " has been rewritten: ");
    // Put back as it was, it goes on.
    folder.write("a.log", lines(0, 501));
    runs.start();
    QCOMPARE(runs.read(), (Found{{"a.log", line(500)}}));
  }
  void aFileThatWasRewrittenInPlaceAndBeginsOtherwiseIsNew() {
    const Folder folder;
    folder.write("a.log", kHeader + lines(0, 20));
    Runs runs(folder);
    runs.read();
    folder.write("a.log", kHeader + lines(100, 160));
    SAYS(errorOf([&] { runs.read(); }), "has been rewritten in place");
    runs.start();  // as the runner does after it
    QCOMPARE(runs.read(), (Found{{"a.log", kHeader + lines(100, 160)}}));
  }
  void aFileThatWasCutOffStopsTheRun() {
    const Folder folder;
    folder.write("a.log", lines(0, 500));
    Runs runs(folder);
    runs.read();
    folder.write("a.log", lines(0, 300));
    runs.start();
    SAYS(errorOf([&] { runs.read(); }), folder.path("a.log") + " has become shorter");
  }
  void aFileThatWasReadIsKnownByMoreThanItsFirstLine() {
    // Deleted and made again with the same first line, which may get the same inode.
    const Folder folder;
    folder.write("a.log", kHeader + lines(0, 3));
    Runs runs(folder);
    runs.read();
    folder.remove("a.log");
    folder.write("a.log", kHeader + lines(50, 90));
    QCOMPARE(runs.read(), (Found{{"a.log", kHeader + lines(50, 90)}}));
  }
  void aDeletedFileIsReadToItsEnd() {
    const Folder folder;
    folder.write("a.log", lines(0, 5));
    folder.write("b.log", line(9));
    Runs runs(folder);
    runs.read();
    testkit::OperatorHarness& harness = runs.harness();
    const std::string split = std::find_if(runs.stored.begin(), runs.stored.end(), [&](const auto& stored) {
                                return harness.splitName(stored.first) == folder.path("a.log");
                              })->first;
    folder.append("a.log", line(5) + "{\"n\":6}");
    folder.remove("a.log");
    // Nobody will end its last line any more.
    std::string rest;
    const auto ended = [&] {
      runs.haveNews();
      rest += harness.readAll(split, false);
      return harness.read(split, false).status == WEIR_END;
    };
    QTRY_VERIFY_WITH_TIMEOUT(ended(), kPatience);
    QCOMPARE(rest, line(5) + "{\"n\":6}");
  }
  void theFilesOfAnOldHomeGoOn_data() {
    QTest::addColumn<bool>("sameDevice");
    QTest::addColumn<bool>("sameInode");
    QTest::newRow("as it was") << true << true;
    QTest::newRow("volume under another number") << false << true;
    QTest::newRow("restored from a copy") << false << false;
  }
  void theFilesOfAnOldHomeGoOn() {
    QFETCH(bool, sameDevice);
    QFETCH(bool, sameInode);
    const Folder folder;
    folder.write("a.log", lines(0, 100));
    struct stat facts {};
    stat(folder.path("a.log").c_str(), &facts);
    // As commit ddc6ca1 wrote it.
    const std::string id = std::to_string(facts.st_dev + (sameDevice ? 0 : 3)) + ":" +
                           std::to_string(facts.st_ino + (sameInode ? 0 : 7)) + ":" + fnv("{\"n\":0}");
    Runs runs(folder);
    runs.stored[id] = std::to_string(lines(0, 60).size());
    runs.start();
    QCOMPARE(runs.read(), (Found{{"a.log", lines(60, 100)}}));
    QCOMPARE(runs.stored.size(), std::size_t{1});  // under its old id
    // From here on by its contents.
    folder.restoreFromCopy("a.log");
    folder.append("a.log", line(100));
    runs.start();
    QCOMPARE(runs.read(), (Found{{"a.log", line(100)}}));
  }
  void filesOfAnOldHomeWithTheSameHeaderGoOnWhereNothingHasMoved() {
    const Folder folder;
    Runs runs(folder);
    folder.write("a.log", kHeader + lines(0, 10));
    folder.write("b.log", kHeader + lines(0, 10));
    const std::string c = kHeader + "its last line was read without an end";
    folder.write("c.log", c);
    runs.stored = {oldSplit(folder, "a.log", kHeader + lines(0, 10)), oldSplit(folder, "b.log", kHeader + lines(0, 4)),
                   oldSplit(folder, "c.log", c)};
    runs.start();
    QCOMPARE(runs.read(), (Found{{"b.log", lines(4, 10)}}));
  }
  void besideTheFilesOfAnOldHomeThereMayBeNewOnesOrDeletedOnes() {
    for (const bool deleted : {false, true}) {
      const Folder folder;
      Runs runs(folder);
      for (const char* name : {"a.log", "b.log"}) {
        folder.write(name, kHeader + lines(0, 10));
        runs.stored.insert(oldSplit(folder, name, kHeader + lines(0, 4)));
      }
      if (deleted) {
        folder.remove("a.log");
        runs.start();
        QCOMPARE(runs.read(), (Found{{"b.log", lines(4, 10)}}));
        // It may be the one that is missed, whether it gets that one's inode or not.
        folder.write("c.log", kHeader + std::string(2000, 'x') + "\n");
        SAYS(errorOf([&] { runs.read(); }), "cannot be told which one");
      } else {
        folder.write("c.log", kHeader + lines(0, 20));
        runs.start();
        QCOMPARE(runs.read(),
                 (Found{{"a.log", lines(4, 10)}, {"b.log", lines(4, 10)}, {"c.log", kHeader + lines(0, 20)}}));
      }
    }
  }
  void aLaterFileIsNotTakenForTheOneThatAnOldHomeMissesBesideOthers() {
    const Folder folder;
    folder.write("a.log", kHeader + lines(0, 10));
    Runs runs(folder);
    const auto a = oldSplit(folder, "a.log", kHeader + lines(0, 4));
    runs.stored = {a, {"1:2:" + fnv(kHeader.substr(0, kHeader.size() - 1)), a.second}};
    runs.start();
    QCOMPARE(runs.read(), (Found{{"a.log", lines(4, 10)}}));
    folder.write("b.log", kHeader + lines(0, 10));
    SAYS(errorOf([&] { runs.read(); }), "cannot be told which one");
    runs.start();
    SAYS(errorOf([&] { runs.read(); }), "cannot be told which one");
  }
  void theFilesOfAnOldHomeThatBeginAlikeStopTheRunWhereTheirInodesHaveMoved_data() {
    // The names whose inodes a.log, b.log and c.log had when they were read. "": one that none has any more.
    QTest::addColumn<QStringList>("inodes");
    QTest::addColumn<int>("device");
    QTest::newRow("came round") << QStringList{"c.log", "a.log", "b.log"} << 0;
    QTest::newRow("came round but for the first") << QStringList{"b.log", "c.log", ""} << 0;
    QTest::newRow("two changed places, one fits") << QStringList{"b.log", "a.log", "c.log"} << 0;
    QTest::newRow("one left") << QStringList{"a.log", "b.log", ""} << 0;
    QTest::newRow("all of them copies") << QStringList{"", "", ""} << 0;
    QTest::newRow("another device") << QStringList{"a.log", "b.log", "c.log"} << 1;
  }
  void theFilesOfAnOldHomeThatBeginAlikeStopTheRunWhereTheirInodesHaveMoved() {
    QFETCH(QStringList, inodes);
    QFETCH(int, device);
    const Folder folder;
    Runs runs(folder);
    const std::vector<std::string> names = {"a.log", "b.log", "c.log"};
    // Rows of other lengths: no line of one ends where one of another does.
    const auto rows = [&](std::size_t file) {
      const std::string row(11 * (file + 1) * (file + 1) + 2, static_cast<char>('a' + file));
      return kHeader + row + "\n" + row + "\n" + row + "\n" + std::string(2000, 'x') + "\n";
    };
    for (std::size_t i = 0; i < 3; ++i) folder.write(names[i], rows(i));
    for (std::size_t i = 0; i < 3; ++i) {
      const std::string had = inodes[static_cast<int>(i)].toStdString();
      auto split = oldSplit(folder, had.empty() ? names[i] : had, rows(i).substr(0, rows(i).size() - 2001), device);
      if (had.empty()) split.first = std::to_string(i) + split.first;
      runs.stored.insert(split);
    }
    QCOMPARE(runs.stored.size(), std::size_t{3});
    const auto before = runs.stored;
    runs.start();
    const std::string error = errorOf([&] { runs.read(); });
    SAYS(error, "cannot be told which one");
    SAYS(error, "Start with a new home, which reads all files from their beginning");
    QCOMPARE(runs.stored, before);
    // As it says: a new home reads them from their beginning.
    runs.stored.clear();
    runs.start();
    QCOMPARE(runs.read(), (Found{{"a.log", rows(0)}, {"b.log", rows(1)}, {"c.log", rows(2)}}));
  }
  void aCopyOfTheOnlyFileOfAnOldHomeStopsTheRunWhereNoLineEndsAtItsPosition() {
    const Folder folder;
    folder.write("a.log", kHeader + lines(0, 10));
    Runs runs(folder);
    runs.stored["1:2:" + fnv(kHeader.substr(0, kHeader.size() - 1))] = std::to_string(kHeader.size() + 3);
    runs.start();
    SAYS(errorOf([&] { runs.read(); }), "cannot be told which one");
  }
  void whereAnOldHomeDoesNotSayWhichFileWasReadTheRunStops() {
    const Folder folder;
    Runs runs(folder);
    for (const char* name : {"a.log", "b.log"}) folder.write(name, kHeader + lines(0, 10));
    runs.stored["1:2:" + fnv(kHeader.substr(0, kHeader.size() - 1))] = std::to_string(kHeader.size());
    runs.start();
    SAYS(errorOf([&] { runs.read(); }), "cannot be told which one");
  }
  void manyFilesNeedFewDescriptors() {
    const Folder folder;
    constexpr std::size_t kFiles = 300;
    for (std::size_t i = 0; i < kFiles; ++i) folder.write(std::to_string(i) + ".log", line(i));
    Runs runs(folder);
    const auto open = [] { return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()); };
    const auto before = open();
    QCOMPARE(runs.read().size(), kFiles);
    QVERIFY2(open() - before <= 64, std::to_string(open() - before).c_str());
    for (std::size_t i = 0; i < kFiles; ++i) folder.append(std::to_string(i) + ".log", line(i + kFiles));
    QCOMPARE(runs.read().size(), kFiles);
    QVERIFY2(open() - before <= 64, std::to_string(open() - before).c_str());
  }
  void onlyFilesThatHaveChangedAreTold() {
    const Folder folder;
    for (std::size_t i = 0; i < 50; ++i) folder.write(std::to_string(i) + ".log", line(i));
    Runs runs(folder);
    runs.read();
    QCOMPARE(runs.harness().changes(), std::vector<std::string>{});
    folder.append("7.log", line(100));
    QTRY_VERIFY_WITH_TIMEOUT(runs.haveNews(), kPatience);
    QCOMPARE(runs.told.size(), std::size_t{1});
    const std::string split = runs.told[0].substr(5);
    QCOMPARE(runs.harness().splitName(split), folder.path("7.log"));
    QCOMPARE(runs.harness().readAll(split, false), line(100));
  }
  void whatIsWrittenThroughALinkIsNoticed() {
    const Folder folder;
    fs::create_directory(folder.path("real"));
    folder.write("real/x", line(1));
    fs::create_symlink(folder.path("real/x"), folder.path("a.log"));
    Runs runs(folder);
    QCOMPARE(runs.read(), (Found{{"a.log", line(1)}}));
    folder.append("real/x", line(2));
    QTRY_VERIFY_WITH_TIMEOUT(runs.haveNews(), kPatience);
    QCOMPARE(runs.read(), (Found{{"a.log", line(2)}}));
  }
  void ofTheOpenFilesThoseUsedLastStayOpen() {
    file::OpenFiles files(2);
    const int keys[3] = {};
    const auto open = [] { return file::Descriptor(::open("/dev/null", O_RDONLY)); };
    files.insert(&keys[0], open());
    files.insert(&keys[1], open());
    QVERIFY(files.find(&keys[0]) >= 0);
    files.insert(&keys[2], open());
    QVERIFY(files.find(&keys[0]) >= 0);
    QCOMPARE(files.find(&keys[1]), -1);
    QVERIFY(files.giveUp());
    QCOMPARE(files.size(), std::size_t{0});
    QVERIFY(!files.giveUp());
  }
};

WEIR_TEST(FileIdentityTest)
#include "file_identity_test.moc"
