// The logs that keep the same contract, and what their tests look at.
#pragma once

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

#include "core/adapters/embedded/files/posix_files.hpp"
#include "core/adapters/embedded/tests/log_words.hpp"
#include "core/adapters/memory/memory_broker.hpp"
#include "core/adapters/memory/memory_files.hpp"
#include "core/adapters/memory/memory_log.hpp"

namespace weir::embedded::words {

inline const PartitionId kFirst = {"orders", 0};
inline const PartitionId kOther = {"orders", 1};
inline const PartitionId kEvery = {"orders", runtime::kEveryPartition};
using Texts = std::vector<std::string>;

// The log of the test's data row, with the topic `orders` of two partitions and small segments.
class Subject {
 public:
  explicit Subject(const QString& kind) {
    if (kind == "memory") {
      log_ = std::make_unique<runtime::MemoryLog>(clock);
      return;
    }
    if (kind == "broker") {
      broker_ = std::make_unique<runtime::MemoryBroker>(runtime::BrokerHabits(), &clock);
      log_ = broker_->open("runner");
    }
    if (kind == "embedded, disk") files_ = std::make_unique<PosixFiles>();
    if (kind == "embedded, memory") files_ = std::make_unique<runtime::MemoryFiles>();
    if (kind == "embedded, memory") journalLimit_ = 0;  // what a compacted journal keeps is enough for every test
    reopen();
  }
  // As after a restart; a log in memory is what it was.
  void reopen() {
    if (broker_) log_ = broker_->open("runner");
    if (!files_) return;
    log_.reset();
    EmbeddedLogOptions options;
    options.folder = folder_.path().toStdString() + "/log";
    options.clock = &clock;
    options.journalLimit = journalLimit_;
    log_ = std::move(*EmbeddedLog::open(*files_, options));
  }
  Log* operator->() { return log_.get(); }
  Log& operator*() { return *log_; }

  ManualClock clock{1'000'000 * kSecond};

 private:
  QTemporaryDir folder_;
  std::unique_ptr<runtime::MemoryBroker> broker_;
  std::unique_ptr<runtime::Files> files_;
  std::uint64_t journalLimit_ = EmbeddedLogOptions().journalLimit;
  std::unique_ptr<Log> log_;
};

inline TopicSpec orders() {
  TopicSpec spec = topic("orders", 2);
  spec.segmentBytes = 400;
  return spec;
}

inline TopicSpec keptFor(Duration time) {
  TopicSpec spec = topic("short");
  spec.segmentBytes = 400;
  spec.retentionTime = time;
  return spec;
}

// A commit with which `reader` has still to read what comes from `position` on.
inline runtime::CommitResult hold(Log& log, const PartitionId& partition, const std::string& reader,
                                  Position position) {
  return log.commit({{}, {}, {{reader, partition, position}}});
}

// Looks for what is too old; answers whether there will be more of it.
inline bool expired(Log& log) {
  const Result<Instant> next = log.expire();
  [&] { QVERIFY2(next.ok(), next.ok() ? "" : next.error().message.c_str()); }();
  return next.ok() && *next != Instant::never();
}

inline Position endOf(const Log& log, const PartitionId& partition) {
  return log.publishedEnd(partition).value();
}

inline runtime::TopicFigures figuresOf(const Log& log, const std::string& topic) {
  const auto all = log.figures();
  for (const runtime::TopicFigures& figures : *all) {
    if (figures.topic == topic) return figures;
  }
  return {};
}

inline void addLogs() {
  QTest::addColumn<QString>("kind");
  for (const char* kind : {"memory", "broker", "embedded, memory", "embedded, disk"})
    QTest::newRow(kind) << QString(kind);
}

}  // namespace weir::embedded::words

// In a test: `log`, the one of its row, with the topic `orders` of two partitions.
#define SUBJECT()               \
  QFETCH_GLOBAL(QString, kind); \
  Subject log(kind);            \
  WEIR_VERIFY(log->ensureTopic(orders()))
