// Threads: a task is on one of them at a time, and no wake is lost.
#include <QtTest>

#include <atomic>
#include <semaphore>

#include "core/runtime/task/worker_pool.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

// Counts its runs, and notices when two threads run it at once.
class Counting final : public Runnable {
 public:
  explicit Counting(int wanted) : wanted_(wanted) {}
  bool runSome() override {
    if (inside_.exchange(true)) overlapped = true;
    const int now = ++runs;
    inside_ = false;
    if (now == wanted_) done.release();
    return false;
  }
  std::atomic<int> runs{0};
  std::atomic<bool> overlapped{false};
  std::binary_semaphore done{0};

 private:
  int wanted_;
  std::atomic<bool> inside_{false};
};

// Runs until it is told to rest; then waits for a wake.
class Steady final : public Runnable {
 public:
  bool runSome() override {
    if (++runs < 1000) return true;
    done.release();
    return false;
  }
  int runs = 0;
  std::binary_semaphore done{0};
};

// Blocks inside its first run until it is let go.
class Held final : public Runnable {
 public:
  bool runSome() override {
    const int run = ++runs;
    if (run == 1) {
      entered.release();
      letGo.acquire();
    } else {
      done.release();
    }
    return false;
  }
  std::atomic<int> runs{0};
  std::binary_semaphore entered{0};
  std::binary_semaphore letGo{0};
  std::binary_semaphore done{0};
};

}  // namespace

class WorkerPoolTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRunnableRunsAgainForAsLongAsItAsks() {
    const SystemClock clock;
    Steady steady;
    WorkerPool pool(2, clock);
    pool.wake(steady);
    steady.done.acquire();
    pool.stop();
    QCOMPARE(steady.runs, 1000);
  }

  void aWakeDuringARunIsNotLost() {
    const SystemClock clock;
    Held held;
    WorkerPool pool(1, clock);
    pool.wake(held);
    held.entered.acquire();
    pool.wake(held);
    held.letGo.release();
    held.done.acquire();
    pool.stop();
    QCOMPARE(held.runs.load(), 2);
  }

  void twoThreadsNeverRunTheSameRunnableAtOnce() {
    const SystemClock clock;
    Counting counting(INT_MAX);
    WorkerPool pool(4, clock);
    while (counting.runs < 1000) pool.wake(counting);
    pool.stop();
    QVERIFY(!counting.overlapped);
  }

  void aWakeBeforeTheStartIsNotLost() {
    const SystemClock clock;
    Counting counting(1);
    WorkerPool pool(clock);
    pool.wake(counting);
    QCOMPARE(counting.runs.load(), 0);
    pool.start(1);
    counting.done.acquire();
    pool.stop();
  }

  void aTimedWakeComesWhenTheClockSaysSo() {
    const SystemClock clock;
    Counting counting(1);
    WorkerPool pool(1, clock);
    pool.wakeAt(counting, clock.monotonic() + kMillisecond);
    counting.done.acquire();
    pool.stop();
    QCOMPARE(counting.runs.load(), 1);
  }

  void ofManyTimedWakesOnlyTheEarliestIsKept() {
    const SystemClock clock;
    Counting counting(INT_MAX);
    Counting last(1);
    WorkerPool pool(clock);
    const Instant begin = clock.monotonic();
    for (int i = 1000; i > 0; --i) pool.wakeAt(counting, begin + i);
    for (int i = 1; i <= 1000; ++i) pool.wakeAt(counting, begin + i);
    pool.wakeAt(last, begin + 1001);
    pool.start(1);
    last.done.acquire();
    pool.stop();
    QCOMPARE(counting.runs.load(), 1);
  }

  void aRunnableMayAskForATimedWakeAgainAfterOneCame() {
    const SystemClock clock;
    Counting counting(2);
    WorkerPool pool(1, clock);
    pool.wakeAt(counting, clock.monotonic() + 1);
    while (counting.runs < 1) std::this_thread::yield();
    pool.wakeAt(counting, clock.monotonic() + 1);
    counting.done.acquire();
    pool.stop();
  }

  void jobsRunOnSomeThread() {
    const SystemClock clock;
    std::counting_semaphore<100> done(0);
    WorkerPool pool(2, clock);
    for (int i = 0; i < 100; ++i) pool.submit([&done] { done.release(); });
    for (int i = 0; i < 100; ++i) done.acquire();
    pool.stop();
  }
};

WEIR_TEST(WorkerPoolTest)
#include "worker_pool_test.moc"
