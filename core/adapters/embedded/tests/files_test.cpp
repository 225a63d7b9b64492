// What every Files port keeps, and that the faulty ones fail as they say; the lock of a home.
#include <sys/wait.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <functional>

#include "core/adapters/embedded/files/posix_files.hpp"
#include "core/adapters/embedded/home/home_lock.hpp"
#include "core/adapters/embedded/tests/log_words.hpp"
#include "core/adapters/memory/memory_files.hpp"
#include "tests/crash/faults/faulty_files.hpp"
#include "tests/crash/faults/slow_sync_files.hpp"
#include "tests/crash/faults/unsynced_loss_files.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::embedded;
using runtime::Files;
using runtime::OpenMode;

namespace {

std::span<const std::byte> bytes(const std::string& text) {
  return std::as_bytes(std::span(text));
}

Result<void> write(Files& files, const std::string& path, const std::string& text) {
  auto file = files.open(path, OpenMode::Append);
  if (!file) return file.error();
  return (*file)->append(bytes(text));
}

Result<void> sync(Files& files, const std::string& path) {
  auto file = files.open(path, OpenMode::Append);
  if (!file) return file.error();
  return (*file)->sync();
}

std::string textOf(Files& files, const std::string& path) {
  auto file = files.open(path, OpenMode::Read);
  if (!file) return "(no file)";
  std::string text(*(*file)->size(), '\0');
  static_cast<void>((*file)->read(0, std::as_writable_bytes(std::span(text))));
  return text;
}

// The adapter of the data row, with an empty folder.
struct Subject {
  explicit Subject(const QString& kind) {
    Files* made = &memory;
    folder = "/home";
    if (kind.startsWith("posix") || kind.endsWith("posix")) {
      made = &posix;
      folder = temporary.path().toStdString();
    }
    unsynced = std::make_unique<faults::UnsyncedLossFiles>(*made);
    files = kind.startsWith("unsynced") ? unsynced.get() : made;
    static_cast<void>(files->makeFolders(folder + "/a/b"));
  }
  std::string path(const std::string& name) const { return folder + "/" + name; }

  QTemporaryDir temporary;
  runtime::MemoryFiles memory;
  PosixFiles posix;
  std::unique_ptr<faults::UnsyncedLossFiles> unsynced;
  Files* files = nullptr;
  std::string folder;
};

}  // namespace

class FilesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase_data();
  void appendedBytesAreRead();
  void manyPiecesAreOneAppend();
  void truncationKeepsTheBeginning();
  void namesAreListedRenamedAndRemoved();
  void aMissingFileIsAConfigError();
  void unsyncedBytesAndNamesAreLost();
  void syncedBytesOfAFileWithoutADurableNameAreLost();
  void anUnsyncedRenameIsUndone();
  void onlyTheSyncsOfASlowDiskTakeLong();
  void aHomeHasOneRunner();
};

void FilesTest::initTestCase_data() {
  QTest::addColumn<QString>("kind");
  for (const char* kind : {"memory", "posix", "unsynced over memory", "unsynced over posix"}) {
    QTest::newRow(kind) << QString(kind);
  }
}

#define SUBJECT()               \
  QFETCH_GLOBAL(QString, kind); \
  Subject subject(kind);        \
  Files& files = *subject.files

void FilesTest::appendedBytesAreRead() {
  SUBJECT();
  WEIR_VERIFY(write(files, subject.path("f"), "one "));
  WEIR_VERIFY(sync(files, subject.path("f")));
  WEIR_VERIFY(write(files, subject.path("f"), "two"));
  QCOMPARE(textOf(files, subject.path("f")), std::string("one two"));
  std::string middle(4, '\0');
  auto file = std::move(*files.open(subject.path("f"), OpenMode::Read));
  QCOMPARE(*file->read(2, std::as_writable_bytes(std::span(middle))), std::size_t{4});
  QCOMPARE(middle, std::string("e tw"));
  QCOMPARE(*file->read(6, std::as_writable_bytes(std::span(middle))), std::size_t{1});
  QCOMPARE(*file->read(60, std::as_writable_bytes(std::span(middle))), std::size_t{0});
}

void FilesTest::manyPiecesAreOneAppend() {
  SUBJECT();
  std::vector<std::string> texts;
  std::string expected;
  for (int i = 0; i < 200; ++i) {
    texts.emplace_back(static_cast<std::size_t>(i % 7), static_cast<char>('a' + i % 26));
    expected += texts.back();
  }
  std::vector<std::span<const std::byte>> pieces;
  pieces.reserve(texts.size());
  for (const std::string& text : texts) pieces.push_back(bytes(text));
  WEIR_VERIFY((*files.open(subject.path("f"), OpenMode::Append))->appendAll(pieces));
  QCOMPARE(textOf(files, subject.path("f")), expected);
}

void FilesTest::truncationKeepsTheBeginning() {
  SUBJECT();
  auto file = std::move(*files.open(subject.path("f"), OpenMode::Append));
  WEIR_VERIFY(file->append(bytes("0123456789")));
  WEIR_VERIFY(file->sync());
  WEIR_VERIFY(file->append(bytes("abc")));
  WEIR_VERIFY(file->truncate(11));
  QCOMPARE(textOf(files, subject.path("f")), std::string("0123456789a"));
  WEIR_VERIFY(file->truncate(4));
  WEIR_VERIFY(file->append(bytes("X")));
  QCOMPARE(textOf(files, subject.path("f")), std::string("0123X"));
  WEIR_VERIFY(file->sync());
  QCOMPARE(textOf(files, subject.path("f")), std::string("0123X"));
}

void FilesTest::namesAreListedRenamedAndRemoved() {
  SUBJECT();
  WEIR_VERIFY(write(files, subject.path("g"), "g"));
  WEIR_VERIFY(write(files, subject.path("f"), "f"));
  QCOMPARE(*files.list(subject.folder), (std::vector<std::string>{"a", "f", "g"}));
  WEIR_VERIFY(files.rename(subject.path("f"), subject.path("g")));
  QCOMPARE(*files.list(subject.folder), (std::vector<std::string>{"a", "g"}));
  QCOMPARE(textOf(files, subject.path("g")), std::string("f"));
  WEIR_VERIFY(files.syncFolder(subject.folder));
  WEIR_VERIFY(files.remove(subject.path("g")));
  QCOMPARE(*files.list(subject.folder), std::vector<std::string>{"a"});
  QVERIFY(!*files.exists(subject.path("g")));
  QVERIFY(*files.exists(subject.path("a/b")));
}

void FilesTest::aMissingFileIsAConfigError() {
  SUBJECT();
  const auto missing = files.open(subject.path("none"), OpenMode::Read);
  QVERIFY(!missing.ok());
  QVERIFY(missing.error().kind == ErrorKind::Config);
}

void FilesTest::unsyncedBytesAndNamesAreLost() {
  SUBJECT();
  if (!kind.startsWith("unsynced")) return;
  WEIR_VERIFY(write(files, subject.path("f"), "safe"));
  WEIR_VERIFY(sync(files, subject.path("f")));
  WEIR_VERIFY(files.syncFolder(subject.folder));
  WEIR_VERIFY(write(files, subject.path("f"), " lost"));
  WEIR_VERIFY(write(files, subject.path("g"), "lost"));
  WEIR_VERIFY(subject.unsynced->losePower());
  QCOMPARE(textOf(files, subject.path("f")), std::string("safe"));
  QVERIFY(!*files.exists(subject.path("g")));
}

void FilesTest::syncedBytesOfAFileWithoutADurableNameAreLost() {
  SUBJECT();
  if (!kind.startsWith("unsynced")) return;
  WEIR_VERIFY(write(files, subject.path("f"), "synced"));
  WEIR_VERIFY(sync(files, subject.path("f")));
  WEIR_VERIFY(subject.unsynced->losePower());
  QVERIFY(!*files.exists(subject.path("f")));
}

void FilesTest::anUnsyncedRenameIsUndone() {
  SUBJECT();
  if (!kind.startsWith("unsynced")) return;
  for (const std::string name : {"f", "g"}) {
    WEIR_VERIFY(write(files, subject.path(name), name));
    WEIR_VERIFY(sync(files, subject.path(name)));
  }
  WEIR_VERIFY(files.syncFolder(subject.folder));
  WEIR_VERIFY(files.rename(subject.path("f"), subject.path("g")));
  QCOMPARE(textOf(files, subject.path("g")), std::string("f"));
  WEIR_VERIFY(subject.unsynced->losePower());
  QCOMPARE(textOf(files, subject.path("g")), std::string("g"));
  QCOMPARE(textOf(files, subject.path("f")), std::string("f"));
}

void FilesTest::onlyTheSyncsOfASlowDiskTakeLong() {
  SUBJECT();
  int waits = 0;
  faults::SlowSyncFiles slow(files, [&waits] { ++waits; });
  WEIR_VERIFY(write(slow, subject.path("f"), "text"));
  WEIR_VERIFY(slow.rename(subject.path("f"), subject.path("g")));
  QCOMPARE(textOf(slow, subject.path("g")), std::string("text"));
  WEIR_VERIFY((*slow.open(subject.path("g"), OpenMode::Append))->truncate(2));
  QCOMPARE(waits, 0);
  WEIR_VERIFY(sync(slow, subject.path("g")));
  QCOMPARE(waits, 1);
  WEIR_VERIFY(slow.syncFolder(subject.folder));
  QCOMPARE(waits, 2);
  WEIR_VERIFY(slow.remove(subject.path("g")));
  QCOMPARE(waits, 2);
}

void FilesTest::aHomeHasOneRunner() {
  QTemporaryDir home;
  const std::string path = home.path().toStdString();
  {
    const auto first = HomeLock::take(path);
    QVERIFY(first.ok());
    const auto second = HomeLock::take(path);
    QVERIFY(!second.ok());
    QVERIFY(words::mentions(second.error(), "process " + std::to_string(::getpid())));
  }
  QVERIFY(HomeLock::take(path).ok());
}

WEIR_TEST(FilesTest)
#include "files_test.moc"
