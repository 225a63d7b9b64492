// file.source: every line once, cut by the file alone, whatever happens to the file.
// Before Qt, to which `emit` is a keyword.
#include "plugins/file/file_watcher.hpp"
#include "plugins/file/line_reader.hpp"
#include "weir/testkit/operator_harness.hpp"

#include <fcntl.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "plugins/file/tests/file_words.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir;        // NOLINT
using namespace weir::file;  // NOLINT

namespace {

testkit::Setup source(const Folder& folder, const std::string& pattern, const std::string& more = "") {
  testkit::Setup setup;
  setup.library = weir::places::inBuild("plugins/file.so").toStdString();
  setup.op = "source";
  setup.params = "{\"path\": \"" + folder.path(pattern) + "\"" + more + "}";
  return setup;
}

constexpr const char* kSmallChunks = ", \"chunk_size\": 4096, \"max_record\": 8192";

struct Piece {
  std::uint64_t begin;
  std::string data;
  friend bool operator==(const Piece&, const Piece&) = default;
};

// The end of the id of a file: the hash of its first line, or of as much of it as counts.
std::string firstLineId(const std::string& path) {
  std::string line;
  std::ifstream stream(path);
  std::getline(stream, line);
  return file::hexadecimal(file::hashBytes(line.substr(0, file::kHeadLength)));
}

// All chunks of a file, by a reader that is made anew at the position after every `restartEvery` chunks.
std::vector<Piece> pieces(const std::string& path, const file::ReadOptions& options, int restartEvery) {
  std::vector<Piece> all;
  std::string position;
  file::OpenFiles files(1);
  const file::LineReader::Surroundings surroundings{options, std::make_shared<file::BufferPool>(options.chunkSize),
                                                    files, [](const std::string&) {}};
  const auto tracked = std::make_shared<file::TrackedFile>();
  tracked->path = path;
  tracked->present = true;
  tracked->facts = *file::FileFacts::ofPath(path);
  for (bool more = true; more;) {
    file::LineReader reader(tracked, *file::FilePosition::parse(position), surroundings);
    tracked->id = firstLineId(path);
    for (int i = 0; i < restartEvery && more; ++i) {
      Chunk chunk;
      more = reader.read(true, chunk) == ReadResult::Read;
      if (!more) break;
      all.push_back({chunk.begin, std::string(chunk.data)});
      position = chunk.position;
    }
  }
  return all;
}

template <typename F>
std::string errorOf(F&& body) {
  try {
    body();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "no error";
}

#define SAYS(text, part) QVERIFY2(std::string(text).find(part) != std::string::npos, std::string(text).c_str())

}  // namespace

class FileSourceTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyLineOfEveryMatchingFileIsReadOnce() {
    const Folder folder;
    folder.write("a.ndjson", line(1) + line(2));
    folder.write("b.ndjson", line(3));
    folder.write("empty.ndjson", "");
    folder.write("c.txt", line(4));
    testkit::OperatorHarness harness(source(folder, "*.ndjson"));
    std::multiset<std::string> found;
    for (const std::string& split : harness.discover()) found.insert(harness.readAll(split));
    QCOMPARE(found, (std::multiset<std::string>{line(1) + line(2), line(3)}));
  }
  void chunksAreCutByTheFileAlone_data() {
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 20; ++seed) QTest::addRow("seed %d", seed) << seed;
  }
  void chunksAreCutByTheFileAlone() {
    QFETCH(int, seed);
    std::mt19937 random(static_cast<unsigned>(seed));
    const Folder folder;
    std::string text;
    for (std::size_t i = 0; i < 300; ++i) text += line(i, random() % 10 == 0 ? random() % 9000 : random() % 200);
    if (seed % 2 == 0) text.pop_back();  // no line feed at the end
    folder.write("a", text);
    const file::ReadOptions options{.chunkSize = 4096, .maxRecord = 16384, .follow = false};
    const std::vector<Piece> whole = pieces(folder.path("a"), options, 1 << 30);
    QCOMPARE(pieces(folder.path("a"), options, 1), whole);
    QCOMPARE(pieces(folder.path("a"), options, 3), whole);
    std::string together;
    for (const Piece& piece : whole) {
      QCOMPARE(piece.begin, together.size());
      together += piece.data;
      // Exactly the lines that begin in one chunk.
      const std::size_t last = piece.data.rfind('\n', piece.data.size() - 2);
      const std::uint64_t lastBegin = piece.begin + (last == std::string::npos ? 0 : last + 1);
      QCOMPARE(piece.begin / 4096, lastBegin / 4096);
    }
    QCOMPARE(together, text);
  }
  void aLineThatIsTooLongCostsOnlyItself() {
    const Folder folder;
    for (const bool ended : {true, false}) {
      const std::string tooLong = line(2, 100'000);
      const std::string text = line(1) + tooLong + line(3, 8000) + line(4);
      folder.write("a", ended ? text : line(1) + tooLong.substr(0, 50'000));
      testkit::OperatorHarness harness(source(folder, "a", kSmallChunks));
      const std::string split = harness.discover().at(0);
      QCOMPARE(harness.readAll(split), line(1) + (ended ? line(3, 8000) + line(4) : ""));
      const std::vector<std::string> letters = harness.takeDeadLetters();
      QCOMPARE(letters.size(), 1U);
      SAYS(letters[0], ended ? "The line has 100000 bytes; max_record allows 8192." : "The line has 50000 bytes");
      SAYS(letters[0], ended ? "\"begin\":8,\"end\":100008" : "\"begin\":8,\"end\":50008");
    }
  }
  void ofALineThatIsTooLongItsBeginningIsKept() {
    const Folder folder;
    const std::string tooLong = std::string("begin") + std::string(200'000, 'x') + "\n";
    folder.write("a", tooLong + line(1));
    testkit::OperatorHarness harness(source(folder, "a", ", \"chunk_size\": 4096, \"max_record\": 100000"));
    const std::string split = harness.discover().at(0);
    QCOMPARE(harness.readAll(split), line(1));
    const std::string letter = harness.takeDeadLetters().at(0);
    SAYS(letter, "\"bytes\":\"" + tooLong.substr(0, 65536) + "\"");
  }
  void aLineThatIsTooLongIsToldOfAgainWhenItsPositionWasNotCommitted() {
    const Folder folder;
    folder.write("a", line(1, 100'000) + line(2));
    testkit::OperatorHarness harness(source(folder, "a", kSmallChunks));
    const std::string split = harness.discover().at(0);
    harness.read(split);
    QCOMPARE(harness.takeDeadLetters().size(), 1U);
    harness.crash();
    harness.read(split);
    QCOMPARE(harness.takeDeadLetters().size(), 1U);
    harness.commit();
    harness.crash();
    QCOMPARE(harness.readAll(split), line(2));
    QCOMPARE(harness.takeDeadLetters().size(), 0U);
  }
  void aLineThatIsTooLongAndStillGrowsIsWaitedFor() {
    const Folder folder;
    folder.write("a", line(1) + std::string(20'000, 'x'));
    testkit::OperatorHarness harness(source(folder, "a", std::string(kSmallChunks) + ", \"follow\": true"));
    const std::string split = harness.discover().at(0);
    QCOMPARE(harness.readAll(split, false), line(1));
    QCOMPARE(harness.read(split, false).status, WEIR_IDLE);
    QCOMPARE(harness.takeDeadLetters().size(), 0U);
    folder.append("a", "x\n" + line(2));
    QCOMPARE(harness.readAll(split, false), line(2));
    const std::string letter = harness.takeDeadLetters().at(0);
    SAYS(letter, "The line has 20001 bytes");
  }
  void followGivesWhatHasArrivedAndWaitsForTheRest() {
    const Folder folder;
    folder.write("a", line(1) + "{\"n\":");
    testkit::OperatorHarness harness(source(folder, "a", ", \"follow\": true"));
    const std::string split = harness.discover().at(0);
    QCOMPARE(harness.readAll(split, false), line(1));
    QCOMPARE(harness.read(split, false).status, WEIR_IDLE);
    folder.append("a", "2}\n" + line(3));
    QCOMPARE(harness.readAll(split, false), line(2) + line(3));
    folder.append("a", "{\"n\":4}");
    QCOMPARE(harness.read(split, false).status, WEIR_IDLE);
    QCOMPARE(harness.readAll(split, true), std::string("{\"n\":4}"));
    QCOMPARE(harness.read(split, true).status, WEIR_END);
  }
  void withoutFollowTheEndOfTheFileIsTheEnd() {
    const Folder folder;
    folder.write("a", "{\"n\":1}");
    testkit::OperatorHarness harness(source(folder, "a"));
    const std::string split = harness.discover().at(0);
    QCOMPARE(harness.readAll(split, false), std::string("{\"n\":1}"));
    QCOMPARE(harness.read(split, false).status, WEIR_END);
  }
  void aRestartGoesOnFromTheCommittedPosition() {
    const Folder folder;
    std::string text;
    for (std::size_t i = 0; i < 2000; ++i) text += line(i);
    folder.write("a", text);
    testkit::OperatorHarness harness(source(folder, "a", kSmallChunks));
    const std::string split = harness.discover().at(0);
    const std::string first = harness.read(split).data;
    harness.commit();
    harness.read(split);
    harness.crash();
    QCOMPARE(harness.discover().at(0), split);
    QCOMPARE(first + harness.readAll(split), text);
  }
  void aFileKeepsItsIdWhenItGrowsAndWhenItIsRenamed() {
    const Folder folder;
    folder.write("a.log", line(1));
    testkit::OperatorHarness harness(source(folder, "*.log", ", \"follow\": true"));
    const std::string split = harness.discover().at(0);
    QCOMPARE(harness.splitName(split), folder.path("a.log"));
    QCOMPARE(harness.readAll(split, false), line(1));
    harness.commit();
    for (const bool restart : {false, true}) {
      folder.append("a.log", line(2) + line(3, 3000));
      std::filesystem::rename(folder.path("a.log"), folder.path("b.log"));
      if (restart) harness.crash();
      QCOMPARE(harness.discover(), std::vector<std::string>{split});
      QCOMPARE(harness.splitName(split), folder.path("b.log"));
      QCOMPARE(harness.readAll(split, false), line(2) + line(3, 3000));
      harness.commit();
      std::filesystem::rename(folder.path("b.log"), folder.path("a.log"));
      QCOMPARE(harness.discover(), std::vector<std::string>{split});
    }
  }
  void aFileIsASplitFromItsFirstWholeLineOn() {
    const Folder folder;
    folder.write("a", "{\"n\"");
    testkit::OperatorHarness harness(source(folder, "a", ", \"follow\": true"));
    QCOMPARE(harness.discover().size(), 0U);
    folder.append("a", ":1}\n");
    QCOMPARE(harness.discover().size(), 1U);
  }
  void aLineWithoutEndCountsWhenAllOfTheFileIsThere() {
    const Folder folder;
    folder.write("a", line(1) + "{\"n\":2}");
    folder.write("b", "{\"n\":3}");
    testkit::Setup setup = source(folder, "*", ", \"follow\": true");
    setup.untilEnd = true;
    testkit::OperatorHarness harness(setup);
    std::multiset<std::string> found;
    for (const std::string& split : harness.discover()) found.insert(harness.readAll(split));
    QCOMPARE(found, (std::multiset<std::string>{line(1) + "{\"n\":2}", "{\"n\":3}"}));
  }
  void aFileThatEndedWithoutALineFeedIsTheSameWhenItComes() {
    const Folder folder;
    folder.write("a", "{\"n\":1}");
    testkit::Setup setup = source(folder, "a", ", \"follow\": true");
    setup.untilEnd = true;
    const std::string before = testkit::OperatorHarness(setup).discover().at(0);
    folder.append("a", "\n" + line(2));
    QCOMPARE(testkit::OperatorHarness(source(folder, "a", ", \"follow\": true")).discover().at(0), before);
  }
  void aRotatedFileIsReadToItsEndBesideTheNewOne() {
    const Folder folder;
    folder.write("app.log", line(1));
    testkit::OperatorHarness harness(source(folder, "app.log", ", \"follow\": true"));
    const std::string old = harness.discover().at(0);
    QCOMPARE(harness.readAll(old, false), line(1));
    folder.append("app.log", line(2));
    std::filesystem::rename(folder.path("app.log"), folder.path("app.log.1"));
    folder.append("app.log.1", line(3));
    folder.write("app.log", line(4));
    std::string young;
    for (const std::string& split : harness.discover()) {
      if (split != old) young = split;
    }
    QCOMPARE(harness.readAll(young, false), line(4));
    QCOMPARE(harness.readAll(old, false), line(2) + line(3));
  }
  void aFileThatGotTheInodeOfADeletedOneIsAnotherSplit() {
    const Folder folder;
    folder.write("a", line(1));
    testkit::OperatorHarness harness(source(folder, "a", ", \"follow\": true"));
    const std::string before = harness.discover().at(0);
    // As when the system gives the inode again: the same one, with more in it than there was.
    folder.write("a", line(7) + line(8));
    harness.discover();
    SAYS(errorOf([&] { harness.read(before, false); }), "has been replaced by another file");
    harness.crash();
    const std::vector<std::string> after = harness.discover();
    QCOMPARE(after.size(), 1U);
    QVERIFY(after[0] != before);
    QCOMPARE(harness.readAll(after[0], false), line(7) + line(8));
  }
  void aFileThatIsEmptiedAndWrittenAnewIsReadFromItsBeginning() {
    const Folder folder;
    folder.write("a", line(1) + line(2));
    testkit::OperatorHarness harness(source(folder, "a", ", \"follow\": true"));
    const std::string before = harness.discover().at(0);
    harness.readAll(before, false);
    harness.commit();
    folder.write("a", "");
    SAYS(errorOf([&] { harness.read(before, false); }), "has become shorter");
    harness.crash();  // as the runner does after it
    QCOMPARE(harness.discover().size(), 0U);
    folder.append("a", line(3));
    QCOMPARE(harness.readAll(harness.discover().at(0), false), line(3));
  }
  void aFileThatBecomesShorterIsAnErrorThatSaysSo() {
    const Folder folder;
    folder.write("a", line(1) + line(2));
    testkit::OperatorHarness harness(source(folder, "a", ", \"follow\": true"));
    const std::string split = harness.discover().at(0);
    harness.readAll(split, false);
    harness.commit();
    folder.write("a", line(1));
    SAYS(errorOf([&] { harness.read(split, false); }),
         "has become shorter: 16 bytes of it have been read, and 8 are there");
    harness.crash();
    SAYS(errorOf([&] { harness.discover(); }), folder.path("a") + " has become shorter");
  }
  void aFileThatIsDeletedAfterItsEndHasEnded() {
    const Folder folder;
    folder.write("a", line(1));
    testkit::OperatorHarness harness(source(folder, "a", ", \"follow\": true"));
    const std::string split = harness.discover().at(0);
    QCOMPARE(harness.readAll(split, false), line(1));
    std::filesystem::remove(folder.path("a"));
    const auto ended = [&] {
      harness.changes();
      return harness.read(split, false).status == WEIR_END;
    };
    QTRY_VERIFY_WITH_TIMEOUT(ended(), kPatience);
  }
  void noFileIsAnErrorUnlessItIsWaitedFor() {
    const Folder folder;
    testkit::OperatorHarness strict(source(folder, "*.ndjson"));
    SAYS(errorOf([&] { strict.discover(); }), "No file matches the path");
    testkit::OperatorHarness patient(source(folder, "*.ndjson", ", \"follow\": true"));
    QCOMPARE(patient.discover().size(), 0U);
    folder.write("a.ndjson", line(1));
    QCOMPARE(patient.discover().size(), 1U);
  }
  void badParametersAreRefused() {
    const Folder folder;
    SAYS(
        errorOf([&] { testkit::OperatorHarness(source(folder, "a", ", \"chunk_size\": 8192, \"max_record\": 4096")); }),
        "'max_record' (4096) must be at least 'chunk_size' (8192)");
  }
  void newsOfAChangeComeAtOnce() {
    const Folder folder;
    std::atomic<int> changes = 0;
    file::FileWatcher watcher(true, [&] { ++changes; });
    QVERIFY(watcher.watch(folder.path(), "here/"));
    folder.write("a", line(1));
    QTRY_VERIFY_WITH_TIMEOUT(changes > 0, kPatience);
    QCOMPARE(watcher.take().moved, std::set<std::string>{"here/a"});
    const int before = changes;
    folder.append("a", line(2));
    QTRY_VERIFY_WITH_TIMEOUT(changes > before, kPatience);
    QVERIFY(watcher.take().written.contains("here/a"));
  }
};

WEIR_TEST(FileSourceTest)
#include "file_source_test.moc"
