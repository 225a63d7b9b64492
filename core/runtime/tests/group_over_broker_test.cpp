// Several runners of a group over a log with Kafka's habits: tasks move between them, are lost to them, and commits are
// aborted, or nobody is told what became of them.
#include "broker_words.hpp"

#include <QTest>

#include <random>
#include <thread>

#include "runtime/memory/memory_group.hpp"

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

}  // namespace

class GroupOverBrokerTest : public QObject {
  Q_OBJECT

 private slots:
  void tasksThatMoveOverSuchALogGiveWhatOneRunGives_data() {
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 30; ++seed) QTest::addRow("seed %u", seed) << seed;
  }
  void tasksThatMoveOverSuchALogGiveWhatOneRunGives() {
    QFETCH(unsigned, seed);
    const Rows wanted = undisturbed();
    QCOMPARE(wanted.size(), std::size_t{12});
    std::mt19937 random(seed);
    MemoryBroker broker({.seed = seed, .aborted = 5, .unknown = seed % 3 == 0 ? 1 : 0});
    MemoryGroup group(seed);
    int windowsMade = 0;
    {
      Runner a(broker, group, "a");
      Runner b(broker, group, "b");
      const auto over = [&] { return a.over && b.over; };
      for (int disturbed = 0; disturbed < 6 && !over(); ++disturbed) {
        const int until = a.subject.plugins.windowsMade + b.subject.plugins.windowsMade + 1;
        random() % 3 == 0 ? group.giveUp(random() % 2 == 0 ? "a" : "b") : group.rebalance();
        while (!over() && a.subject.plugins.windowsMade + b.subject.plugins.windowsMade < until) {
          group.settle();
          std::this_thread::yield();
          if (random() % 64 == 0) break;  // what has moved was no window
        }
      }
      while (!over()) std::this_thread::yield();
      QVERIFY2(a.ended, a.problem.c_str());
      QVERIFY2(b.ended, b.problem.c_str());
      windowsMade = a.subject.plugins.windowsMade + b.subject.plugins.windowsMade;
    }
    const auto log = broker.open("reader");
    QCOMPARE(sorted(*log, "counts"), wanted);
    QCOMPARE(sorted(*log, "copy"), wanted);
    QVERIFY(windowsMade > 2);  // tasks have moved, or have been made again
  }
};

QTEST_APPLESS_MAIN(GroupOverBrokerTest)
#include "group_over_broker_test.moc"
