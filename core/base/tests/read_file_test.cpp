#include "core/base/read_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <array>
#include <cerrno>
#include <fstream>
#include <thread>

#include "tests/program/test.hpp"
#include "weir/sdk/refusal.hpp"

using namespace weir;

namespace {

constexpr uid_t kNobody = 65534;
constexpr std::size_t kMost = 1 << 20;

// Another user than root, to whom everything is permitted.
class AsNobody {
 public:
  AsNobody() { done_ = ::geteuid() != 0 || ::seteuid(kNobody) == 0; }
  ~AsNobody() {
    if (::getuid() == 0 && ::seteuid(0) != 0) std::abort();
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  bool done() const { return done_; }

 private:
  bool done_ = false;
};

class Folder {
 public:
  std::string path(const char* name = ".") const { return dir_.filePath(name).toStdString(); }
  void write(const char* name, const std::string& text) const { std::ofstream(path(name)) << text; }

 private:
  QTemporaryDir dir_;
};

void mentions(const std::string& text, const std::string& words) {
  QVERIFY2(text.find(words) != std::string::npos, text.c_str());
}

}  // namespace

class ReadFileTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aFileIsReadToItsEndAndNotBeyondTheLimit() {
    const Folder folder;
    folder.write("a", "one\ntwo\n");
    QCOMPARE(*readFile(folder.path("a"), kMost), std::string("one\ntwo\n"));
    QCOMPARE(*readFile(folder.path("a"), 8), std::string("one\ntwo\n"));
    mentions(readFile(folder.path("a"), 7).error().message, "is too large: no more than 7 bytes are read");
  }
  void whatIsNoFileOrNotThereSaysSo() {
    const Folder folder;
    mentions(readFile(folder.path(), kMost).error().message, "is a folder, not a file.");
    mentions(readFile(folder.path("a"), kMost).error().message, "a cannot be opened: No such file or directory.");
    QVERIFY(!readFile(folder.path("a") + std::string(1, '\0') + "b", kMost));
  }
  void aFifoIsReadFromItsWriter() {
    const Folder folder;
    const std::string path = folder.path("fifo");
    QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    // Opens it before or after the reader, and is silent for a moment.
    std::thread writer([&path] { std::ofstream(path) << "from the writer" << std::flush; });
    const Result<std::string> read = readFile(path, kMost);
    writer.join();
    QCOMPARE(*read, std::string("from the writer"));
  }
  void aFifoThatNobodyWritesToIsAnError() {
    const Folder folder;
    const std::string path = folder.path("fifo");
    QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    mentions(readFile(path, kMost).error().message, "is a FIFO, and nobody has written to it.");
  }
  void aPipeWithoutANameMayBeEmpty() {
    std::array<int, 2> pipe{};
    QCOMPARE(::pipe2(pipe.data(), O_CLOEXEC), 0);
    ::close(pipe[1]);
    QCOMPARE(*readFile("/dev/fd/" + std::to_string(pipe[0]), kMost), std::string());
    ::close(pipe[0]);
  }
  void aRefusalNamesTheUserAndWhatIsClosed() {
    const Folder folder;
    QCOMPARE(::chmod(folder.path().c_str(), 0777), 0);
    QCOMPARE(::mkdir(folder.path("closed").c_str(), 0700), 0);
    folder.write("closed/a", "x");
    folder.write("b", "x");
    QCOMPARE(::chmod(folder.path("b").c_str(), 0), 0);
    QCOMPARE(::chmod(folder.path("closed").c_str(), 0), 0);
    std::string in;
    std::string file;
    std::string into;
    {
      const AsNobody other;
      QVERIFY(other.done());
      in = whyRefused(EACCES, folder.path("closed/a"), Access::Read);
      file = whyRefused(EACCES, folder.path("b"), Access::Read);
      into = whyRefused(EACCES, folder.path("closed/new"), Access::Write);
    }
    QCOMPARE(::chmod(folder.path("closed").c_str(), 0700), 0);
    mentions(in, "Permission denied. User ");
    mentions(in, "may not go into " + folder.path("closed") + ", which belongs to ");
    mentions(in, "with mode 0000: change one or the other (chown, chmod), or run Weir as another user.");
    mentions(file, "may not read " + folder.path("b") + ", which");
    mentions(into, "may not go into " + folder.path("closed") + ", which");
  }
  void whatHelpsAgainstOtherRefusalsIsSaid() {
    mentions(whyRefused(ENOSPC, "/a", Access::Write), "Make room on its disk.");
    mentions(whyRefused(EMFILE, "/a", Access::Read), "raise the limit (ulimit -n");
    QCOMPARE(whyRefused(ENOENT, "/a", Access::Read), std::string("No such file or directory."));
  }
};

WEIR_TEST(ReadFileTest)
#include "read_file_test.moc"
