// file.source on a FIFO or a pipe: whole lines as they come, until the writers have closed it.
// Before Qt, to which `emit` is a keyword.
#include "plugins/file/stream_waiter.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"
#include "weir/testkit/operator_harness.hpp"

#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <optional>

using namespace weir;  // NOLINT

namespace {

constexpr int kPatience = 60'000;  // milliseconds: that it comes counts, not when

class Fifo {
 public:
  Fifo() { made_ = mkfifo(path().c_str(), 0600) == 0; }
  bool made() const { return made_; }
  std::string path() const { return (dir_.path() + "/fifo").toStdString(); }
  std::string folder() const { return dir_.path().toStdString(); }

 private:
  QTemporaryDir dir_;
  bool made_ = false;
};

class Writer {
 public:
  explicit Writer(int descriptor) : descriptor_(descriptor) {}
  explicit Writer(const Fifo& fifo) : Writer(open(fifo.path().c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC)) {}
  bool write(const std::string& text) const {
    return ::write(descriptor_.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }

 private:
  file::Descriptor descriptor_;
};

testkit::Setup source(const std::string& path, const std::string& more = "") {
  testkit::Setup setup;
  setup.library = weir::places::inBuild("plugins/file.so").toStdString();
  setup.op = "source";
  setup.params = "{\"path\": \"" + path + "\"" + more + "}";
  return setup;
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

}  // namespace

class StreamReaderTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aFifoGivesWholeLinesUntilItsWriterClosesIt_data() {
    QTest::addColumn<bool>("untilEnd");
    QTest::newRow("until the end") << true;
    QTest::newRow("not") << false;
  }
  void aFifoGivesWholeLinesUntilItsWriterClosesIt() {
    QFETCH(bool, untilEnd);
    const Fifo fifo;
    QVERIFY(fifo.made());
    testkit::OperatorHarness harness(source(fifo.path()));
    const std::string split = harness.discover().at(0);
    QCOMPARE(harness.read(split, untilEnd).status, WEIR_IDLE);  // no writer has come yet
    std::optional<Writer> writer(fifo);
    QVERIFY(writer->write("one\ntw"));
    QCOMPARE(harness.readAll(split, untilEnd), std::string("one\n"));
    QCOMPARE(harness.read(split, untilEnd).status, WEIR_IDLE);
    QVERIFY(writer->write("o\nthree"));
    QCOMPARE(harness.readAll(split, untilEnd), std::string("two\n"));
    writer.reset();
    QCOMPARE(harness.read(split, untilEnd).data, std::string("three"));
    QCOMPARE(harness.read(split, untilEnd).status, WEIR_END);
    QCOMPARE(harness.discover().size(), 0U);
  }
  void aFollowedFifoWaitsForItsNextWriter() {
    const Fifo fifo;
    testkit::OperatorHarness harness(source(fifo.path(), ", \"follow\": true"));
    const std::string split = harness.discover().at(0);
    QCOMPARE(harness.read(split, false).status, WEIR_IDLE);
    for (const std::string line : {"one\n", "two\n"}) {
      QVERIFY(Writer(fifo).write(line));
      QCOMPARE(harness.readAll(split, false), line);
      QCOMPARE(harness.read(split, false).status, WEIR_IDLE);
    }
  }
  void aLineThatIsTooLongCostsOnlyItself() {
    const Fifo fifo;
    testkit::OperatorHarness harness(source(fifo.path(), ", \"chunk_size\": 4096, \"max_record\": 8192"));
    const std::string split = harness.discover().at(0);
    QCOMPARE(harness.read(split, false).status, WEIR_IDLE);
    std::optional<Writer> writer(fifo);
    QVERIFY(writer->write("one\n" + std::string(20'000, 'x')));
    QCOMPARE(harness.readAll(split, false), std::string("one\n"));
    QVERIFY(writer->write(std::string(10'000, 'x') + "\ntwo\n" + std::string(9'000, 'y') + "\nthree\n"));
    writer.reset();
    // While a line without end goes on, the thread is given back now and then.
    std::string rest;
    testkit::OperatorHarness::Read piece = harness.read(split, false);
    for (; piece.status != WEIR_END; piece = harness.read(split, false)) rest += piece.data;
    QCOMPARE(rest, std::string("two\nthree\n"));
    const std::vector<std::string> letters = harness.takeDeadLetters();
    QCOMPARE(letters.size(), 2U);
    QVERIFY(letters[0].find("The line has 30000 bytes; max_record allows 8192.") != std::string::npos);
    QVERIFY(letters[0].find("\"begin\":4,") != std::string::npos);
    QVERIFY(letters[1].find("The line has 9000 bytes") != std::string::npos);
  }
  void standardInputIsThatOfTheProcess() {
    int ends[2] = {};
    QCOMPARE(pipe2(ends, O_CLOEXEC), 0);
    const file::Descriptor before(dup(STDIN_FILENO));
    QCOMPARE(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    std::optional<Writer> writer(ends[1]);
    QVERIFY(writer->write("one\n"));
    {
      testkit::OperatorHarness harness(source("/dev/stdin"));
      const std::string split = harness.discover().at(0);
      QCOMPARE(harness.readAll(split), std::string("one\n"));
      QVERIFY(writer->write("two\n"));
      writer.reset();
      QCOMPARE(harness.readAll(split), std::string("two\n"));
    }
    dup2(before.get(), STDIN_FILENO);
  }
  void aStreamThatAPatternHappensToMeetIsNotRead() {
    const Fifo fifo;
    testkit::OperatorHarness harness(source(fifo.folder() + "/*"));
    QCOMPARE(harness.discover().size(), 0U);
  }
  void aFolderIsRefused() {
    const Fifo fifo;
    testkit::OperatorHarness harness(source(fifo.folder(), ", \"follow\": true"));
    const std::string error = errorOf([&] { harness.discover(); });
    QVERIFY2(error.find("is a folder: name the files in it") != std::string::npos, error.c_str());
  }
  void newsOfWhatCanBeReadComeOncePerQuestion() {
    const Fifo fifo;
    const file::Descriptor reader(open(fifo.path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    std::atomic<int> news = 0;
    file::StreamWaiter waiter([&] { ++news; });
    waiter.await(reader.get());
    const Writer writer(fifo);
    QVERIFY(writer.write("one\n"));
    QTRY_COMPARE_WITH_TIMEOUT(news.load(), 1, kPatience);
    QVERIFY(writer.write("two\n"));
    waiter.await(reader.get());  // there is something at once
    QTRY_COMPARE_WITH_TIMEOUT(news.load(), 2, kPatience);
  }
};

WEIR_TEST(StreamReaderTest)
#include "stream_reader_test.moc"
