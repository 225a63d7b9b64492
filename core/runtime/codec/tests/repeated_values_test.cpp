// What a block does not write twice: strings that repeat, and event times that are a column.
#include <random>

#include "core/runtime/codec/batch_reader.hpp"
#include "core/runtime/codec/batch_writer.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_maker.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

const Schema kRows = {{{"region", TypeId::String}, {"at", TypeId::Timestamp}}};

using Texts = std::vector<std::optional<std::string>>;

Texts repeated(std::size_t rows, std::size_t distinct, std::uint64_t seed = 1) {
  std::mt19937_64 random(seed);
  Texts texts;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t value = random() % distinct;
    texts.emplace_back("region-" + std::string(value % 40, 'x') + std::to_string(value));
  }
  return texts;
}

enum class Times { None, AColumn, TheirOwn };

Batch batchOf(const SchemaRef& schema, const Texts& texts, Times times, std::int64_t first = 0) {
  StringBuilder region;
  FixedBuilder<std::int64_t> at;
  std::vector<std::int64_t> own;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i]) {
      region.append(*texts[i]);
    } else {
      region.appendNull();
    }
    at.append(first + static_cast<std::int64_t>(i));
    own.push_back(first + static_cast<std::int64_t>(i) + 1'000'000);
  }
  BatchMaker maker(schema);
  maker.column(region.finish()).column(at.finish());
  if (times == Times::TheirOwn) maker.eventTime(own);
  Batch rows = maker.finish(static_cast<std::int64_t>(texts.size()));
  if (times != Times::AColumn) return rows;
  const void* column = rows.get()->columns->children[1]->buffers[1];
  return BatchMaker::from(rows).borrowEventTime(static_cast<const std::int64_t*>(column)).finish(rows.rowCount());
}

SharedBytes shared(std::vector<std::byte> bytes) {
  auto owner = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
  return {*owner, owner};
}

Texts textsOf(const Batch& batch) {
  Texts texts;
  const ColumnView column = batch.column(0);
  for (std::int64_t row = 0; row < batch.rowCount(); ++row) {
    texts.push_back(column.isNull(row) ? std::nullopt : std::optional<std::string>(StringView(column)[row]));
  }
  return texts;
}

// One block that goes through bytes.
class OneBlock {
 public:
  OneBlock& add(const Texts& texts, Times times = Times::None) {
    const Batch batch = batchOf(schema_, texts, times, static_cast<std::int64_t>(all_.size()));
    for (std::int64_t row = 0; row < batch.rowCount(); ++row) eventTimes_.push_back(batch.eventTime(row));
    all_.insert(all_.end(), texts.begin(), texts.end());
    if (!writer_.append(batch, {}).ok()) qFatal("the rows were refused");
    return *this;
  }
  OneBlock& finish() {
    bytes_ = writer_.take(0).body;
    decoded_ = decodeBatch(shared(bytes_), schema_).value();
    return *this;
  }
  bool isTheSame() const {
    for (std::int64_t row = 0; row < decoded_.rowCount(); ++row) {
      if (decoded_.eventTime(row) != eventTimes_[static_cast<std::size_t>(row)]) return false;
    }
    return textsOf(decoded_) == all_;
  }
  std::size_t bytesPerRow() const { return bytes_.size() / all_.size(); }
  std::vector<std::byte>& bytes() { return bytes_; }
  const SchemaRef& schema() const { return schema_; }
  // The next block of the same writer.
  void begin() {
    all_.clear();
    eventTimes_.clear();
  }

 private:
  SchemaRef schema_ = makeSchema(kRows);
  PartitionedBatchWriter writer_{schema_, 1};
  Texts all_;
  std::vector<std::int64_t> eventTimes_;
  std::vector<std::byte> bytes_;
  Batch decoded_;
};

}  // namespace

class RepeatedValuesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void fewStringsTakeAByteARow();
  void manyStringsAreSpelledOut();
  void aStringTooManyInTheMiddleLosesNothing();
  void nullsStayNulls();
  void fewRowsHaveNoDictionary();
  void blocksAfterManyStringsTryAgain();
  void everyPartitionHasItsOwnDictionary();
  void timesThatAreAColumnAreNotWrittenTwice();
  void timesMayStopBeingAColumn();
  void timesMayComeLater();
  void aNumberOutsideOfTheDictionaryIsDamage();
  void damageNeverCrashes();
};

void RepeatedValuesTest::fewStringsTakeAByteARow() {
  OneBlock block;
  block.add(repeated(5000, 200)).finish();
  QVERIFY(block.isTheSame());
  QVERIFY(block.bytesPerRow() < 8 + 1 + 4);  // the timestamp, the number, and a part of the dictionary
}

void RepeatedValuesTest::manyStringsAreSpelledOut() {
  OneBlock block;
  block.add(repeated(5000, 257)).finish();
  QVERIFY(block.isTheSame());
}

void RepeatedValuesTest::aStringTooManyInTheMiddleLosesNothing() {
  OneBlock block;
  block.add(repeated(3000, 100)).add(repeated(3000, 5000)).add(repeated(3000, 100)).finish();
  QVERIFY(block.isTheSame());
}

void RepeatedValuesTest::nullsStayNulls() {
  Texts texts = repeated(1000, 3);
  for (std::size_t i = 0; i < texts.size(); i += 7) texts[i].reset();
  OneBlock block;
  block.add(texts).add({std::nullopt, "", "one"}).finish();
  QVERIFY(block.isTheSame());
}

void RepeatedValuesTest::fewRowsHaveNoDictionary() {
  OneBlock block;
  block.add({"a", "b", "a"}).finish();
  QVERIFY(block.isTheSame());
  block.begin();
  block.add({}).finish();
  QVERIFY(block.isTheSame());
}

void RepeatedValuesTest::blocksAfterManyStringsTryAgain() {
  OneBlock block;
  block.add(repeated(1000, 1000)).finish();
  std::size_t plain = 0;
  for (int i = 0; i < 20; ++i) {
    block.begin();
    block.add(repeated(1000, 10)).finish();
    QVERIFY(block.isTheSame());
    if (block.bytesPerRow() >= 16) ++plain;
  }
  QCOMPARE(plain, std::size_t{15});
}

void RepeatedValuesTest::everyPartitionHasItsOwnDictionary() {
  const SchemaRef schema = makeSchema(kRows);
  PartitionedBatchWriter writer(schema, 2);
  const Texts texts = repeated(4000, 400);
  std::vector<std::int32_t> places;
  std::vector<Texts> expected(2);
  for (const auto& text : texts) {
    const std::int32_t place = std::hash<std::string>()(*text) % 2 == 0 ? 0 : 1;
    places.push_back(place);
    expected[static_cast<std::size_t>(place)].push_back(text);
  }
  QVERIFY(writer.append(batchOf(schema, texts, Times::None), places).ok());
  for (std::int32_t p = 0; p < 2; ++p) {
    QCOMPARE(textsOf(decodeBatch(shared(writer.take(p).body), schema).value()), expected[static_cast<std::size_t>(p)]);
  }
}

void RepeatedValuesTest::timesThatAreAColumnAreNotWrittenTwice() {
  OneBlock own;
  own.add(repeated(1000, 10), Times::TheirOwn).finish();
  OneBlock column;
  column.add(repeated(500, 10), Times::AColumn).add(repeated(500, 10), Times::AColumn).finish();
  QVERIFY(own.isTheSame());
  QVERIFY(column.isTheSame());
  QVERIFY(column.bytes().size() + 8 * 1000 <= own.bytes().size());
}

void RepeatedValuesTest::timesMayStopBeingAColumn() {
  OneBlock block;
  block.add(repeated(10, 3), Times::AColumn).add(repeated(10, 3), Times::TheirOwn).add(repeated(10, 3), Times::AColumn);
  QVERIFY(block.finish().isTheSame());
  OneBlock without;
  without.add(repeated(10, 3), Times::AColumn).add(repeated(10, 3), Times::None);
  QVERIFY(without.finish().isTheSame());
}

void RepeatedValuesTest::timesMayComeLater() {
  OneBlock block;
  block.add(repeated(10, 3), Times::None).add(repeated(10, 3), Times::AColumn);
  QVERIFY(block.finish().isTheSame());
}

void RepeatedValuesTest::aNumberOutsideOfTheDictionaryIsDamage() {
  OneBlock block;
  block.add(Texts(100, "the only one")).finish();
  // The numbers are the hundred zero bytes before the timestamps' buffer.
  std::vector<std::byte> bytes = block.bytes();
  const std::size_t timestamps = 8 + 8 + 100 * 8;  // their validity, their length, themselves
  bytes[bytes.size() - timestamps - 8] = std::byte{1};
  const auto decoded = decodeBatch(shared(bytes), block.schema());
  QVERIFY(!decoded.ok());
  QVERIFY(decoded.error().message.find("not in the dictionary") != std::string::npos);
}

void RepeatedValuesTest::damageNeverCrashes() {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    std::mt19937_64 random(seed);
    OneBlock block;
    block.add(repeated(60, 1 + random() % 10, seed), random() % 2 == 0 ? Times::AColumn : Times::None).finish();
    std::vector<std::byte> bytes = block.bytes();
    for (int i = 0; i < 4; ++i) bytes[random() % bytes.size()] = static_cast<std::byte>(random() % 256);
    const auto decoded = decodeBatch(shared(std::move(bytes)), block.schema());
    if (decoded) static_cast<void>(textsOf(*decoded));
  }
}

WEIR_TEST(RepeatedValuesTest)
#include "repeated_values_test.moc"
