// file.sink: the file holds what was committed, exactly, after any crash.
// Before Qt, to which `emit` is a keyword.
#include "file/file_sink.hpp"
#include "weir/testkit/operator_harness.hpp"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace weir;  // NOLINT

namespace {

class Folder {
 public:
  std::string path(const std::string& name) const { return (dir_.path() + "/").toStdString() + name; }
  std::string read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    if (!file) return "no file";
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary | std::ios::trunc) << text;
  }

 private:
  QTemporaryDir dir_;
};

testkit::Setup sink(const Folder& folder, const std::string& name, const std::string& more = "") {
  testkit::Setup setup;
  setup.library = qEnvironmentVariable("WEIR_FILE_PLUGIN").toStdString();
  setup.op = "sink";
  setup.params = "{\"path\": \"" + folder.path(name) + "\", \"format\": \"json.json\"" + more + "}";
  setup.inputs = {"n int64"};
  return setup;
}

std::string row(int n) {
  return "{\"n\":" + std::to_string(n) + "}\n";
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

class FileSinkTest : public QObject {
  Q_OBJECT
 private slots:
  void rowsAreThereAfterTheirCommit() {
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "new/folder/out-{task}.ndjson"));
    harness.push(row(1) + row(2));
    harness.prepare();
    QCOMPARE(folder.read("new/folder/out-0000.ndjson"), std::string("no file"));
    harness.finishCommit();
    QCOMPARE(folder.read("new/folder/out-0000.ndjson"), row(1) + row(2));
    harness.push(row(3));
    harness.commit();
    QCOMPARE(folder.read("new/folder/out-0000.ndjson"), row(1) + row(2) + row(3));
  }
  void whatWasNotCommittedIsCutOff() {
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "out"));
    harness.push(row(1));
    harness.commit();
    harness.push(row(2));
    harness.prepare();  // in the file, but the commit fails
    QCOMPARE(folder.read("out"), row(1) + row(2));
    harness.crash();
    QCOMPARE(folder.read("out"), row(1));
    harness.push(row(2));
    harness.commit();
    QCOMPARE(folder.read("out"), row(1) + row(2));
    harness.crash();
    harness.crash();
    QCOMPARE(folder.read("out"), row(1) + row(2));
  }
  void rowsOfTheNextEpochMayFollowAPreparedOne() {
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "out"));
    harness.push(row(1));
    harness.prepare();
    harness.push(row(2));
    harness.finishCommit();
    harness.crash();
    harness.push(row(2));
    harness.commit();
    QCOMPARE(folder.read("out"), row(1) + row(2));
  }
  void aCrashBeforeTheFirstCommitLeavesNothingBehind() {
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "out"));
    harness.push(row(1));
    harness.prepare();
    harness.crash();
    harness.push(row(2));
    harness.commit();
    QCOMPARE(folder.read("out"), row(2));
    QVERIFY(!std::filesystem::exists(folder.path("out.uncommitted")));
  }
  void aCrashBetweenTheFirstCommitAndTheMoveIsMadeGood() {
    const Folder folder;
    std::string blob;
    {
      file::OutputFile output(folder.path("out"), file::OutputFile::Existing::Refuse);
      output.recover({});
      output.append("one");
      blob = output.prepareCommit();
    }
    for (int i = 0; i < 2; ++i) {
      file::OutputFile output(folder.path("out"), file::OutputFile::Existing::Refuse);
      output.recover(blob);
      QCOMPARE(folder.read("out"), std::string("one\n"));
      output.append("lost");
      output.prepareCommit();
    }
  }
  void aFileOfSomebodyElseIsRefused() {
    const Folder folder;
    folder.write("out", "precious\n");
    SAYS(errorOf([&] { testkit::OperatorHarness(sink(folder, "out")).push(row(1)); }),
         "is there already and was not written by this run");
    QCOMPARE(folder.read("out"), std::string("precious\n"));
  }
  void aFileIsReplacedOnlyByACommit() {
    const Folder folder;
    folder.write("out", "old\n");
    testkit::OperatorHarness harness(sink(folder, "out", ", \"existing\": \"replace\""));
    harness.push(row(1));
    harness.prepare();
    QCOMPARE(folder.read("out"), std::string("old\n"));
    harness.crash();
    QCOMPARE(folder.read("out"), std::string("old\n"));
    harness.push(row(2));
    harness.commit();
    QCOMPARE(folder.read("out"), row(2));
  }
  void aFileThatIsShorterThanCommittedIsRefused() {
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "out"));
    harness.push(row(1) + row(2));
    harness.commit();
    std::filesystem::resize_file(folder.path("out"), 10);
    SAYS(errorOf([&] { harness.crash(); }), "is shorter than what was committed to it: 10 of 16 bytes are there");
  }
  void anotherFileInItsPlaceIsRefused() {
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "out"));
    harness.push(row(1) + row(2));
    harness.commit();
    folder.write("out", "another file that is long enough\n");
    SAYS(errorOf([&] { harness.crash(); }), "is not the file that was committed");
    QCOMPARE(folder.read("out"), std::string("another file that is long enough\n"));
  }
  void aFileThatIsGoneIsRefused() {
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "out"));
    harness.push(row(1));
    harness.commit();
    std::filesystem::remove(folder.path("out"));
    SAYS(errorOf([&] { harness.crash(); }), "is gone, but 8 bytes were committed to it");
  }
  void twoSinksNeedTwoFiles() {
    const Folder folder;
    testkit::OperatorHarness first(sink(folder, "out"));
    first.push(row(1));
    SAYS(errorOf([&] { testkit::OperatorHarness(sink(folder, "out")).push(row(1)); }),
         "is being written by another sink");
  }
  void aFullDiskIsSaidAndCanBeTriedAgain() {
    const Folder folder;
    // Whatever is written to this device finds no room.
    std::filesystem::create_symlink("/dev/full", folder.path("out.uncommitted"));
    testkit::OperatorHarness harness(sink(folder, "out"));
    harness.push(row(1));
    SAYS(errorOf([&] { harness.prepare(); }), "There is no room left on its disk");
    std::filesystem::remove(folder.path("out.uncommitted"));
    harness.crash();
    harness.push(row(1));
    harness.commit();
    QCOMPARE(folder.read("out"), row(1));
  }
  void manyTasksNeedManyFiles() {
    QCOMPARE(file::pathOfTask("a-{task}.x", 12, 20), std::string("a-0012.x"));
    QCOMPARE(file::pathOfTask("a-{task}.x", 12345, 20000), std::string("a-12345.x"));
    QCOMPARE(file::pathOfTask("a.x", 0, 1), std::string("a.x"));
    SAYS(errorOf([] { file::pathOfTask("a.x", 0, 2); }), "put {task} into it");
  }
  void muchDataIsWrittenBeforeTheCommit() {
    const Folder folder;
    file::OutputFile output(folder.path("out"), file::OutputFile::Existing::Refuse);
    output.recover({});
    const std::string record(1000, 'x');
    for (int i = 0; i < 2000; ++i) output.append(record);
    QVERIFY(std::filesystem::file_size(folder.path("out.uncommitted")) > 1'000'000);
    QCOMPARE(output.length(), 2000U * 1001U);
  }
};

QTEST_GUILESS_MAIN(FileSinkTest)
#include "file_sink_test.moc"
