// Canonical JSON: what is written reads back as the same row.

#include <cmath>
#include <limits>
#include <random>

#include "plugins/json/tests/decoded.hpp"
#include "tests/program/test.hpp"

using namespace weir;        // NOLINT
using namespace weir::json;  // NOLINT

namespace {

// A row of one double, one decimal and one time, written and read again.
struct Written {
  std::string text;
  Decoded again;
};

Written writeAndRead(const Schema& schema, std::vector<OwnedColumn> columns) {
  BatchMaker maker(makeSchema(schema));
  for (OwnedColumn& column : columns) maker.column(std::move(column));
  const Batch batch = maker.finish(1);
  Written written;
  RowJsonWriter(schema).appendRow(written.text, batch, 0);
  written.again = DecodedBy(schema).lines(written.text);
  return written;
}

}  // namespace

class JsonEncodeTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyDoubleReadsBackBitForBit() {
    const Schema schema{{{"v", TypeId::Float64, false}}};
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
      const std::uint64_t bits = random();
      double value = 0;
      std::memcpy(&value, &bits, sizeof(value));
      if (i % 3 == 0) value = std::round(static_cast<double>(bits % 1'000'000'000)) / 100;
      FixedBuilder<double> column;
      column.append(value);
      std::vector<OwnedColumn> columns;
      columns.push_back(column.finish());
      const Written written = writeAndRead(schema, std::move(columns));
      QVERIFY2(written.again.malformed.empty(), written.text.c_str());
      const double again = FixedView<double>(written.again.batch.column(0))[0];
      QVERIFY2(again == value || (std::isnan(again) && std::isnan(value)), written.text.c_str());
      QCOMPARE(std::signbit(again) || std::isnan(value), std::signbit(value) || std::isnan(value));
    }
  }
  void everyTimeAndDateReadsBack() {
    const Schema schema{{{"t", TypeId::Timestamp, false}, {"d", TypeId::Date, false}}};
    std::mt19937_64 random(8);
    for (int i = 0; i < 20'000; ++i) {
      const auto micros = static_cast<std::int64_t>(random()) >> (i % 40);
      const auto days = static_cast<std::int32_t>(random()) >> (i % 20);
      FixedBuilder<std::int64_t> times;
      FixedBuilder<std::int32_t> dates;
      times.append(micros / 4);
      dates.append(days / 2);
      std::vector<OwnedColumn> columns;
      columns.push_back(times.finish());
      columns.push_back(dates.finish());
      const Written written = writeAndRead(schema, std::move(columns));
      QVERIFY2(written.again.malformed.empty(), written.text.c_str());
      QCOMPARE(FixedView<std::int64_t>(written.again.batch.column(0))[0], micros / 4);
      QCOMPARE(FixedView<std::int32_t>(written.again.batch.column(1))[0], days / 2);
    }
  }
  void nullsAreWritten() {
    const Decoded decoded = decodeValue(DataType::structure({{"a", TypeId::Int64, true}}), "{}", true);
    QCOMPARE(decoded.rows, std::vector<std::string>{"{\"v\":{\"a\":null}}"});
  }
  void textIsEscapedOnlyWhereItMustBe() {
    std::string out;
    appendJsonText(out, std::string("a\"b\\c/\n\x1f\x7f\xc3\xa9", 11) + std::string(1, '\0'));
    QCOMPARE(out, std::string("\"a\\\"b\\\\c/\\n\\u001f\x7f\xc3\xa9\\u0000\""));
  }
  void bytesThatAreNoTextBecomeTheReplacementCharacter() {
    std::string out;
    appendJsonText(out, "a\xff\xc3");
    QCOMPARE(out, std::string("\"a\xef\xbf\xbd\xef\xbf\xbd\""));
  }
  void fieldNamesAreEscapedToo() {
    const Schema schema{{{"a\"b", TypeId::Int64, false}}};
    QCOMPARE(DecodedBy(schema).lines("{\"a\\\"b\":1}").rows, std::vector<std::string>{"{\"a\\\"b\":1}"});
  }
};

WEIR_TEST(JsonEncodeTest)
#include "json_encode_test.moc"
