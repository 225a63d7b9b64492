#include <cstring>
#include <random>

#include "core/runtime/codec/batch_reader.hpp"
#include "core/runtime/codec/batch_writer.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_maker.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

using Wide = Int128;  // a decimal

// A cell as text, so that batches can be compared whatever their layout.
std::string cellText(const DataType& type, ColumnView column, std::int64_t row) {
  if (column.isNull(row)) return "null";
  switch (type.id) {
    case TypeId::Bool: return BoolView(column)[row] ? "true" : "false";
    case TypeId::Int32:
    case TypeId::Date: return std::to_string(FixedView<std::int32_t>(column)[row]);
    case TypeId::Int64:
    case TypeId::Timestamp: return std::to_string(FixedView<std::int64_t>(column)[row]);
    case TypeId::Float64: return std::to_string(FixedView<double>(column)[row]);
    case TypeId::Decimal128: return std::to_string(static_cast<std::int64_t>(FixedView<Wide>(column)[row]));
    case TypeId::String:
    case TypeId::Bytes: return "'" + std::string(StringView(column)[row]) + "'";
    case TypeId::List: {
      std::string text = "[";
      const ListView list(column);
      for (std::int64_t i = list.begin(row); i < list.end(row); ++i) {
        text += cellText(type.children[0].type, column.child(0), i) + " ";
      }
      return text + "]";
    }
    case TypeId::Struct: {
      std::string text = "{";
      for (std::size_t i = 0; i < type.children.size(); ++i) {
        text += cellText(type.children[i].type, column.child(i), column.childRow(row)) + " ";
      }
      return text + "}";
    }
  }
  return "?";
}

std::string rowText(const Schema& schema, const Batch& batch, std::int64_t row) {
  std::string text;
  for (std::size_t i = 0; i < schema.fields.size(); ++i) {
    text += cellText(schema.fields[i].type, batch.column(i), row) + "|";
  }
  const weir_batch& raw = *batch.get();
  text += " t" + std::to_string(batch.eventTime(row));
  if (raw.key != nullptr) text += " k" + cellText(TypeId::Bytes, ColumnView(*raw.key), row);
  if (raw.ops != nullptr) text += " o" + std::to_string(raw.ops[row]);
  if (raw.headers != nullptr) {
    text +=
        " h" + cellText(DataType::list(Field{
                            "", DataType::structure({Field{"name", TypeId::String}, Field{"value", TypeId::Bytes}})}),
                        ColumnView(*raw.headers), row);
  }
  return text;
}

std::vector<std::string> rowTexts(const Schema& schema, const Batch& batch) {
  std::vector<std::string> texts;
  batch.forEachRow([&](std::int64_t row) { texts.push_back(rowText(schema, batch, row)); });
  return texts;
}

std::string stepText(std::span<const WatermarkStep> steps) {
  std::string text;
  for (const WatermarkStep& step : steps) text += std::to_string(step.row) + ":" + std::to_string(step.watermark) + " ";
  return text;
}

const Schema kEveryType = {{{"flag", TypeId::Bool},
                            {"small", TypeId::Int32},
                            {"large", TypeId::Int64},
                            {"real", TypeId::Float64},
                            {"price", DataType::decimal(20, 2)},
                            {"name", TypeId::String},
                            {"raw", TypeId::Bytes},
                            {"at", TypeId::Timestamp},
                            {"day", TypeId::Date},
                            {"tags", DataType::list({"", TypeId::String})},
                            {"place", DataType::structure({{"city", TypeId::String}, {"zip", TypeId::Int32}})}}};

class RandomRows {
 public:
  explicit RandomRows(std::uint64_t seed) : random_(seed) {}
  std::uint64_t upTo(std::uint64_t limit) { return random_() % limit; }

  template <typename Builder, typename Make>
  OwnedColumn column(std::int64_t rows, Make make) {
    Builder builder;
    const bool withNulls = upTo(2) == 0;
    for (std::int64_t i = 0; i < rows; ++i) {
      if (withNulls && upTo(4) == 0) {
        builder.appendNull();
      } else {
        builder.append(make());
      }
    }
    return builder.finish();
  }
  std::string text() { return std::string(upTo(upTo(10) == 0 ? 60 : 12), static_cast<char>('a' + upTo(26))); }
  OwnedColumn strings(std::int64_t rows) {
    return column<StringBuilder>(rows, [&] { return text(); });
  }
  OwnedColumn ints(std::int64_t rows) {
    return column<FixedBuilder<std::int32_t>>(rows, [&] { return static_cast<std::int32_t>(random_()); });
  }
  OwnedColumn longs(std::int64_t rows) {
    return column<FixedBuilder<std::int64_t>>(rows, [&] { return static_cast<std::int64_t>(random_()); });
  }
  OwnedColumn lists(std::int64_t rows) {
    ListBuilder list;
    std::size_t elements = 0;
    for (std::int64_t i = 0; i < rows; ++i) {
      elements += upTo(4);
      list.closeRow(elements, upTo(5) != 0);
    }
    return list.finish(strings(static_cast<std::int64_t>(elements)));
  }
  OwnedColumn structs(std::int64_t rows, bool bytes) {
    ValidityBuilder validity;
    for (std::int64_t i = 0; i < rows; ++i) validity.append(bytes || upTo(5) != 0);
    std::vector<OwnedColumn> fields;
    fields.push_back(strings(rows));
    fields.push_back(bytes ? strings(rows) : ints(rows));
    return makeStruct(rows, std::move(fields), std::move(validity));
  }
  OwnedColumn headers(std::int64_t rows) {
    ListBuilder list;
    for (std::int64_t i = 0; i < rows; ++i) list.closeRow(static_cast<std::size_t>(i + 1));
    return list.finish(structs(rows, true));
  }

  Batch batch(const SchemaRef& schema) {
    const auto rows = static_cast<std::int64_t>(upTo(60));
    BatchMaker maker(schema);
    maker.column(column<BoolBuilder>(rows, [&] { return upTo(2) == 0; }));
    maker.column(ints(rows)).column(longs(rows));
    maker.column(column<FixedBuilder<double>>(rows, [&] { return static_cast<double>(upTo(1000)) / 8; }));
    maker.column(column<FixedBuilder<Wide>>(rows, [&] { return static_cast<Wide>(upTo(100000)); }));
    maker.column(strings(rows)).column(strings(rows)).column(longs(rows)).column(ints(rows));
    maker.column(lists(rows)).column(structs(rows, false));
    if (upTo(2) == 0) {
      std::vector<std::int64_t> times;
      for (std::int64_t i = 0; i < rows; ++i) times.push_back(static_cast<std::int64_t>(upTo(1000)));
      maker.eventTime(std::move(times));
    }
    if (upTo(2) == 0) maker.key(strings(rows));
    std::vector<std::int8_t> ops;
    if (upTo(2) == 0) maker.headers(headers(rows));
    if (upTo(2) == 0) {
      ops = changes(rows);
      maker.ops(ops);
    }
    if (upTo(2) == 0) {
      std::vector<std::uint32_t> selected;
      bool chosen = false;
      for (std::int64_t i = 0; i < rows; ++i) {
        // Both rows of an update or none.
        const bool second = !ops.empty() && ops[static_cast<std::size_t>(i)] == WEIR_OP_UPDATE_AFTER;
        if (!second) chosen = upTo(3) != 0;
        if (chosen) selected.push_back(static_cast<std::uint32_t>(i));
      }
      maker.selection(std::move(selected));
    }
    maker.steps(stepsUpTo(rows));
    return maker.finish(rows);
  }
  std::vector<std::int8_t> changes(std::int64_t rows) {
    std::vector<std::int8_t> ops;
    while (static_cast<std::int64_t>(ops.size()) < rows) {
      const bool room = static_cast<std::int64_t>(ops.size()) + 2 <= rows;
      if (room && upTo(3) == 0) {
        ops.push_back(WEIR_OP_UPDATE_BEFORE);
        ops.push_back(WEIR_OP_UPDATE_AFTER);
      } else {
        ops.push_back(upTo(2) == 0 ? WEIR_OP_INSERT : WEIR_OP_DELETE);
      }
    }
    return ops;
  }
  std::vector<WatermarkStep> stepsUpTo(std::int64_t rows) {
    std::vector<WatermarkStep> steps;
    for (std::int64_t row = 0; row <= rows; ++row) {
      if (upTo(5) == 0) steps.push_back({row, watermark_ += static_cast<std::int64_t>(upTo(10))});
    }
    return steps;
  }

 private:
  std::mt19937_64 random_;
  std::int64_t watermark_ = 0;
};

// Shared like a reader's buffer.
SharedBytes shared(std::vector<std::byte> bytes) {
  auto owner = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
  return {*owner, owner};
}

Schema oneLong() {
  return {{{"n", TypeId::Int64}}};
}

Batch numbers(const SchemaRef& schema, const std::vector<std::int64_t>& values, std::vector<WatermarkStep> steps,
              std::optional<std::vector<WatermarkStep>> origins = std::nullopt) {
  FixedBuilder<std::int64_t> builder;
  for (const std::int64_t value : values) builder.append(value);
  BatchMaker maker(schema);
  maker.column(builder.finish()).steps(std::move(steps));
  if (origins) maker.originSteps(std::move(*origins));
  return maker.finish(static_cast<std::int64_t>(values.size()));
}

Batch taken(PartitionedBatchWriter& writer, std::int32_t partition, const SchemaRef& schema) {
  return decodeBatch(shared(writer.take(partition).body), schema).value();
}

}  // namespace

class BatchCodecTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void rowsOfEveryTypeComeBack();
  void rowsGoToTheirPartitionsInOrder();
  void selectionIsAppliedAndStepsMoveWithTheRows();
  void anUpdateBetweenPartitionsIsADeleteAndAnInsert();
  void halfOfAnUpdateIsDamage();
  void aBlockBeginsWithWhatItsWriterKnowsAboutTime();
  void originStepsStandForTheirOwnBatch();
  void aBlockWithoutRowsCarriesTheWatermark();
  void anotherSchemaIsRefused();
  void aNewerVersionIsRefused();
  void everyShortenedBlockIsAnError();
  void damageNeverCrashes();
  void unalignedBytesAreRead();
};

void BatchCodecTest::rowsOfEveryTypeComeBack() {
  const SchemaRef schema = makeSchema(kEveryType);
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    RandomRows random(seed);
    const Batch batch = random.batch(schema);
    std::vector<std::byte> body;
    encodeBatch(batch, body);
    const auto decoded = decodeBatch(shared(std::move(body)), schema);
    QVERIFY2(decoded.ok(), decoded.ok() ? "" : decoded.error().message.c_str());
    QCOMPARE(rowTexts(kEveryType, *decoded), rowTexts(kEveryType, batch));
    QVERIFY(decoded->get()->selection == nullptr);
  }
}

void BatchCodecTest::rowsGoToTheirPartitionsInOrder() {
  const SchemaRef schema = makeSchema(kEveryType);
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    RandomRows random(seed);
    PartitionedBatchWriter writer(schema, 3);
    std::vector<std::vector<std::string>> expected(3);
    // The envelope is the union of all batches' envelopes, so compare columns only.
    const auto columns = [&](const Batch& batch, std::int64_t row) {
      std::string text;
      for (std::size_t i = 0; i < kEveryType.fields.size(); ++i) {
        text += cellText(kEveryType.fields[i].type, batch.column(i), row) + "|";
      }
      return text + std::to_string(batch.eventTime(row));
    };
    for (int block = 0; block < 2; ++block) {
      for (std::vector<std::string>& rows : expected) rows.clear();
      for (int i = 0; i < 4; ++i) {
        const Batch batch = random.batch(schema);
        std::vector<std::int32_t> partitions;
        for (std::int64_t row = 0; row < batch.rowCount(); ++row) {
          partitions.push_back(static_cast<std::int32_t>(random.upTo(4)) - 1);
        }
        batch.forEachRow([&](std::int64_t row) {
          const std::int32_t p = partitions[static_cast<std::size_t>(row)];
          if (p >= 0) expected[static_cast<std::size_t>(p)].push_back(columns(batch, row));
        });
        QVERIFY(writer.append(batch, partitions).ok());
      }
      for (std::int32_t p = 0; p < 3; ++p) {
        QCOMPARE(writer.rows(p), static_cast<std::int64_t>(expected[static_cast<std::size_t>(p)].size()));
        const Batch decoded = taken(writer, p, schema);
        std::vector<std::string> rows;
        decoded.forEachRow([&](std::int64_t row) { rows.push_back(columns(decoded, row)); });
        QCOMPARE(rows, expected[static_cast<std::size_t>(p)]);
      }
    }
    QCOMPARE(writer.byteCount(), std::size_t{0});
  }
}

void BatchCodecTest::selectionIsAppliedAndStepsMoveWithTheRows() {
  const SchemaRef schema = makeSchema(oneLong());
  const Batch all = numbers(schema, {10, 11, 12, 13, 14}, {{1, 100}, {3, 200}, {5, 300}});
  const Batch some = BatchMaker::from(all).selection({0, 2, 4}).finish(5);
  std::vector<std::byte> body;
  encodeBatch(some, body);
  const Batch decoded = decodeBatch(shared(std::move(body)), schema).value();
  QCOMPARE(decoded.rowCount(), std::int64_t{3});
  QCOMPARE(stepText(decoded.steps()), std::string("1:100 2:200 3:300 "));
}

void BatchCodecTest::anUpdateBetweenPartitionsIsADeleteAndAnInsert() {
  const SchemaRef schema = makeSchema(oneLong());
  constexpr std::int8_t kBefore = WEIR_OP_UPDATE_BEFORE;
  constexpr std::int8_t kAfter = WEIR_OP_UPDATE_AFTER;
  const auto opsOf = [&](PartitionedBatchWriter& writer, std::int32_t partition) {
    const Batch batch = taken(writer, partition, schema);
    return std::vector<std::int8_t>(batch.get()->ops, batch.get()->ops + batch.rowCount());
  };
  const Batch plain = numbers(schema, {1, 2, 3, 4, 5, 6}, {});
  const Batch table = BatchMaker::from(plain).ops({kBefore, kAfter, kBefore, kAfter, kBefore, kAfter}).finish(6);
  PartitionedBatchWriter writer(schema, 2);
  // The first stays in its partition, the second goes to another one, of the third the new row has no key.
  QVERIFY(writer.append(table, std::vector<std::int32_t>{0, 0, 0, 1, 1, -1}).ok());
  QCOMPARE(opsOf(writer, 0), (std::vector<std::int8_t>{kBefore, kAfter, WEIR_OP_DELETE}));
  QCOMPARE(opsOf(writer, 1), (std::vector<std::int8_t>{WEIR_OP_INSERT, WEIR_OP_DELETE}));
  // A selection that takes the second half alone.
  QVERIFY(writer.append(BatchMaker::from(table).selection({1, 2, 3}).finish(6), std::vector<std::int32_t>(6, 0)).ok());
  QCOMPARE(opsOf(writer, 0), (std::vector<std::int8_t>{WEIR_OP_INSERT, kBefore, kAfter}));
}

void BatchCodecTest::halfOfAnUpdateIsDamage() {
  const SchemaRef schema = makeSchema(oneLong());
  const Batch plain = numbers(schema, {1, 2}, {});
  std::vector<std::byte> body;
  encodeBatch(BatchMaker::from(plain).ops({WEIR_OP_UPDATE_BEFORE, WEIR_OP_UPDATE_AFTER}).finish(2), body);
  QVERIFY(decodeBatch(shared(body), schema).ok());
  const std::byte pair[] = {std::byte{WEIR_OP_UPDATE_BEFORE}, std::byte{WEIR_OP_UPDATE_AFTER}};
  const auto ops = std::search(body.begin() + 32, body.end(), std::begin(pair), std::end(pair));
  QVERIFY(ops != body.end());
  *ops = std::byte{WEIR_OP_INSERT};
  const auto decoded = decodeBatch(shared(body), schema);
  QVERIFY(!decoded.ok());
  QVERIFY(decoded.error().message.find("half of an update") != std::string::npos);
}

void BatchCodecTest::aBlockBeginsWithWhatItsWriterKnowsAboutTime() {
  const SchemaRef schema = makeSchema(oneLong());
  PartitionedBatchWriter writer(schema, 2);
  QVERIFY(writer.append(numbers(schema, {1, 2, 3}, {{1, 50}, {3, 60}}), std::vector<std::int32_t>{0, 0, 1}).ok());
  QCOMPARE(stepText(taken(writer, 0, schema).steps()), std::string("1:50 2:60 "));
  QCOMPARE(stepText(taken(writer, 1, schema).steps()), std::string("0:50 1:60 "));
  QVERIFY(writer.append(numbers(schema, {4}, {}), std::vector<std::int32_t>{1}).ok());
  QCOMPARE(stepText(taken(writer, 1, schema).steps()), std::string("0:60 "));
}

void BatchCodecTest::originStepsStandForTheirOwnBatch() {
  const SchemaRef schema = makeSchema(oneLong());
  PartitionedBatchWriter writer(schema, 1);
  const std::vector<WatermarkStep> fast = {{0, 500}};
  const std::vector<WatermarkStep> slow = {{1, 20}};
  QVERIFY(writer.append(numbers(schema, {1, 2}, {{0, 10}}, fast), {}).ok());
  QVERIFY(writer.append(numbers(schema, {3, 4}, {{1, 15}}, slow), {}).ok());
  const Batch decoded = taken(writer, 0, schema);
  QCOMPARE(stepText(decoded.steps()), std::string("0:10 3:15 "));
  QCOMPARE(stepText(decoded.originSteps()), "0:500 2:" + std::to_string(WEIR_WATERMARK_MIN) + " 3:20 ");
}

void BatchCodecTest::aBlockWithoutRowsCarriesTheWatermark() {
  const SchemaRef schema = makeSchema(oneLong());
  PartitionedBatchWriter writer(schema, 2);
  QVERIFY(writer.append(numbers(schema, {1}, {{0, 7}, {1, 9}}), std::vector<std::int32_t>{0}).ok());
  const Batch empty = taken(writer, 1, schema);
  QCOMPARE(empty.rowCount(), std::int64_t{0});
  QCOMPARE(stepText(empty.steps()), std::string("0:9 "));
}

void BatchCodecTest::anotherSchemaIsRefused() {
  std::vector<std::byte> body;
  encodeBatch(numbers(makeSchema(oneLong()), {1}, {}), body);
  const auto decoded = decodeBatch(shared(std::move(body)), makeSchema({{{"n", TypeId::Float64}}}));
  QVERIFY(!decoded.ok());
  QVERIFY(decoded.error().kind == ErrorKind::Config);
}

void BatchCodecTest::aNewerVersionIsRefused() {
  std::vector<std::byte> body;
  encodeBatch(numbers(makeSchema(oneLong()), {1}, {}), body);
  body[4] = std::byte{7};
  const auto decoded = decodeBatch(shared(std::move(body)), makeSchema(oneLong()));
  QVERIFY(!decoded.ok());
  QVERIFY(decoded.error().message.find("version 7") != std::string::npos);
}

void BatchCodecTest::everyShortenedBlockIsAnError() {
  const SchemaRef schema = makeSchema(kEveryType);
  RandomRows random(3);
  std::vector<std::byte> body;
  encodeBatch(random.batch(schema), body);
  for (std::size_t size = 0; size < body.size(); ++size) {
    QVERIFY(!decodeBatch(shared({body.begin(), body.begin() + static_cast<std::ptrdiff_t>(size)}), schema).ok());
  }
}

void BatchCodecTest::damageNeverCrashes() {
  const SchemaRef schema = makeSchema(kEveryType);
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    RandomRows random(seed);
    std::vector<std::byte> body;
    encodeBatch(random.batch(schema), body);
    for (int i = 0; i < 4; ++i) body[random.upTo(body.size())] = static_cast<std::byte>(random.upTo(256));
    const auto decoded = decodeBatch(shared(std::move(body)), schema);
    if (decoded) static_cast<void>(rowTexts(kEveryType, *decoded));
  }
}

void BatchCodecTest::unalignedBytesAreRead() {
  const SchemaRef schema = makeSchema(kEveryType);
  RandomRows random(11);
  const Batch batch = random.batch(schema);
  std::vector<std::byte> body;
  encodeBatch(batch, body);
  body.insert(body.begin(), std::byte{0});
  auto owner = std::make_shared<const std::vector<std::byte>>(std::move(body));
  const auto decoded = decodeBatch({std::span(*owner).subspan(1), owner}, schema);
  QVERIFY(decoded.ok());
  QCOMPARE(rowTexts(kEveryType, *decoded), rowTexts(kEveryType, batch));
}

WEIR_TEST(BatchCodecTest)
#include "batch_codec_test.moc"
