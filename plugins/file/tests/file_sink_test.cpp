// file.sink: the file holds what was committed, exactly, after any crash.
// Before Qt, to which `emit` is a keyword.
#include "plugins/file/file_sink.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"
#include "weir/testkit/operator_harness.hpp"

#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace weir;  // NOLINT
namespace fs = std::filesystem;

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
  QStringList names() const {
    QStringList all;
    for (const auto& entry : fs::directory_iterator(path(""))) all += QString::fromStdString(entry.path().filename());
    all.sort();
    return all;
  }
  // The file of this folder that is open and whose name ends so becomes another one for whoever holds it.
  bool openedAs(const std::string& ending, const char* other) const {
    for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
      std::error_code problem;
      const std::string target = fs::read_symlink(entry.path(), problem).string();
      if (problem || !target.starts_with(path("")) || !target.ends_with(ending)) continue;
      const file::Descriptor device(open(other, O_RDWR | O_CLOEXEC));
      return dup2(device.get(), std::stoi(entry.path().filename())) >= 0;
    }
    return false;
  }

 private:
  QTemporaryDir dir_;
};

testkit::Setup sink(const Folder& folder, const std::string& name, const std::string& more = "") {
  testkit::Setup setup;
  setup.library = weir::places::inBuild("plugins/file.so").toStdString();
  setup.op = "sink";
  setup.params = "{\"path\": \"" + folder.path(name) + "\", \"format\": \"json.json\"" + more + "}";
  setup.inputs = {"n int64"};
  return setup;
}

std::string row(int n) {
  return "{\"n\":" + std::to_string(n) + "}\n";
}

enum class Told { No, Yes };

// A file in which one row was committed, and what the commit keeps of it. Only a sink that is told so moves it to its
// place.
std::string committedRow(const Folder& folder, const char* name, Told told, std::string_view owner = {}) {
  file::OutputFile output(folder.path(name), file::OutputFile::Existing::Refuse, owner);
  output.recover({});
  output.append("one");
  std::string blob = output.prepareCommit();
  if (told == Told::Yes) output.committed();
  return blob;
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
 private Q_SLOTS:
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
    QCOMPARE(folder.names(), QStringList({"out"}));
  }
  void aTaskWithoutRowsMakesNoFile() {
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "deep/out"));
    harness.commit();
    harness.crash();
    harness.commit();
    QCOMPARE(folder.names(), QStringList());
    harness.push(row(1));
    harness.commit();
    QCOMPARE(folder.read("deep/out"), row(1));
  }
  void whatWasNotCommittedIsRemovedWhereNoRowFollows() {
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "out"));
    harness.push(row(1));
    harness.prepare();
    harness.crash();
    QCOMPARE(folder.names(), QStringList());
  }
  void aCommitWithoutRowsSaysTheSameAndWritesNothing() {
    const Folder folder;
    file::OutputFile output(folder.path("out"), file::OutputFile::Existing::Refuse);
    output.recover({});
    QCOMPARE(output.prepareCommit(), std::string());
    output.committed();
    output.append("one");
    const std::string blob = output.prepareCommit();
    output.committed();
    // Whatever it would write or sync now would fail.
    QVERIFY(folder.openedAs("out", "/dev/full"));
    QCOMPARE(output.prepareCommit(), blob);
    output.committed();
    output.append("two");
    SAYS(errorOf([&] { output.prepareCommit(); }), "No space left on device. Make room");
    output.recover(blob);
    QCOMPARE(output.prepareCommit(), blob);
  }
  void aFileOfAnotherRunIsReplacedWhereNoRowComes() {
    const Folder folder;
    folder.write("out", "old\n");
    testkit::OperatorHarness harness(sink(folder, "out", ", \"existing\": \"replace\""));
    harness.commit();
    QCOMPARE(folder.read("out"), std::string());
  }
  void aFileOfSomebodyElseIsRefusedBeforeTheFirstRow() {
    const Folder folder;
    folder.write("out", "precious\n");
    SAYS(errorOf([&] { testkit::OperatorHarness(sink(folder, "out")).commit(); }),
         "is there already and was not written by this run");
    QCOMPARE(folder.names(), QStringList({"out"}));
  }
  void aFolderThatMayNotBeWrittenIsSaidAtTheStart() {
    if (geteuid() == 0) QSKIP("the superuser may write everywhere");
    const Folder folder;
    QCOMPARE(chmod(folder.path("").c_str(), 0500), 0);
    file::OutputFile output(folder.path("deep/er/out"), file::OutputFile::Existing::Refuse);
    const std::string said = errorOf([&] { output.recover({}); });
    QCOMPARE(chmod(folder.path("").c_str(), 0700), 0);
    SAYS(said, "Cannot create files in ");
    SAYS(said, ": Permission denied. User ");
  }
  void aCrashBetweenTheFirstCommitAndTheMoveIsMadeGood() {
    const Folder folder;
    std::string blob = committedRow(folder, "out", Told::No);
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
  void aFileThatIsTakenAwayWhileItIsWrittenStopsBeforeTheCommit_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("said");
    QTest::newRow("renamed") << "rename"
                             << "was renamed or removed while it was being written: 8 bytes were committed";
    QTest::newRow("removed") << "remove"
                             << "was renamed or removed while it was being written: 8 bytes were committed";
    QTest::newRow("folder removed") << "folder"
                                    << "was renamed or removed while it was being written: 8 bytes";
    QTest::newRow("replaced") << "replace"
                              << "was replaced by another file while it was being written: 8 bytes";
  }
  void aFileThatIsTakenAwayWhileItIsWrittenStopsBeforeTheCommit() {
    QFETCH(QString, what);
    QFETCH(QString, said);
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "in/out"));
    harness.push(row(1));
    harness.commit();
    if (what == "rename") fs::rename(folder.path("in/out"), folder.path("moved"));
    if (what == "remove") fs::remove(folder.path("in/out"));
    if (what == "folder") fs::remove_all(folder.path("in"));
    if (what == "replace") {
      folder.write("other", row(1) + "precious\n");
      fs::rename(folder.path("other"), folder.path("in/out"));
    }
    harness.commit();  // has written nothing
    harness.push(row(2));
    SAYS(errorOf([&] { harness.prepare(); }), said.toStdString());
    if (what == "replace") QCOMPARE(folder.read("in/out"), row(1) + "precious\n");
    if (what != "rename") return;
    fs::rename(folder.path("moved"), folder.path("in/out"));
    harness.crash();
    QCOMPARE(folder.read("in/out"), row(1));
    harness.push(row(2));
    harness.commit();
    QCOMPARE(folder.read("in/out"), row(1) + row(2));
  }
  void aFileThatIsTakenAwayBeforeItsFirstCommitIsBegunAnew() {
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "out"));
    harness.push(row(1));
    fs::remove(folder.path(folder.names().at(0).toStdString()));
    SAYS(errorOf([&] { harness.prepare(); }),
         ".uncommitted was renamed or removed while it was being written. The run");
    harness.crash();
    harness.push(row(1));
    harness.commit();
    QCOMPARE(folder.read("out"), row(1));
  }
  void tooManyOpenFilesIsSaidWithTheLimit() {
    const Folder folder;
    file::OutputFile output(folder.path("out"), file::OutputFile::Existing::Refuse);
    struct rlimit before {};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
    struct rlimit few = before;
    few.rlim_cur = 3;  // the three that every process has
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &few), 0);
    weir_status status = WEIR_OK;
    std::string said;
    try {
      output.recover({});
      output.append("one");
    } catch (const PluginError& error) {
      status = error.status();
      said = error.what();
    }
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &before), 0);
    QCOMPARE(status, WEIR_ERROR_CONFIG);
    SAYS(said, "It may have 3 files open at once");
    SAYS(said, "ulimit -n");
  }
  void whatTheFirstVersionLeftUncommittedIsNamedAndKept() {
    const Folder folder;
    file::OutputFile output(folder.path("out"), file::OutputFile::Existing::Refuse);
    output.recover({});
    QCOMPARE(output.leftBehind(), std::string());
    folder.write("out.uncommitted", "precious\n");
    QCOMPARE(output.leftBehind(), folder.path("out.uncommitted"));
    output.prepareCommit();
    output.committed();
    QCOMPARE(folder.read("out.uncommitted"), std::string("precious\n"));
  }
  void onlyRegularFilesAreWritten_data() {
    QTest::addColumn<QString>("existing");
    QTest::newRow("refuse") << "refuse";
    QTest::newRow("replace") << "replace";
  }
  void onlyRegularFilesAreWritten() {
    QFETCH(QString, existing);
    const std::string more = ", \"existing\": \"" + existing.toStdString() + "\"";
    const Folder folder;
    folder.write("real", "precious\n");
    fs::create_symlink("real", folder.path("link"));
    fs::create_symlink("nothing", folder.path("dangling"));
    fs::create_directory(folder.path("folder"));
    QCOMPARE(mkfifo(folder.path("fifo").c_str(), 0600), 0);
    const QStringList before = folder.names();
    const auto said = [&](const std::string& name) {
      return errorOf([&] { testkit::OperatorHarness(sink(folder, name, more)).push(row(1)); });
    };
    SAYS(said("link"), "link is a link, and file.sink writes regular files only");
    SAYS(said("dangling"), "dangling is a link");
    SAYS(said("folder"), "folder is a folder");
    SAYS(said("fifo"), "fifo is a FIFO");
    QCOMPARE(folder.names(), before);
    QCOMPARE(folder.read("real"), std::string("precious\n"));
    QVERIFY(fs::is_symlink(folder.path("link")) && fs::is_fifo(folder.path("fifo")));
  }
  void aDeviceStaysADevice() {
    testkit::Setup setup = sink(Folder(), "out");
    setup.params = R"({"path": "/dev/null", "format": "json.json", "existing": "replace"})";
    SAYS(errorOf([&] { testkit::OperatorHarness(setup).push(row(1)); }), "/dev/null is a device");
    QVERIFY(fs::is_character_file("/dev/null"));
  }
  void whatComesThereWhileTheRunBeginsIsKept() {
    const Folder folder;
    testkit::OperatorHarness harness(sink(folder, "out"));
    harness.push(row(1));
    folder.write("out", "precious\n");
    SAYS(errorOf([&] { harness.commit(); }), "has come to be there since this run began");
    QCOMPARE(folder.read("out"), std::string("precious\n"));
    testkit::OperatorHarness replacing(sink(folder, "new", ", \"existing\": \"replace\""));
    replacing.push(row(1));
    fs::create_symlink("out", folder.path("new"));
    SAYS(errorOf([&] { replacing.commit(); }), "new is a link");
    QCOMPARE(folder.read("out"), std::string("precious\n"));
  }
  void whatIsCommittedTakesItsPlaceOnceThatIsFree() {
    const Folder folder;
    std::string blob;
    {
      file::OutputFile output(folder.path("out"), file::OutputFile::Existing::Refuse, "me");
      output.recover({});
      output.append("one");
      blob = output.prepareCommit();
      folder.write("out", "precious\n");
      SAYS(errorOf([&] { output.committed(); }), "Move it away");
    }
    file::OutputFile output(folder.path("out"), file::OutputFile::Existing::Refuse, "me");
    SAYS(errorOf([&] { output.recover(blob); }), "Move it away");
    fs::rename(folder.path("out"), folder.path("moved"));
    output.recover(blob);
    QCOMPARE(folder.read("out"), std::string("one\n"));
    QCOMPARE(folder.read("moved"), std::string("precious\n"));
    QCOMPARE(folder.names(), QStringList({"moved", "out"}));
  }
  void whatIsUncommittedOfSomebodyElseStays() {
    const Folder folder;
    folder.write("out.uncommitted", "precious\n");
    file::OutputFile first(folder.path("out"), file::OutputFile::Existing::Replace, "first");
    first.recover({});
    first.append("one");
    const std::string blob = first.prepareCommit();
    file::OutputFile second(folder.path("out"), file::OutputFile::Existing::Replace, "second");
    second.recover({});
    second.append("two");
    second.prepareCommit();
    first.committed();
    SAYS(errorOf([&] { second.committed(); }), "out is being written by another sink");
    QCOMPARE(folder.read("out"), std::string("one\n"));
    QCOMPARE(folder.read("out.uncommitted"), std::string("precious\n"));
  }
  void aFileThatIsReplacedPassesOnItsPermissions() {
    const Folder folder;
    folder.write("out", "old\n");
    QCOMPARE(chmod(folder.path("out").c_str(), 0640), 0);
    testkit::OperatorHarness harness(sink(folder, "out", ", \"existing\": \"replace\""));
    harness.push(row(1));
    harness.commit();
    struct stat facts {};
    QCOMPARE(stat(folder.path("out").c_str(), &facts), 0);
    QCOMPARE(facts.st_mode & 0777U, 0640U);
    QCOMPARE(folder.read("out"), row(1));
  }
  void whatAnEarlierVersionCommittedIsTakenUp_data() {
    QTest::addColumn<int>("version");
    for (const int version : {1, 2}) QTest::addRow("%d", version) << version;
  }
  void whatAnEarlierVersionCommittedIsTakenUp() {
    const Folder folder;
    std::string blob = committedRow(folder, "out", Told::No, "me");
    const auto end = file::CommittedEnd::parse(blob, folder.path("out"));
    const std::string known = " " + std::to_string(end->length) + " " + end->tail;
    // Version 1 wrote no name: it stands beside its place as out.uncommitted.
    QFETCH(int, version);
    if (version == 1) fs::rename(folder.path(end->beside), folder.path("out.uncommitted"));
    blob = version == 1 ? "1" + known : "2" + known + " " + end->beside;
    for (int i = 0; i < 2; ++i) {
      file::OutputFile output(folder.path("out"), file::OutputFile::Existing::Refuse, "me");
      output.recover(blob);
      QCOMPARE(folder.names(), QStringList({"out"}));
      if (version == 2) blob = "2" + known;
    }
    file::OutputFile newer(folder.path("out"), file::OutputFile::Existing::Refuse, "me");
    SAYS(errorOf([&] { newer.recover("4" + known); }), "written by a newer version of the file plugin");
  }
  void anotherPathInTheTopologyIsSaidWithBoth() {
    const Folder folder;
    std::string blob = committedRow(folder, "old", Told::Yes);
    file::OutputFile output(folder.path("new"), file::OutputFile::Existing::Refuse);
    const std::string gone = errorOf([&] { output.recover(blob); });
    SAYS(gone, "The path of this sink was " + folder.path("old") + " when 4 bytes were committed to it, and is " +
                   folder.path("new") + " now, where no file is.");
    SAYS(gone, "mv " + folder.path("old") + " " + folder.path("new") + ".");
    QVERIFY2(gone.find("is gone") == std::string::npos, gone.c_str());
    folder.write("new", "something else\n");
    SAYS(errorOf([&] { output.recover(blob); }), "now, where another file is.");
    QCOMPARE(folder.read("new"), std::string("something else\n"));
  }
  void aFileThatWasMovedToTheNewPathGoesOnThere() {
    const Folder folder;
    std::string blob = committedRow(folder, "old", Told::Yes);
    fs::rename(folder.path("old"), folder.path("new"));
    {
      file::OutputFile output(folder.path("new"), file::OutputFile::Existing::Refuse);
      output.recover(blob);
      blob = output.prepareCommit();
      output.committed();
    }
    fs::remove(folder.path("new"));
    file::OutputFile output(folder.path("new"), file::OutputFile::Existing::Refuse);
    SAYS(errorOf([&] { output.recover(blob); }), "new is gone, but 4 bytes were committed to it");
  }
  void whatWasNotMovedToItsPlaceYetIsNamedWhereItIs() {
    const Folder folder;
    std::string blob = committedRow(folder, "old", Told::No);
    file::OutputFile output(folder.path("sub/new"), file::OutputFile::Existing::Refuse);
    SAYS(errorOf([&] { output.recover(blob); }), "mv " + folder.path(folder.names().at(0).toStdString()) + " ");
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
    testkit::OperatorHarness harness(sink(folder, "out"));
    harness.push(row(1));
    // Whatever is written to this device finds no room.
    QVERIFY(folder.openedAs(".uncommitted", "/dev/full"));
    SAYS(errorOf([&] { harness.prepare(); }), "No space left on device. Make room on its disk. The run goes on");
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
    QVERIFY(std::filesystem::file_size(folder.path(folder.names().at(0).toStdString())) > 1'000'000);
    QCOMPARE(output.length(), 2000U * 1001U);
  }
};

WEIR_TEST(FileSinkTest)
#include "file_sink_test.moc"
