// Rows as records of a format, and back.
#include "core/runtime/formats/record_reader.hpp"

#include "core/runtime/tests/line_format.hpp"

#include <algorithm>
#include <random>

#include "core/runtime/batch/row_text.hpp"
#include "core/runtime/codec/batch_writer.hpp"
#include "core/runtime/formats/topic_formats.hpp"
#include "core/runtime/output/record_encoder.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/any_builder.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

using Texts = std::vector<std::string>;

topology::PlannedTopic lines(const std::vector<std::string>& key = {}, const std::string& keyFormat = "") {
  topology::PlannedTopic topic;
  topic.name = "lines";
  topic.schema = lineSchema();
  topic.valueFormat = "test.line";
  topic.keyFields = key;
  topic.keyFormat = keyFormat;
  return topic;
}

SharedBytes shared(std::vector<std::byte> bytes) {
  const auto body = std::make_shared<std::vector<std::byte>>(std::move(bytes));
  return {*body, body};
}

// Rows as a task writes them.
SharedBytes written(const Batch& rows, const topology::PlannedTopic& topic = lines()) {
  RecordEncoder encoder(versionOf(topic), std::make_unique<LineFormat>());
  KeyPlacement placement = *KeyPlacement::make(topic);
  PartitionedBatchWriter writer(encoder.columns(), 1);
  const auto records = encoder.encode(rows, placement);
  if (!records || !writer.append(*records, {}).ok()) return {};
  return shared(std::move(writer.take(0).body));
}

// Records as others write them; nothing: one without a value.
SharedBytes foreign(const std::vector<std::optional<std::string>>& values) {
  BatchBuilder records(recordColumns(versionOf(lines())));
  std::int64_t time = 0;
  for (const auto& value : values) {
    if (value) {
      records.row(*value);
    } else {
      records.row(nullptr);
    }
    ++time;
    records.time(time).key("k" + std::to_string(time)).watermark(time);
  }
  std::vector<std::byte> body;
  encodeBatch(records.finish(), body);
  return shared(std::move(body));
}

struct Reader {
  explicit Reader(const Schema& wanted = lineSchema())
      : records(makeSchema(wanted), [this](const RecordFormat& format, const SchemaRef&) {
          asked.push_back(format.use + " " + format.params);
          auto made = std::make_unique<LineFormat>();
          made->miscounts = miscounts;
          last = made.get();
          return Result<std::unique_ptr<FormatInstance>>(std::move(made));
        }) {}
  Result<std::optional<Batch>> read(const SharedBytes& body) {
    if (asked.empty()) {
      if (const auto learnt = records.learn(versionOf(lines())); !learnt) return learnt.error();
    }
    return records.read(body, "lines/0", 100, [this](std::int64_t record, std::string_view bytes, std::string_view) {
      refused.push_back(std::to_string(record) + " " + std::string(bytes));
    });
  }
  Texts rows(const SharedBytes& body) {
    const auto batch = read(body);
    if (!batch) return {batch.error().message};
    Texts texts;
    for (std::int64_t row = 0; row < (*batch)->rowCount(); ++row) texts.push_back(rowText(**batch, row));
    return texts;
  }

  bool miscounts = false;
  Texts asked;
  Texts refused;
  LineFormat* last = nullptr;
  RecordReader records;
};

Batch threeRows() {
  return BatchBuilder(lineSchema())
      .watermark(5)
      .row(std::int64_t{1}, "pen")
      .time(10)
      .row(std::int64_t{2}, nullptr)
      .time(20)
      .watermark(15)
      .row(std::int64_t{3}, "")
      .finish();
}

}  // namespace

class RecordReaderTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsWrittenAsRecordsIsReadAsTheSameRows() {
    Reader reader;
    const auto rows = reader.read(written(threeRows()));
    QVERIFY2(rows.ok(), rows ? "" : rows.error().message.c_str());
    QCOMPARE(batchText(**rows), batchText(threeRows()));
    const weir_batch& raw = *(*rows)->get();
    QCOMPARE((std::vector<std::int64_t>{raw.event_time, raw.event_time + 3}),
             (std::vector<std::int64_t>{10, 20, WEIR_NO_TIME}));
    const auto steps = (*rows)->steps();
    QCOMPARE(steps.size(), std::size_t{2});
    QCOMPARE(steps[1].row, 2);
    QCOMPARE(steps[1].watermark, 15);
    QCOMPARE((*rows)->rowId(2)->position, 102);
    QVERIFY(reader.refused.empty());
  }

  void rowsThatAreNotSelectedAreNoRecords() {
    Reader reader;
    BatchBuilder rows(lineSchema());
    for (std::int64_t id = 0; id < 6; ++id) rows.row(id, nullptr);
    QCOMPARE(reader.rows(written(rows.selection({1, 2, 4}).finish())),
             (Texts{R"({"id":1,"name":null})", R"({"id":2,"name":null})", R"({"id":4,"name":null})"}));
    for (std::int64_t id = 0; id < 3; ++id) rows.row(id, nullptr);
    QCOMPARE(reader.rows(written(rows.selection({}).finish())), Texts{});
  }

  void theKeyOfARecordIsWhatPlacesItsRow() {
    const auto keysOf = [](const std::string& field, const std::string& format) {
      const auto rows = Reader().read(written(threeRows(), lines({field}, format)));
      const StringView keys{ColumnView(*(*rows)->get()->key)};
      Texts texts;
      for (std::int64_t row = 0; row < 3; ++row) texts.push_back(keys.isNull(row) ? "null" : std::string(keys[row]));
      return texts;
    };
    QCOMPARE(keysOf("name", "string"), (Texts{"pen", "null", ""}));
    QCOMPARE(keysOf("id", "int64"), (Texts{std::string("\0\0\0\0\0\0\0\1", 8), std::string("\0\0\0\0\0\0\0\2", 8),
                                           std::string("\0\0\0\0\0\0\0\3", 8)}));
  }

  void whereTheTopicHasNoKeyTheOneThatTheRowCameWithStays() {
    const auto rows =
        Reader().read(written(BatchBuilder(lineSchema()).row(std::int64_t{1}, nullptr).key("mine").finish()));
    QCOMPARE(StringView(ColumnView(*(*rows)->get()->key))[0], std::string_view("mine"));
  }

  void aRecordThatIsNoRowIsRefusedAndTheOthersKeepWhatIsTheirs() {
    Reader reader;
    const auto rows = reader.read(foreign({"1 a", "x", "2", std::nullopt, "", "", "3 c"}));
    QVERIFY2(rows.ok(), rows ? "" : rows.error().message.c_str());
    QCOMPARE(reader.refused, (Texts{"1 x", "3 ", "4 ", "5 "}));
    const Batch& batch = **rows;
    QCOMPARE(batch.rowCount(), std::int64_t{3});
    const StringView keys{ColumnView(*batch.get()->key)};
    const std::vector<std::int64_t> places = {0, 2, 6};
    for (std::int64_t row = 0; row < 3; ++row) {
      const std::int64_t record = places[static_cast<std::size_t>(row)];
      QCOMPARE(batch.rowId(row)->position, 100 + record);
      QCOMPARE(batch.get()->event_time[row], record + 1);
      QCOMPARE(keys[row], std::string_view("k" + std::to_string(record + 1)));
    }
    QCOMPARE(batch.steps().back().row, 3);
    QCOMPARE(batch.steps().back().watermark, 7);
    // Each is told once.
    QVERIFY(reader.read(foreign({"4", "y"})).ok());
    QCOMPARE(reader.refused, (Texts{"1 x", "3 ", "4 ", "5 ", "1 y"}));
  }

  void aRunOfRefusedRecordsStillTellsTheTime() {
    Reader reader;
    const auto rows = reader.read(foreign({"x", std::nullopt}));
    QCOMPARE((*rows)->rowCount(), std::int64_t{0});
    QCOMPARE((*rows)->steps().back().watermark, 2);
    const Batch silent = BatchBuilder(lineSchema()).watermark(9).finish();
    QCOMPARE((*reader.read(written(silent)))->steps().back().watermark, 9);
  }

  void columnsMayComeAndGo() {
    Reader reader(Schema{{{"more", DataType::list({"item", TypeId::Int64, true}), true}, lineSchema().fields[0]}});
    QCOMPARE(reader.rows(foreign({"1 a", "2"})), (Texts{R"({"more":null,"id":1})", R"({"more":null,"id":2})"}));
    Reader other(Schema{{{"id", TypeId::String, false}}});
    QVERIFY(other.rows(foreign({"1 a"})).at(0).find("'id' is of type int64 and not string") != std::string::npos);
  }

  void aFormatThatIsNotReadyIsAskedAgain() {
    Reader reader;
    QCOMPARE(reader.rows(foreign({"1"})).size(), std::size_t{1});
    reader.last->ready = false;
    const SharedBytes body = foreign({"2", "x"});
    for (int i = 0; i < 2; ++i) QVERIFY(!reader.read(body)->has_value());
    QVERIFY(reader.refused.empty());
    reader.last->ready = true;
    QCOMPARE(reader.rows(body), Texts{R"({"id":2,"name":null})"});
    QCOMPARE(reader.refused, Texts{"1 x"});
    QCOMPARE(reader.last->asked, 4);
  }

  void cancelReachesEveryFormatAlsoOneThatIsMadeLater() {
    Reader reader;
    QCOMPARE(reader.rows(foreign({"1"})).size(), std::size_t{1});
    const LineFormat& first = *reader.last;
    reader.records.cancel();
    QCOMPARE(first.cancelled, 1);
    RowVersion other = versionOf(lines());
    other.schema.fields.pop_back();
    QVERIFY(reader.records.learn(other).ok());
    QVERIFY(reader.last != &first);
    QCOMPARE(reader.last->cancelled, 1);
  }

  void aFormatThatMiscountsIsNamed() {
    Reader reader;
    reader.miscounts = true;
    const auto rows = reader.read(foreign({"1", "x"}));
    QVERIFY(!rows.ok());
    QVERIFY(rows.error().message.find("made 2 rows of 2 records, of which it called 1 malformed") != std::string::npos);
  }

  void aRecordWithoutAValueHasNoBytes() {
    const SharedBytes good = foreign({"1 a", std::nullopt, "2"});
    std::vector<std::byte> bytes(good.bytes.begin(), good.bytes.end());
    // Which of the three have a value: a buffer of one byte, in which the last two do from now on.
    const std::vector<std::byte> valid = {std::byte{1}, {}, {}, {}, {}, {}, {}, {}, std::byte{0b101}};
    const auto found = std::search(bytes.begin(), bytes.end(), valid.begin(), valid.end());
    QVERIFY(found != bytes.end());
    found[8] = std::byte{0b110};
    Reader reader;
    const auto rows = reader.read(shared(std::move(bytes)));
    QVERIFY(!rows.ok());
    QVERIFY(rows.error().message.find("a record without a value has bytes") != std::string::npos);
  }

  // Any damage is an error, or rows that could have been there.
  void damagedBytesAreErrorsOrRows() {
    const auto seed = std::random_device()();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    std::vector<SharedBytes> bodies = {foreign({"1 a", "x", std::nullopt, "", "2"}),
                                       written(threeRows(), lines({"name"}, "string"))};
    int errors = 0;
    for (int i = 0; i < 20'000; ++i) {
      const SharedBytes& good = bodies[random() % bodies.size()];
      std::vector<std::byte> bytes(good.bytes.begin(), good.bytes.end());
      if (random() % 3 == 0) {
        bytes.resize(random() % bytes.size());
      } else {
        for (auto left = 1 + random() % 4; left > 0; --left) {
          bytes[random() % bytes.size()] = static_cast<std::byte>(random() % 256);
        }
      }
      Reader reader;
      const auto rows = reader.read(shared(std::move(bytes)));
      if (!rows) {
        ++errors;
        QVERIFY(!rows.error().message.empty());
        continue;
      }
      for (std::int64_t row = 0; row < (*rows)->rowCount(); ++row) {
        QVERIFY(rowText(**rows, row).starts_with("{\"id\":"));
        QVERIFY((*rows)->rowId(row)->position < 105);
      }
      QVERIFY((*rows)->rowCount() + std::ssize(reader.refused) <= 5);
    }
    QVERIFY(errors > 10'000);
  }
};

WEIR_TEST(RecordReaderTest)
#include "record_reader_test.moc"
