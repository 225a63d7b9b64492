#include "core/base/start_progress.hpp"
#include "tests/program/test.hpp"

#include <string>
#include <vector>

using namespace weir;

namespace {

class Lines final : public Logger {
 public:
  void write(LogLevel, std::string_view where, std::string_view text) override {
    all.push_back(std::string(where) + "|" + std::string(text));
  }
  std::vector<std::string> all;
};

}  // namespace

class StartProgressTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aShortStartSaysNothing() {
    ManualClock clock;
    Lines lines;
    StartProgress start(clock, lines, {});
    for (int done = 0; done < 99; ++done) {
      clock.advance(10 * kMillisecond);
      QVERIFY(start.at("sums", "Reading", done, 99).ok());
    }
    QCOMPARE(lines.all.size(), std::size_t{0});
  }
  void aLongOneSaysEveryTwoSecondsHowFarItIs() {
    ManualClock clock;
    Lines lines;
    StartProgress start(clock, lines, {});
    for (int done = 0; done < 60; ++done) {
      clock.advance(100 * kMillisecond);
      QVERIFY(start.at("sums", "Reading", done, 60).ok());
    }
    QCOMPARE(lines.all,
             (std::vector<std::string>{"sums|Reading: 15 %.", "sums|Reading: 48 %.", "sums|Reading: 81 %."}));
  }
  void whatIsMadeAnewMuchLaterIsAStartOfItsOwn() {
    ManualClock clock;
    Lines lines;
    StartProgress start(clock, lines, {});
    QVERIFY(start.at("sums", "Reading", 0, 2).ok());
    clock.advance(60 * kSecond);
    QVERIFY(start.at("sums", "Reading", 1, 2).ok());
    QCOMPARE(lines.all.size(), std::size_t{0});
  }
  void aTaskThatIsMadeAnewSaysNothingEither() {
    ManualClock clock;
    Lines lines;
    StartProgress start(clock, lines, {});
    for (int made = 0; made < 5; ++made) {
      start.begin();
      for (std::int64_t done = 0; done < 8; ++done) {
        QVERIFY(start.at("sums", "Reading", done, 8).ok());
        clock.advance(100 * kMillisecond);
      }
      clock.advance(kSecond);  // until it is tried again
    }
    QCOMPARE(lines.all, std::vector<std::string>());
  }
  void tasksThatAreMadeAnewOneAfterTheOtherAreOneLongStart() {
    ManualClock clock;
    Lines lines;
    StartProgress start(clock, lines, {});
    for (std::int64_t made = 0; made < 20; ++made) {
      start.begin();
      QVERIFY(start.at("sums", "Reading", made, 20).ok());
      clock.advance(100 * kMillisecond);
    }
    QCOMPARE(lines.all, std::vector<std::string>{"sums|Reading: 50 %."});
  }
  void aStopEndsTheStart() {
    ManualClock clock;
    Lines lines;
    std::stop_source stop;
    StartProgress start(clock, lines, stop.get_token());
    QVERIFY(start.at("", "Reading", 0, 2).ok());
    QVERIFY(!start.stopped());
    stop.request_stop();
    QVERIFY(!start.at("", "Reading", 1, 2).ok());
    QVERIFY(start.stopped());
  }
};

WEIR_TEST(StartProgressTest)
#include "start_progress_test.moc"
