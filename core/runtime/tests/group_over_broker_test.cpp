// Several runners of a group over a log with Kafka's habits: tasks move between them, are lost to them, and commits are
// aborted, or nobody is told what became of them.
#include "core/runtime/tests/broker_words.hpp"

#include <random>
#include <thread>

#include "core/adapters/memory/memory_group.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

// Starts again as long as it takes, as the same member.
class Runner {
 public:
  Runner(MemoryBroker& broker, MemoryGroup& group, const std::string& name)
      : thread_([this, &broker, &group, name] {
          for (int starts = 0; starts < 300 && !ended; ++starts) {
            GroupMember member(group, name);
            const std::unique_ptr<Log> log = broker.open(name, &group);
            const Result<RunSummary> done = subject.run(*log, &member);
            ended = done.ok();
            if (!done) problem = done.error().message;
          }
          over = true;
        }) {}
  ~Runner() { thread_.join(); }
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  Subject subject;
  std::atomic<bool> ended{false};
  std::atomic<bool> over{false};
  std::string problem;  // of the last start that failed; read when it is over

 private:
  std::thread thread_;
};

// Until both have come to their end.
void disturb(const Runner& a, const Runner& b, MemoryGroup& group, unsigned seed) {
  std::mt19937 random(seed);
  const auto over = [&] { return a.over && b.over; };
  const auto made = [&] { return a.subject.plugins.windowsMade + b.subject.plugins.windowsMade; };
  for (int times = 0; times < 6 && !over(); ++times) {
    const int until = made() + 1;
    if (random() % 3 == 0) {
      group.giveUp(random() % 2 == 0 ? "a" : "b");
    } else {
      group.rebalance();
    }
    while (!over() && made() < until) {
      group.settle();
      std::this_thread::yield();
      if (random() % 64 == 0) break;  // what has moved was no window
    }
  }
  while (!over()) std::this_thread::yield();
}

}  // namespace

class GroupOverBrokerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void tasksThatMoveOverSuchALogGiveWhatOneRunGives() {
    const Rows wanted = undisturbed();
    QCOMPARE(wanted.size(), std::size_t{12});
    int windowsMade = 0;
    constexpr unsigned kSeeds = 30;
    for (unsigned seed = 1; seed <= kSeeds; ++seed) {
      const std::string where = "seed " + std::to_string(seed) + ": ";
      MemoryBroker broker({.seed = seed, .aborted = 5, .unknown = seed % 3 == 0 ? 1 : 0});
      MemoryGroup group(seed);
      {
        Runner a(broker, group, "a");
        Runner b(broker, group, "b");
        disturb(a, b, group, seed);
        QVERIFY2(a.ended, (where + a.problem).c_str());
        QVERIFY2(b.ended, (where + b.problem).c_str());
        windowsMade += a.subject.plugins.windowsMade + b.subject.plugins.windowsMade;
      }
      const auto log = broker.open("reader");
      QVERIFY2(sorted(*log, "counts") == wanted, where.c_str());
      QVERIFY2(sorted(*log, "copy") == wanted, where.c_str());
    }
    // Tasks have moved, or have been made again: each run needs two windows.
    QVERIFY2(windowsMade > static_cast<int>(3 * kSeeds), std::to_string(windowsMade).c_str());
  }
};

WEIR_TEST(GroupOverBrokerTest)
#include "group_over_broker_test.moc"
