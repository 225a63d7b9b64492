// A reader of a topic: what it holds, and what it does when rows that it had still to read are gone.
#include "runtime/task/topic_input.hpp"

#include <QTest>

#include "runtime/codec/batch_codec.hpp"
#include "runtime/memory/memory_log.hpp"
#include "runtime/memory/memory_state_store.hpp"
#include "weir/sdk/batch_builder.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

const PartitionId kKept{"kept", 0};

class Subject {
 public:
  explicit Subject(bool skipsGaps = false) {
    topic_.name = kKept.topic;
    topic_.schema = Schema{{{"id", TypeId::Int64, false}}};
    topic_.retentionBytes = 1;  // everything but the last run, as soon as nobody holds it
    topic_.skipsGaps = skipsGaps;
    node_.id = "count";
    node_.role = topology::NodeRole::TopicRead;
    TopicSpec changelog;
    changelog.name = changelogTopic(node_.id);
    TopicSpec kept;
    kept.name = topic_.name;
    kept.retentionBytes = topic_.retentionBytes;
    ready = log.ensureTopic(changelog).ok() && log.ensureTopic(kept).ok();
  }
  void write(int runs) {
    const SchemaRef schema = makeSchema(topic_.schema);
    for (int i = 0; i < runs; ++i) {
      BatchBuilder rows(schema);
      rows.row(std::int64_t{i});
      rows.row(std::int64_t{i});
      PartitionedBatchWriter writer(schema, 1);
      QVERIFY(writer.append(rows.finish(), {}).ok());
      QVERIFY(log.commit({{kKept, {writer.take(0)}}}).ok());
    }
  }
  // As after a restart: from the last commit.
  Result<void> open() {
    state_ = std::make_unique<NodeState>(node_, 0, StateResources{log, store_, budget_});
    TopicInputSpec spec;
    spec.topic = &topic_;
    spec.reader = node_.id;
    spec.gap = [this](std::int64_t rows, std::string_view text) {
      missing += rows;
      told = text;
    };
    input_ = std::make_unique<TopicInput>(spec, *state_, log, clock_, nullptr, [](auto&&...) {});
    return input_->open();
  }
  // Rows that it reads until it runs dry, committed.
  std::int64_t read(int batches = INT32_MAX) {
    std::int64_t rows = 0;
    for (Batch batch; batches > 0; --batches) {
      const auto outcome = input_->poll(batch);
      if (!outcome || *outcome != InputOutcome::Rows) break;
      rows += batch.rowCount();
    }
    bool committed = input_->prepareCommit().ok();
    if (auto dirty = state_->takeDirty()) committed = log.commit({std::move(*dirty)}).ok() && committed;
    return committed && state_->committed().ok() && input_->committed().ok() ? rows : -1;
  }
  // Whatever holds rows lets go of them, as damage or an older version would.
  void lose() {
    QVERIFY(log.release("count").ok());
    write(1);
  }

  MemoryLog log;
  bool ready = false;
  std::int64_t missing = 0;
  std::string told;

 private:
  topology::PlannedTopic topic_;
  topology::PlannedNode node_;
  MemoryStateStore store_;
  MemoryBudget budget_{1 << 20};
  ManualClock clock_;
  std::unique_ptr<NodeState> state_;
  std::unique_ptr<TopicInput> input_;
};

}  // namespace

class TopicInputTest : public QObject {
  Q_OBJECT

 private slots:
  void retentionTakesNothingThatItHasStillToRead() {
    Subject subject;
    QVERIFY(subject.ready);
    QVERIFY(subject.open().ok());
    subject.write(50);
    QCOMPARE(subject.read(10), std::int64_t{20});
    subject.write(50);
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.read(), std::int64_t{180});
    subject.write(1);
    QVERIFY(subject.log.figures()->at(1).rowsRemoved > 150);
  }

  void aPositionThatIsGoneStopsItWithASentence() {
    Subject subject;
    QVERIFY(subject.open().ok());
    subject.write(50);
    QCOMPARE(subject.read(10), std::int64_t{20});
    subject.lose();
    const Result<void> opened = subject.open();
    QVERIFY(!opened.ok());
    for (const char* part :
         {"80 rows of topic 'kept', partition 0", "node 'count'", "offset 20", "offset 100", "on_gap"}) {
      QVERIFY2(opened.error().message.find(part) != std::string::npos, opened.error().message.c_str());
    }
  }

  void whereTheTopicSaysSoItCountsWhatIsMissingAndGoesOn() {
    Subject subject(true);
    QVERIFY(subject.open().ok());
    subject.write(50);
    QCOMPARE(subject.read(10), std::int64_t{20});
    subject.lose();
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.missing, std::int64_t{80});
    QVERIFY(subject.told.find("Going on") != std::string::npos);
    QCOMPARE(subject.read(), std::int64_t{2});
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.missing, std::int64_t{80});  // told once
  }

  void rowsThatGoUnderItAreAGapToo() {
    Subject subject(true);
    QVERIFY(subject.open().ok());
    subject.write(50);
    QCOMPARE(subject.read(10), std::int64_t{20});
    subject.lose();
    QCOMPARE(subject.read(), std::int64_t{2});
    QCOMPARE(subject.missing, std::int64_t{80});
  }

  void aReaderWithoutAPastBeginsWithWhatIsKept() {
    Subject subject;
    subject.write(50);
    QVERIFY(subject.open().ok());
    QCOMPARE(subject.read(), std::int64_t{2});
    QCOMPARE(subject.missing, std::int64_t{0});
  }
};

QTEST_APPLESS_MAIN(TopicInputTest)
#include "topic_input_test.moc"
