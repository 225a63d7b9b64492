// Which file is which split, whatever happens to files, folders and volumes between two runs and during one.
// Before Qt, to which `emit` is a keyword.
#include "file/descriptor.hpp"
#include "file/file_index.hpp"
#include "file/open_files.hpp"
#include "weir/testkit/operator_harness.hpp"

#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

using namespace weir;  // NOLINT
namespace fs = std::filesystem;

namespace {

constexpr int kPatience = 60'000;  // milliseconds: that it comes counts, not when

std::string line(std::size_t number) {
  return "{\"n\":" + std::to_string(number) + "}\n";
}

std::string lines(std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text += line(i);
  return text;
}

const std::string kHeader = "id;name;amount\n";

class Folder {
 public:
  std::string path(const std::string& name = {}) const { return (dir_.path() + "/").toStdString() + name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary | std::ios::trunc) << text;
  }
  void append(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary | std::ios::app) << text;
  }
  void rename(const std::string& from, const std::string& to) const { fs::rename(path(from), path(to)); }
  void remove(const std::string& name) const { fs::remove(path(name)); }
  // The same contents in another inode.
  void restoreFromCopy(const std::string& name) const {
    fs::copy_file(path(name), path(".copy"));
    fs::rename(path(".copy"), path(name));
  }

 private:
  QTemporaryDir dir_;
};

// Runs of a source that follow each other.
class Runs {
 public:
  explicit Runs(const Folder& folder, const std::string& pattern = "*.log", bool follow = true) {
    setup_.library = qEnvironmentVariable("WEIR_FILE_PLUGIN").toStdString();
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

// Which file is which split, without a source around it.
class Index {
 public:
  static constexpr std::int64_t kLater = 60'000'000;  // by then a rename has been told of in full

  void lookAt(const std::string& path) { lookAt(std::vector<std::string>{path}); }
  void lookAt(const std::vector<std::string>& paths) { index_.lookAt(paths, 0); }
  void followTo(const std::string& path) { index_.followTo({path}); }
  // Which split is at which path, of those that have been told of.
  std::map<std::string, std::string> told() {
    std::map<std::string, std::string> splits;
    for (const file::FileIndex::Change& change : index_.takeChanges()) splits[change.path] = change.id;
    return splits;
  }
  // As if a reader had read the whole file.
  void readWhole(const std::string& split) {
    const std::shared_ptr<file::TrackedFile> file = index_.find(split);
    std::ifstream in(file->path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    file::FilePosition position;
    position.offset = text.size();
    position.path = file->path;
    position.head = file::hashBytes(text.substr(0, position.headLength()));
    position.tail = file::hashBytes(text.substr(text.size() - position.tailLength()));
    file->read = position;
  }
  // How many files it lets go of.
  std::ptrdiff_t forgotten(std::int64_t now) {
    index_.takeChanges();
    index_.forgetDeleted(now);
    const auto changes = index_.takeChanges();
    return std::count_if(changes.begin(), changes.end(), [](const auto& change) { return change.gone; });
  }

 private:
  file::FileIndex index_{{true, [](const std::string&) {}, {}}};
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

 private slots:
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
    folder.write("a.log", lines(0, 100));
    Runs runs(folder);
    runs.read();
    folder.restoreFromCopy("a.log");
    runs.start();
    QCOMPARE(runs.read(), Found{});
    folder.append("a.log", line(100));
    QCOMPARE(runs.read(), (Found{{"a.log", line(100)}}));
    // While it is followed, too.
    folder.restoreFromCopy("a.log");
    folder.append("a.log", line(101));
    QCOMPARE(runs.read(), (Found{{"a.log", line(101)}}));
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
  // Its new place is looked at first, for the news of the old one has not come yet.
  void aRotatedFileThatWasRestoredFromACopyBeforeItsOldPlaceWasLookedAtIsReadOnce() {
    const Folder folder;
    folder.write("1.log", lines(0, 10));
    folder.write("2.log", lines(100, 300));
    Index index;
    index.lookAt({folder.path("1.log"), folder.path("2.log")});
    const auto splits = index.told();
    for (const auto& [path, split] : splits) index.readWhole(split);
    folder.rename("1.log", "2.log");
    folder.restoreFromCopy("2.log");
    index.lookAt(folder.path("2.log"));
    QCOMPARE(index.told()[folder.path("2.log")], splits.at(folder.path("1.log")));
  }
  // As one to which the system gave the inode of a file that was deleted.
  void anotherFileWithTheInodeOfADeletedOneIsNotTakenForIt() {
    for (const std::string& text : {kHeader + lines(500, 600), kHeader + line(1), std::string("other\n")}) {
      const Folder folder;
      folder.write("a.log", kHeader + lines(0, 50));
      Index index;
      index.lookAt(folder.path("a.log"));
      const std::string split = index.told().at(folder.path("a.log"));
      index.readWhole(split);
      folder.rename("a.log", "b.log");
      folder.write("b.log", text);
      index.lookAt(folder.path("a.log"));
      index.followTo(folder.path("b.log"));
      QCOMPARE(index.told().size(), std::size_t{0});
      index.lookAt(folder.path("b.log"));
      const auto told = index.told();
      QCOMPARE(told.size(), std::size_t{1});
      QVERIFY(told.at(folder.path("b.log")) != split);
    }
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
  void aDeletedFileIsForgottenAfterAWhile() {
    const Folder folder;
    folder.write("a.log", line(1));
    Index index;
    index.lookAt(folder.path("a.log"));
    folder.remove("a.log");
    index.lookAt(folder.path("a.log"));
    QCOMPARE(index.forgotten(0), 0);  // it may have been renamed, and only half of that be known
    QCOMPARE(index.forgotten(Index::kLater), 1);
    QCOMPARE(index.forgotten(2 * Index::kLater), 0);
  }
  void aVolumeThatIsNotMountedDeletesNothing() {
    const Folder folder;
    const std::string mount = folder.path("mount");
    const auto point = [&](const std::string& to) {
      fs::remove(mount);
      fs::create_symlink(to, mount);
    };
    fs::create_directory(folder.path("volume"));
    folder.write("volume/a.log", line(1));
    point(folder.path("volume"));
    Index index;
    index.lookAt(mount + "/a.log");
    point("/proc");  // a folder of another volume, which is everywhere
    index.lookAt(mount + "/a.log");
    QCOMPARE(index.forgotten(Index::kLater), 0);
    point(folder.path("nowhere"));
    QCOMPARE(index.forgotten(2 * Index::kLater), 0);
    point(folder.path("volume"));
    folder.remove("volume/a.log");
    QCOMPARE(index.forgotten(3 * Index::kLater), 1);
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

QTEST_GUILESS_MAIN(FileIdentityTest)
#include "file_identity_test.moc"
