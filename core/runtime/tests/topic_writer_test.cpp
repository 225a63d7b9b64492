// Rows on their way into a topic: where they land, and what is told about time.
#include "core/runtime/output/topic_writer.hpp"

#include "core/runtime/tests/line_format.hpp"

#include "core/adapters/memory/memory_broker.hpp"
#include "core/adapters/memory/memory_log.hpp"
#include "core/base/murmur2.hpp"
#include "core/runtime/batch/row_text.hpp"
#include "core/runtime/codec/batch_reader.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

topology::PlannedTopic keyed(std::int32_t partitions) {
  topology::PlannedTopic topic;
  topic.name = "orders";
  topic.partitions = partitions;
  topic.schema = Schema{{{"region", TypeId::String, true}}};
  topic.keyFields = {"region"};
  topic.keyFormat = "string";
  return topic;
}

topology::PlannedTopic unkeyed(std::int32_t partitions) {
  topology::PlannedTopic topic = keyed(partitions);
  topic.keyFields = {};
  topic.keyFormat = "";
  return topic;
}

class Subject {
 public:
  explicit Subject(const topology::PlannedTopic& topic, WriterIdentity identity = {1, 3, 5, 700})
      : schema_(makeSchema(topic.schema)),
        writer(*TopicWriter::make(topic, identity, [this](const Batch&, const std::vector<std::uint32_t>& rows) {
          nullKeys.insert(nullKeys.end(), rows.begin(), rows.end());
        })) {}

  Batch rows(const std::vector<std::optional<std::string>>& regions) const {
    BatchBuilder builder(schema_);
    for (const auto& region : regions) {
      if (region) {
        builder.row(*region);
      } else {
        builder.row(nullptr);
      }
    }
    return builder.finish();
  }
  void watermark(std::int64_t watermark) {
    QVERIFY(writer.write(BatchBuilder(schema_).watermark(watermark).finish()).ok());
  }
  std::vector<PartitionAppend> take(WriterState state = WriterState::Active) {
    std::vector<PartitionAppend> out;
    writer.take(state, out);
    return out;
  }
  std::int64_t lastStep(const RunToAppend& run) const {
    const auto batch = decodeBatch({run.body, nullptr}, schema_);
    return batch.ok() && !batch->steps().empty() ? batch->steps().back().watermark : WEIR_WATERMARK_MIN;
  }
  // Rows by partition.
  std::map<std::int32_t, std::vector<std::string>> placed() {
    std::map<std::int32_t, std::vector<std::string>> places;
    for (const PartitionAppend& append : take()) {
      for (const RunToAppend& run : append.runs) {
        const auto batch = decodeBatch({run.body, nullptr}, schema_);
        for (std::int64_t row = 0; row < batch->rowCount(); ++row) {
          places[append.partition.partition].emplace_back(StringView(batch->column(0))[row]);
        }
      }
    }
    return places;
  }

 private:
  SchemaRef schema_;

 public:
  std::vector<std::uint32_t> nullKeys;
  TopicWriter writer;
};

// A log whose readers are told what is announced.
class Listening {
 public:
  explicit Listening(const topology::PlannedTopic& topic) {
    TopicSpec spec;
    spec.name = topic.name;
    spec.partitions = topic.partitions;
    ready = log.ensureTopic(spec).ok();
    log.onPublished([this](const std::vector<PartitionAppend>& appends) {
      heard.insert(heard.end(), appends.begin(), appends.end());
    });
  }
  MemoryLog log;
  bool ready = false;
  std::vector<PartitionAppend> heard;
};

}  // namespace

class TopicWriterTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aBroadcastTopicHasEveryRowInEveryPartition() {
    topology::PlannedTopic topic = unkeyed(3);
    topic.broadcast = true;
    Subject subject(topic);
    QVERIFY(subject.writer.write(subject.rows({"a", "b"})).ok());
    const auto placed = subject.placed();
    QCOMPARE(placed.size(), std::size_t{3});
    for (const auto& [partition, rows] : placed) QCOMPARE(rows, (std::vector<std::string>{"a", "b"}));
  }

  void rowsOfOneKeyLandWhereKafkaWouldPutThem() {
    Subject subject(keyed(7));
    std::vector<std::optional<std::string>> regions;
    regions.reserve(100);
    for (int i = 0; i < 100; ++i) regions.emplace_back("region-" + std::to_string(i % 20));
    QVERIFY(subject.writer.write(subject.rows(regions)).ok());
    std::size_t rows = 0;
    for (const auto& [partition, keys] : subject.placed()) {
      for (const std::string& key : keys) QCOMPARE(partition, partitionOf(key, 7));
      rows += keys.size();
    }
    QCOMPARE(rows, regions.size());
  }

  void rowsWithoutAKeyAreGivenBack() {
    Subject subject(keyed(2));
    QVERIFY(subject.writer.write(subject.rows({"eu", std::nullopt, "us", std::nullopt})).ok());
    QCOMPARE(subject.nullKeys, (std::vector<std::uint32_t>{1, 3}));
    QCOMPARE(subject.writer.rowsWritten(), std::int64_t{2});
  }

  void withoutAKeyBatchesTakeTurns() {
    Subject subject(unkeyed(2));
    for (const char* name : {"a", "b", "c"}) QVERIFY(subject.writer.write(subject.rows({name, name})).ok());
    const auto placed = subject.placed();
    QCOMPARE(placed.at(0), (std::vector<std::string>{"a", "a", "c", "c"}));
    QCOMPARE(placed.at(1), (std::vector<std::string>{"b", "b"}));
  }

  void everyPartitionHearsOfTimeRowsOrNot() {
    Subject subject(keyed(3));
    QVERIFY(subject.writer.write(subject.rows({"eu"})).ok());
    subject.watermark(500);
    const auto appends = subject.take();
    QCOMPARE(appends.size(), std::size_t{2});  // the one with the row, and one for all
    QCOMPARE(appends[1].partition.partition, kEveryPartition);
    for (const PartitionAppend& append : appends) {
      const WriterMark& mark = append.runs.back().header.mark;
      QCOMPARE(mark.watermark, 500);
      QCOMPARE(mark.writer, 1);
      QCOMPARE(mark.count, 3);
      QCOMPARE(mark.generation, 5);
    }
  }

  void eachRunHasAHigherNumberThanAllBefore() {
    Subject subject(keyed(3));
    std::int64_t last = 700;  // what the home had come to when the task was made
    for (int take = 0; take < 3; ++take) {
      for (int block = 0; block < 2; ++block) {  // full blocks are runs of their own
        QVERIFY(subject.writer.write(subject.rows(std::vector<std::optional<std::string>>(8192, "eu"))).ok());
      }
      subject.watermark(500 + take);
      for (const PartitionAppend& append : subject.take()) {
        for (const RunToAppend& run : append.runs) {
          QVERIFY(run.header.mark.sequence > last);
          last = run.header.mark.sequence;
        }
      }
    }
    QVERIFY(last >= 700 + 9);
  }

  void aWriterAtRestWritesNothing() {
    Subject subject(keyed(3));
    subject.watermark(500);
    QVERIFY(!subject.take().empty());
    QVERIFY(subject.take().empty());
    QCOMPARE(subject.take(WriterState::Idle).size(), std::size_t{1});
    QVERIFY(subject.take(WriterState::Idle).empty());
  }

  void timeIsAnnouncedOnceAndNeverBeforeRowsThatWait() {
    Listening readers(keyed(3));
    QVERIFY(readers.ready);
    Subject subject(keyed(3));
    const auto announced = [&](WriterState state) {
      readers.heard.clear();
      return subject.writer.announce(state, readers.log) && !readers.heard.empty();
    };
    subject.watermark(500);
    QVERIFY(announced(WriterState::Active));
    QCOMPARE(readers.heard[0].partition.partition, kEveryPartition);
    QCOMPARE(readers.heard[0].runs[0].header.mark.watermark, std::int64_t{500});
    QVERIFY(!announced(WriterState::Active));
    QVERIFY(announced(WriterState::Idle));
    QVERIFY(subject.writer.write(subject.rows({"eu"})).ok());
    subject.watermark(600);
    QVERIFY(!announced(WriterState::Active));
    QCOMPARE(subject.take().size(), std::size_t{2});
    QVERIFY(!announced(WriterState::Active));  // the commit has said it
  }

  void aCommitSaysAgainNothingThatWasAnnounced() {
    Listening readers(keyed(3));
    Subject subject(keyed(3));
    subject.watermark(500);
    QVERIFY(!subject.take().empty());
    QVERIFY(subject.writer.announce(WriterState::Idle, readers.log));
    QCOMPARE(readers.heard.size(), std::size_t{1});
    QVERIFY(subject.take(WriterState::Idle).empty());
    QCOMPARE(subject.take().size(), std::size_t{1});  // it is not idle any more
  }

  void aCommitSaysWhatCouldNotBeAnnounced() {
    MemoryBroker broker;
    Subject subject(keyed(3));
    subject.watermark(500);
    QVERIFY(!subject.writer.announce(WriterState::Active, *broker.open("runner")));
    QCOMPARE(subject.take().size(), std::size_t{1});
  }

  void theEndOfARunIsToldByTheMarkAndIsNoTime() {
    Subject subject(keyed(1));
    QVERIFY(subject.writer.write(subject.rows({"eu"})).ok());
    subject.watermark(500);
    subject.watermark(WEIR_WATERMARK_MAX);
    const auto appends = subject.take(WriterState::Ended);
    const RunToAppend& last = appends.back().runs.back();
    QCOMPARE(last.header.mark.watermark, 500);
    QCOMPARE(last.header.mark.state, WriterState::Ended);
    for (const PartitionAppend& append : appends) {
      for (const RunToAppend& run : append.runs) QVERIFY(subject.lastStep(run) <= 500);
    }
  }

  void recordsLandWhereTheirRowsWouldAndWithTheSameMarks() {
    topology::PlannedTopic topic;
    topic.name = "lines";
    topic.partitions = 5;
    topic.schema = lineSchema();
    topic.keyFields = {"name"};
    topic.keyFormat = "string";
    BatchBuilder builder(lineSchema());
    for (std::int64_t id = 0; id < 40; ++id) builder.row(id, "name-" + std::to_string(id % 9));
    const Batch rows = builder.row(std::int64_t{40}, nullptr).watermark(7).finish();
    const auto taken = [&](const std::string& format) {
      topic.valueFormat = format;
      std::vector<std::uint32_t> nullKeys;
      auto writer = TopicWriter::make(
          topic, {0, 1, 1, 700}, [&](const Batch&, const auto& found) { nullKeys = found; },
          format.empty() ? nullptr : std::make_unique<LineFormat>());
      std::vector<PartitionAppend> out;
      if (!writer || !writer->write(rows).ok()) return out;
      writer->take(WriterState::Active, out);
      return nullKeys == std::vector<std::uint32_t>{40} ? out : std::vector<PartitionAppend>();
    };
    const std::vector<PartitionAppend> blocks = taken("");
    const std::vector<PartitionAppend> records = taken("test.line");
    QVERIFY(!blocks.empty());
    QCOMPARE(records.size(), blocks.size());
    const SchemaRef columns = makeSchema(recordColumns({lineSchema(), RecordFormat{"test.line"}}));
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      QCOMPARE(records[i].partition.partition, blocks[i].partition.partition);
      const RunToAppend& run = records[i].runs.back();
      QCOMPARE(run.header.rows, blocks[i].runs.back().header.rows);
      QVERIFY(run.header.mark == blocks[i].runs.back().header.mark);
      const auto read = decodeBatch({run.body, nullptr}, columns);
      QVERIFY2(read.ok(), read ? "" : read.error().message.c_str());
      QCOMPARE(read->steps().back().watermark, 7);
      for (std::int64_t row = 0; row < read->rowCount(); ++row) {
        const std::string_view key = StringView(ColumnView(*read->get()->key))[row];
        QVERIFY(StringView(read->column(0))[row].ends_with(" " + std::string(key)));
        QCOMPARE(records[i].partition.partition, partitionOf(key, 5));
      }
    }
  }

  void withoutAFormatThereAreNoRecords() {
    topology::PlannedTopic topic = keyed(1);
    topic.valueFormat = "test.line";
    QVERIFY(!TopicWriter::make(topic, {}, [](const Batch&, const auto&) {}).ok());
  }

  void aFormatThatOnlyReadsIsRefusedBeforeThereAreRows() {
    topology::PlannedTopic topic = keyed(1);
    topic.valueFormat = "test.line";
    auto format = std::make_unique<LineFormat>();
    format->writes = false;
    const auto writer = TopicWriter::make(
        topic, {}, [](const Batch&, const auto&) {}, std::move(format));
    QVERIFY(!writer.ok());
    QCOMPARE(writer.error().message,
             std::string("Topic orders holds records, and its format cannot write them: The format does not encode."));
  }

  void itsWatermarkNeverFalls() {
    Subject subject(keyed(1));
    subject.watermark(500);
    subject.watermark(300);
    QCOMPARE(subject.take().at(0).runs.back().header.mark.watermark, 500);
  }
};

WEIR_TEST(TopicWriterTest)
#include "topic_writer_test.moc"
