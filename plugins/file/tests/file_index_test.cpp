// Which file is which split, without a source around it: what is looked at, in which order, and what moves meanwhile.
// Before Qt, to which `emit` is a keyword.
#include "plugins/file/file_index.hpp"

#include <algorithm>
#include <map>

#include "plugins/file/tests/file_words.hpp"
#include "tests/program/test.hpp"

using namespace weir::file;  // NOLINT

namespace {

// Which file is which split, without a source around it.
class Index {
 public:
  static constexpr std::int64_t kLater = 60'000'000;  // by then a rename has been told of in full
  std::function<void()> whileLooking = [] {};         // when something is found

  void lookAt(const std::string& path) { lookAt(std::vector<std::string>{path}); }
  void lookAt(const std::vector<std::string>& paths) { index_.lookAt(paths, 0); }
  void followTo(const std::string& path) { index_.followTo({path}); }
  void lookAtUndecided() { index_.lookAt(index_.takeUndecided(), 0); }
  std::shared_ptr<TrackedFile> find(const std::string& split) { return index_.find(split); }
  // Which split is at which path, of those that have been told of.
  std::map<std::string, std::string> told() {
    std::map<std::string, std::string> splits;
    for (const FileIndex::Change& change : index_.takeChanges()) splits[change.path] = change.id;
    return splits;
  }
  // As if a reader had read the whole file.
  void readWhole(const std::string& split) { readWhole(split, index_.find(split)->path); }
  void readWhole(const std::string& split, const std::string& path) {
    const std::shared_ptr<TrackedFile> file = index_.find(split);
    std::ifstream in(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    FilePosition position;
    position.offset = text.size();
    position.path = file->path;
    position.head = hashBytes(text.substr(0, position.headLength()));
    position.tail = hashBytes(text.substr(text.size() - position.tailLength()));
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
  FileIndex index_{{true, [](const std::string&) {}, [this](const std::string&) { whileLooking(); }, {}}};
};

}  // namespace

class FileIndexTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
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
  // What the old file had after the header is read from its open descriptor: until then nobody knows whether the new
  // one is a copy of it.
  void aFileInThePlaceOfOneThatHadLittleReadWaitsUntilThatIsReadToItsEnd() {
    for (const bool copy : {false, true}) {
      const Folder folder;
      folder.write("a.log", kHeader);
      Index index;
      index.lookAt(folder.path("a.log"));
      const std::string split = index.told().at(folder.path("a.log"));
      index.readWhole(split);
      index.find(split)->readers = 1;
      folder.append("a.log", line(1));
      folder.rename("a.log", "gone");
      folder.write("a.log", kHeader + line(copy ? 1 : 2));
      index.lookAt(folder.path("a.log"));
      index.lookAtUndecided();
      QCOMPARE(index.find(split)->path, folder.path("a.log"));
      QVERIFY(!index.find(split)->present);
      index.told();
      // The reader has read the row from what it has open.
      folder.write("b", kHeader + line(1));
      index.readWhole(split, folder.path("b"));
      index.find(split)->drained = true;
      index.lookAtUndecided();
      QCOMPARE(index.told()[folder.path("a.log")] == split, copy);
    }
  }
  // Both names are looked at while it is renamed from the one to the other.
  void aNewFileThatIsMetTwiceAndGoesOnIsKnownAllTheSame() {
    const Folder folder;
    folder.write("1.log", lines(0, 10));
    Index index;
    index.whileLooking = [&, next = 1]() mutable {
      if (next == 3) return;
      const std::string from = std::to_string(next) + ".log";
      folder.rename(from, std::to_string(++next) + ".log");
    };
    folder.write("1.5.log", "a line that has no end");
    folder.write("2.5.log", "a line that has no end");
    index.lookAt({folder.path("1.log"), folder.path("1.5.log"), folder.path("2.log"), folder.path("2.5.log")});
    index.whileLooking = [] {};
    const auto met = index.told();
    QCOMPARE(met.size(), std::size_t{1});
    index.lookAt({folder.path("2.log"), folder.path("3.log")});
    QCOMPARE(index.told()[folder.path("3.log")], met.at(folder.path("2.log")));
  }
  void aNewFileThatIsMetTwiceIsOneSplit() {
    const Folder folder;
    folder.write("1.log", lines(0, 10));
    Index index;
    index.whileLooking = [&] {
      if (fs::exists(folder.path("1.log"))) folder.rename("1.log", "2.log");
    };
    folder.write("1.5.log", "a line that has no end");
    index.lookAt({folder.path("1.log"), folder.path("1.5.log"), folder.path("2.log")});
    const auto told = index.told();
    QCOMPARE(told.size(), std::size_t{1});
    QVERIFY(told.contains(folder.path("2.log")));
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
  void aFileThatWasMovedOutAndComesBackGoesOn() {
    const Folder folder;
    folder.write("a.log", lines(0, 10));
    Index index;
    index.lookAt(folder.path("a.log"));
    const std::string split = index.told().at(folder.path("a.log"));
    index.readWhole(split);
    folder.rename("a.log", "away");
    index.lookAt(folder.path("a.log"));
    index.find(split)->elsewhere = true;  // its reader saw that it has a name yet
    QCOMPARE(index.forgotten(Index::kLater), 0);
    folder.rename("away", "a.log");
    index.lookAt(folder.path("a.log"));
    QCOMPARE(index.told()[folder.path("a.log")], split);
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
};

WEIR_TEST(FileIndexTest)
#include "file_index_test.moc"
