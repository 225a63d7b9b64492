// When readers of a topic are woken: for rows at once, for time in rounds.
#include "core/runtime/engine/topic_readers.hpp"
#include "tests/program/test.hpp"

#include <atomic>
#include <functional>
#include <semaphore>
#include <utility>

using namespace weir;
using namespace weir::runtime;

namespace {

// A turn of it takes so long by the clock of the test.
class Reader final : public Runnable {
 public:
  explicit Reader(ManualClock& clock) : clock_(clock) {}
  bool runSome() override {
    clock_.advance(takes);
    if (const auto first = std::exchange(once, nullptr)) first();
    ++turns;
    ran_.release();
    return false;
  }
  void await() { ran_.acquire(); }

  std::function<void()> once;  // done in its first turn
  std::atomic<Duration> takes{0};
  std::atomic<int> turns{0};

 private:
  ManualClock& clock_;
  std::counting_semaphore<> ran_{0};
};

// Two partitions with a reader each.
class Subject {
 public:
  Subject() {
    readers.add(0, first);
    readers.add(1, other);
    pool.start(1);
  }
  ~Subject() { pool.stop(); }
  // Each turn stands behind what the one before it has seen made ready: enough for two rounds.
  void settle() {
    for (int turn = 0; turn < 6; ++turn) {
      pool.wake(last_);
      last_.await();
    }
  }

  ManualClock clock;
  Reader first{clock};
  Reader other{clock};
  WorkerPool pool{clock};
  TopicReaders readers{pool, clock, kSecond};

 private:
  Reader last_{clock};
};

}  // namespace

class TopicReadersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsWakeTheReaderOfTheirPartition() {
    Subject subject;
    subject.readers.wakeForRows(1);
    subject.readers.wakeForRows(7);  // of another runner
    subject.settle();
    QCOMPARE(subject.first.turns.load(), 0);
    QCOMPARE(subject.other.turns.load(), 1);
  }

  void timeWakesAllOfThemAtOnceWhereThatTakesNoTime() {
    Subject subject;
    for (int round = 1; round <= 5; ++round) {
      subject.readers.wakeForTime();
      subject.settle();
      QCOMPARE(subject.first.turns.load(), round);
      QCOMPARE(subject.other.turns.load(), round);
    }
  }

  void afterARoundThatTookLongTheNextOneWaitsAndRowsDoNot() {
    Subject subject;
    subject.first.takes = 10 * kMillisecond;
    subject.readers.wakeForTime();
    subject.settle();
    QCOMPARE(subject.first.turns.load(), 1);
    for (int i = 0; i < 3; ++i) subject.readers.wakeForTime();
    subject.readers.wakeForRows(1);
    subject.settle();
    QCOMPARE(subject.first.turns.load(), 1);
    QCOMPARE(subject.other.turns.load(), 2);
    // Once, however often it was asked for.
    subject.clock.advance(90 * kMillisecond);
    subject.settle();
    QCOMPARE(subject.first.turns.load(), 2);
    QCOMPARE(subject.other.turns.load(), 3);
  }

  void whatDoesNotWaitIsHeardWhileTimeRests() {
    Subject subject;
    subject.first.takes = 10 * kMillisecond;
    subject.readers.wakeForTime();
    subject.settle();
    subject.readers.wakeAll();
    subject.settle();
    QCOMPARE(subject.first.turns.load(), 2);
    QCOMPARE(subject.other.turns.load(), 2);
  }

  void noRestIsLongerThanTheLongest() {
    Subject subject;
    subject.first.takes = 60 * kSecond;
    subject.readers.wakeForTime();
    subject.settle();
    subject.first.takes = 0;
    subject.readers.wakeForTime();
    subject.clock.advance(kSecond);
    subject.settle();
    QCOMPARE(subject.first.turns.load(), 2);
  }

  void timeThatMovesDuringARoundHasARoundOfItsOwn() {
    Subject subject;
    subject.other.once = [&] {
      for (int i = 0; i < 3; ++i) subject.readers.wakeForTime();
    };
    subject.readers.wakeForTime();
    subject.settle();
    QCOMPARE(subject.first.turns.load(), 2);
    QCOMPARE(subject.other.turns.load(), 2);
  }
};

WEIR_TEST(TopicReadersTest)
#include "topic_readers_test.moc"
