// Looking at a log beside its runner: what is published, whatever happens to the files, and nothing is changed.
#include <QTemporaryDir>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <semaphore>
#include <thread>

#include "core/adapters/embedded/files/posix_files.hpp"
#include "core/adapters/embedded/tests/log_words.hpp"
#include "tests/crash/faults/slow_sync_files.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::embedded;
using namespace weir::embedded::words;

namespace {

const PartitionId kOrders = {"orders", 0};
using Texts = std::vector<std::string>;

class Subject {
 public:
  Subject() { reopen(); }
  std::unique_ptr<EmbeddedLog> look() { return std::move(*EmbeddedLog::look(files_, folder())); }
  void reopen(std::uint64_t journalLimit = 1 << 20) {
    log_.reset();
    EmbeddedLogOptions options;
    options.folder = folder();
    options.journalLimit = journalLimit;
    log_ = std::move(*EmbeddedLog::open(slowFiles_, options));
    TopicSpec orders = topic("orders");
    orders.segmentBytes = 400;
    WEIR_VERIFY(log_->ensureTopic(orders));
  }
  EmbeddedLog* operator->() { return log_.get(); }
  // Before each sync of a file or folder.
  void syncsWaitFor(std::function<void()> wait) { wait_ = std::move(wait); }
  std::string folder() const { return home_.path().toStdString() + "/log"; }
  // Every file with its size and the time of its last change.
  std::string state() const {
    std::string text;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder())) {
      text += entry.path().string();
      if (entry.is_regular_file()) text += " " + std::to_string(entry.file_size());
      text += " " + std::to_string(entry.last_write_time().time_since_epoch().count()) + "\n";
    }
    return text;
  }

 private:
  QTemporaryDir home_;
  PosixFiles files_;
  std::function<void()> wait_ = [] {};
  faults::SlowSyncFiles slowFiles_{files_, [this] { wait_(); }};
  std::unique_ptr<EmbeddedLog> log_;
};

}  // namespace

class LogLookTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsPublishedIsSeenAndWhatFollowsAfterARefresh() {
    Subject log;
    WEIR_VERIFY(log->append({to(kOrders, {run("a"), run("mark", 0)})}));
    const auto view = log.look();
    QCOMPARE(contents(*view, kOrders), (Texts{"0:a", "1:mark"}));
    auto reader = std::move(*view->read(kOrders, Position::of(1)));
    QCOMPARE(textOf(**reader->next()), std::string("mark"));
    for (int i = 0; i < 30; ++i) WEIR_VERIFY(log->append({to(kOrders, {run(std::string(50, 'x'))})}));
    WEIR_VERIFY(log->append({to({"orders", runtime::kEveryPartition}, {run("for all", 0)})}));
    QVERIFY(!reader->next()->has_value());
    WEIR_VERIFY(view->refresh());
    for (int i = 0; i < 30; ++i) QCOMPARE((*reader->next())->begin.value(), std::int64_t{i + 1});
    QCOMPARE(textOf(**reader->next()), std::string("for all"));
    QVERIFY(!reader->next()->has_value());
  }

  void lookingChangesNothing() {
    Subject log;
    for (int i = 0; i < 30; ++i) WEIR_VERIFY(log->append({to(kOrders, {run(std::string(50, 'x'))})}));
    // What a runner that was killed, or works at this moment, leaves behind the published ends.
    std::ofstream(log.folder() + "/journal", std::ios::app) << "half a record";
    std::ofstream(log.folder() + "/topics/orders/0/" + segmentFileName({30, 99})) << "not committed";
    const std::string before = log.state();
    const auto view = log.look();
    QCOMPARE(contents(*view, kOrders).size(), std::size_t{30});
    QCOMPARE(contents(*view, kOrders, 17).size(), std::size_t{13});
    QVERIFY(!view->append({to(kOrders, {run("mine")})}).ok());
    QVERIFY(!view->ensureTopic(topic("mine")).ok());
    QCOMPARE(log.state(), before);
  }

  void aSyncThatTakesLongKeepsNobodyFromReadingWhatIsThere() {
    Subject log;
    WEIR_VERIFY(log->append({to(kOrders, {run("a")})}));
    std::binary_semaphore syncs{0};
    std::binary_semaphore goOn{0};
    bool first = true;
    log.syncsWaitFor([&] {
      if (!std::exchange(first, false)) return;
      syncs.release();
      goOn.acquire();
    });
    runtime::CommitResult committed;
    std::thread committing([&] { committed = log->append({to(kOrders, {run("b")})}); });
    syncs.acquire();
    const Texts own = contents(*log.operator->(), kOrders);
    const Texts looked = contents(*log.look(), kOrders);
    goOn.release();
    committing.join();
    QCOMPARE(own, Texts{"0:a"});
    QCOMPARE(looked, Texts{"0:a"});
    WEIR_VERIFY(committed);
    QCOMPARE(contents(*log.operator->(), kOrders), (Texts{"0:a", "1:b"}));
  }

  void aTopicThatIsMadeLaterIsFound() {
    Subject log;
    const auto view = log.look();
    WEIR_VERIFY(log->ensureTopic(topic("late")));
    WEIR_VERIFY(log->append({to({"late", 0}, {run("a")})}));
    WEIR_VERIFY(view->refresh());
    QCOMPARE(contents(*view, {"late", 0}), Texts{"0:a"});
  }

  void segmentsMayBeTrimmedUnderAReader() {
    Subject log;
    const auto add = [&](int count) {
      for (int i = 0; i < count; ++i) WEIR_VERIFY(log->append({to(kOrders, {run(std::string(100, 'x'))})}));
    };
    add(30);
    const auto view = log.look();
    auto reader = std::move(*view->read(kOrders, Position()));
    QCOMPARE((*reader->next())->begin.value(), std::int64_t{0});
    WEIR_VERIFY(log->trim(kOrders, Position::of(25)));
    add(1);
    std::int64_t last = 0;
    while (true) {
      const auto next = reader->next();
      QVERIFY2(next.ok(), next.ok() ? "" : next.error().message.c_str());
      if (!*next) break;
      QVERIFY((*next)->begin.value() > last);
      last = (*next)->begin.value();
    }
    QVERIFY(last >= 29);
  }

  void aJournalThatIsReplacedIsFollowed() {
    Subject log;
    log.reopen(2000);  // bytes of journal, so that it is compacted all the time
    const auto view = log.look();
    for (int i = 0; i < 100; ++i) {
      WEIR_VERIFY(log->append({to(kOrders, {run("row")})}));
      WEIR_VERIFY(view->refresh());
      QCOMPARE(view->publishedEnd(kOrders)->value(), std::int64_t{i + 1});
    }
  }

  void lookingRunsBesideCommitsTrimsAndCompactions() {
    Subject log;
    log.reopen(2000);
    std::atomic<bool> done = false;
    std::string problem;
    std::int64_t reached = 0;
    std::thread looking([&] {
      const auto view = log.look();
      auto reader = std::move(*view->read(kOrders, Position()));
      while (problem.empty()) {
        const bool last = done;
        if (const auto refreshed = view->refresh(); !refreshed) problem = refreshed.error().message;
        auto next = reader->next();
        for (; next && *next; next = reader->next()) {
          if ((*next)->begin.value() < reached) problem = "a run came twice";
          reached = (*next)->begin.value() + 1;
        }
        if (!next) problem = next.error().message;
        if (last) break;
      }
    });
    for (std::int64_t i = 0; i < 300; ++i) {
      WEIR_VERIFY(log->append({to(kOrders, {run(std::string(90, 'x'))})}));
      WEIR_VERIFY(log->trim(kOrders, Position::of(i - 5)));
    }
    done = true;
    looking.join();
    QCOMPARE(QString::fromStdString(problem), QString());
    QCOMPARE(reached, std::int64_t{300});
  }
};

WEIR_TEST(LogLookTest)
#include "log_look_test.moc"
