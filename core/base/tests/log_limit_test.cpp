#include <QtTest>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "core/base/log_limit.hpp"
#include "tests/program/test.hpp"

using namespace weir;

namespace {

using Lines = std::vector<std::string>;

class Recorder final : public Logger {
 public:
  void write(LogLevel level, std::string_view where, std::string_view text) override {
    lines.push_back(std::to_string(static_cast<int>(level)) + " " + std::string(where) + ": " + std::string(text));
  }
  bool shows(LogLevel level) const override { return level != LogLevel::Debug; }
  Lines lines;
};

Lines times(int count, const std::string& line) {
  return Lines(static_cast<std::size_t>(count), line);
}

}  // namespace

class LogLimitTest : public QObject {
  Q_OBJECT

  Recorder recorder_;
  ManualClock clock_;
  std::unique_ptr<LogLimit> limit_;

  // Answers how often somebody was asked to call `tell`.
  int write(int count, LogLevel level = LogLevel::Info) {
    int asked = 0;
    for (int i = 0; i < count; ++i) asked += limit_->write(level, "text") ? 1 : 0;
    return asked;
  }
  Lines taken() { return std::exchange(recorder_.lines, {}); }

 private Q_SLOTS:
  void init() {
    limit_.reset();
    recorder_.lines.clear();
    clock_.advance(Instant(kSecond) - clock_.monotonic());
    limit_ = std::make_unique<LogLimit>(recorder_, clock_, "node");
  }

  void tenLinesASecondPass() {
    QCOMPARE(write(10), 0);
    QCOMPARE(taken(), times(10, "1 node: text"));
    QCOMPARE(limit_->tell(), Instant::never());
    clock_.advance(kSecond);
    QCOMPARE(write(10), 0);
    QCOMPARE(taken(), times(10, "1 node: text"));
  }

  void whatIsOverItIsCountedAndToldWhenItsSecondIsOver() {
    QCOMPARE(write(1010), 1);
    QCOMPARE(taken(), times(10, "1 node: text"));
    clock_.advance(kSecond - 1);
    QCOMPARE(limit_->tell(), Instant(2 * kSecond));
    QCOMPARE(taken(), Lines());
    clock_.advance(1);
    QCOMPARE(limit_->tell(), Instant::never());
    QCOMPARE(taken(), Lines{"2 node: 1000 more lines were dropped: it may write 10 of a kind a second."});
    QCOMPARE(limit_->tell(), Instant::never());
    QCOMPARE(taken(), Lines());
  }

  void theNextLineTellsToo() {
    write(11);
    taken();
    clock_.advance(kSecond);
    write(1);
    QCOMPARE(taken(), (Lines{"2 node: 1 more line was dropped: it may write 10 of a kind a second.", "1 node: text"}));
  }

  void theEndTellsToo() {
    write(12);
    taken();
    limit_.reset();
    QCOMPARE(taken(), Lines{"2 node: 2 more lines were dropped: it may write 10 of a kind a second."});
  }

  void chatterHidesNoErrors() {
    write(100, LogLevel::Info);
    taken();
    write(1, LogLevel::Error);
    QCOMPARE(taken(), Lines{"3 node: text"});
  }

  void linesThatNobodyShowsAreNeitherCountedNorTold() {
    QCOMPARE(write(100, LogLevel::Debug), 0);
    QCOMPARE(limit_->tell(), Instant::never());
    QCOMPARE(taken(), Lines());
  }

  void aClockThatIsSetBackStopsNoLines() {
    write(11);
    taken();
    clock_.setTimeOfDay(clock_.now() - 3600 * kSecond);
    clock_.advance(kSecond);
    write(1);
    QCOMPARE(taken().back(), std::string("1 node: text"));
  }

  void threadsLoseNoCount() {
    std::vector<std::thread> threads;
    threads.reserve(4);
    std::atomic<int> asked = 0;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { asked += write(1000); });
    for (std::thread& thread : threads) thread.join();
    QCOMPARE(asked.load(), 1);
    limit_.reset();
    QCOMPARE(recorder_.lines.size(), std::size_t{11});
    QCOMPARE(recorder_.lines.back(),
             std::string("2 node: 3990 more lines were dropped: it may write 10 of a kind a second."));
  }
};

WEIR_TEST(LogLimitTest)
#include "log_limit_test.moc"
