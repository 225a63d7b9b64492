// What the json format takes, what it refuses, and that a refused line stands alone.

#include "plugins/json/tests/decoded.hpp"
#include "tests/program/test.hpp"

using namespace weir;        // NOLINT
using namespace weir::json;  // NOLINT

namespace {

Schema orders() {
  return Schema{{{"id", TypeId::Int64, false}, {"region", TypeId::String, false}, {"note", TypeId::String, true}}};
}

// The value as it is written again, or the reason why there is none.
std::string valueOf(const DataType& type, const std::string& text, bool nullable = false) {
  const Decoded decoded = decodeValue(type, text, nullable);
  if (decoded.rows.size() + decoded.malformed.size() != 1) return "not one row";
  if (!decoded.malformed.empty()) return "malformed: " + decoded.malformed[0].reason;
  return decoded.rows[0].substr(5, decoded.rows[0].size() - 6);
}

}  // namespace

#define TAKES(type, text, expected) QCOMPARE(QString::fromStdString(valueOf(type, text)), QString(expected))
#define REFUSES(type, text, part)                                                                   \
  do {                                                                                              \
    const QString outcome = QString::fromStdString(valueOf(type, text));                            \
    QVERIFY2(outcome.startsWith("malformed: ") && outcome.contains(part), outcome.toUtf8().data()); \
  } while (false)

class JsonDecodeTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void fieldsMayComeInAnyOrderAndSpacing() {
    DecodedBy by(orders());
    const Decoded decoded = by.lines(
        "{\"id\":1,\"region\":\"eu\",\"note\":\"a\"}\n"
        "  { \"note\" : \"b\" ,\t\"region\":\"us\", \"id\" : 2 }  \r\n"
        "{\"id\":3,\"region\":\"eu\",\"note\":\"c\"}\n"
        "{\"region\":\"ap\",\"id\":4}\n");
    QCOMPARE(decoded.malformed.size(), 0U);
    QCOMPARE(decoded.rows,
             (std::vector<std::string>{
                 "{\"id\":1,\"region\":\"eu\",\"note\":\"a\"}", "{\"id\":2,\"region\":\"us\",\"note\":\"b\"}",
                 "{\"id\":3,\"region\":\"eu\",\"note\":\"c\"}", "{\"id\":4,\"region\":\"ap\",\"note\":null}"}));
  }
  void keysMayBeSpelledWithEscapes() {
    QCOMPARE(DecodedBy(orders()).lines("{\"\\u0069d\":1,\"re\\u0067ion\":\"eu\"}\n").rows.size(), 1U);
  }
  void undeclaredFieldsAreDroppedButMustBeWellFormed() {
    DecodedBy by(Schema{{{"id", TypeId::Int64, false}}});
    const Decoded decoded = by.lines(
        "{\"x\":{\"a\":[1,-2.5e+3,true,false,null,\"\\ud83d\\ude00\"],\"b\":{}},\"id\":1,\"x\":[],\"x\":0}\n"
        "{\"id\":2,\"x\":01}\n{\"id\":3,\"x\":\"\\q\"}\n{\"id\":4,\"x\":[1,]}\n{\"id\":5,\"x\":tru}\n"
        "{\"id\":6,\"x\":{\"a\" "
        "1}}\n{\"id\":7,\"x\":\"\xff\"}\n{\"id\":8,\"x\":1.}\n{\"id\":9,\"x\":{\"a\":1,}}\n{\"id\":10}\n");
    QCOMPARE(decoded.rows, (std::vector<std::string>{"{\"id\":1}", "{\"id\":10}"}));
    QCOMPARE(decoded.malformed.size(), 8U);
  }
  void aMissingFieldIsNullOrMalformed() {
    const Decoded decoded = DecodedBy(orders()).lines("{\"id\":1,\"region\":\"eu\"}\n{\"id\":1,\"note\":\"x\"}\n{}\n");
    QCOMPARE(decoded.rows.size(), 1U);
    QCOMPARE(decoded.malformed.size(), 2U);
    QVERIFY(decoded.malformed[0].reason.find("'region' is missing") != std::string::npos);
    QVERIFY(decoded.malformed[1].reason.find("'id' is missing") != std::string::npos);
  }
  void aDeclaredFieldThatIsThereTwiceIsMalformed() {
    const Decoded decoded = DecodedBy(orders()).lines("{\"id\":1,\"region\":\"eu\",\"id\":1}\n");
    QCOMPARE(decoded.malformed.size(), 1U);
    QVERIFY(decoded.malformed[0].reason.find("'id' is there twice") != std::string::npos);
  }
  void aMalformedLineNeverTakesTheNextOneWithIt() {
    const std::string good = "{\"id\":7,\"region\":\"eu\",\"note\":\"n\"}";
    // Every beginning of a good line is a bad line, and must cost exactly itself.
    for (std::size_t size = 1; size < good.size(); ++size) {
      const std::string bad = good.substr(0, size);
      const Decoded decoded = DecodedBy(orders()).lines(good + "\n" + bad + "\n" + good + "\n" + bad);
      QCOMPARE(decoded.rows.size(), 2U);
      QCOMPARE(decoded.malformed.size(), 2U);
      QCOMPARE(decoded.malformed[0].text, bad);
      QCOMPARE(decoded.malformed[1].text, bad);
    }
  }
  void whatABadLineHasWrittenIsTakenBack() {
    const Schema schema{{{"a", TypeId::String, true},
                         {"b", DataType::list({"item", TypeId::Int64, true}), true},
                         {"c", DataType::structure({{"d", TypeId::Bool, true}, {"e", TypeId::String, false}}), true},
                         {"f", TypeId::Int32, false}}};
    const std::string good1 = "{\"a\":\"x\",\"b\":[1,null],\"c\":{\"d\":true,\"e\":\"y\"},\"f\":1}";
    const std::string good2 = "{\"a\":null,\"b\":null,\"c\":null,\"f\":2}";
    const std::string good3 = "{\"a\":\"\",\"b\":[],\"c\":{\"d\":null,\"e\":\"\"},\"f\":3}";
    std::string text;
    for (const char* bad :
         {"{\"a\":\"lost\",\"b\":[7,8,\"no\"],\"f\":1}", "{\"a\":null,\"b\":null,\"c\":null,\"f\":\"no\"}",
          "{\"c\":{\"d\":false,\"e\":\"lost\"},\"b\":[9],\"a\":\"lost\"}", "{\"c\":{\"e\":\"lost\",\"d\":1}}"}) {
      text += good1 + "\n" + bad + "\n" + good2 + "\n" + bad + "\n" + good3 + "\n";
    }
    const Decoded decoded = DecodedBy(schema).lines(text);
    QCOMPARE(decoded.malformed.size(), 8U);
    std::vector<std::string> expected;
    for (int i = 0; i < 4; ++i) expected.insert(expected.end(), {good1, good2, good3});
    QCOMPARE(decoded.rows, expected);
    QCOMPARE(decoded.batch.get()->columns->children[0]->null_count, std::int64_t{4});
  }
  void blankLinesAreNoRecords() {
    const Decoded decoded = DecodedBy(orders()).lines("\n  \n\r\n{\"id\":1,\"region\":\"eu\"}\n\n \t");
    QCOMPARE(decoded.rows.size(), 1U);
    QCOMPARE(decoded.malformed.size(), 0U);
  }
  void theLastLineNeedsNoLineFeed() {
    QCOMPARE(DecodedBy(orders()).lines("{\"id\":1,\"region\":\"eu\"}").rows.size(), 1U);
  }
  void aLineHoldsOneObjectAndNothingElse() {
    for (const char* line :
         {"[1]", "1", "null", "\"x\"", "{\"id\":1,\"region\":\"a\"}{}", "{\"id\":1,\"region\":\"a\"},",
          "{\"id\":1,\"region\":\"a\",}", "{,\"id\":1,\"region\":\"a\"}", "\xef\xbb\xbf{\"id\":1,\"region\":\"a\"}"}) {
      QCOMPARE(DecodedBy(orders()).lines(std::string(line) + "\n").malformed.size(), 1U);
    }
  }
  void recordsMayHoldLineFeeds() {
    const Decoded decoded =
        DecodedBy(orders()).records({"{\n  \"id\": 1,\n  \"region\": \"eu\"\n}\n", "", "{\"id\":2,\"region\":\"us\"}",
                                     std::string("{\"id\":3}\0", 9), "  "});
    QCOMPARE(decoded.rows.size(), 2U);
    QCOMPARE(decoded.malformed.size(), 3U);
    QCOMPARE(decoded.malformed[0].text, std::string());
  }
  void integersAreCheckedForRangeAndForm() {
    TAKES(TypeId::Int64, "9223372036854775807", "9223372036854775807");
    TAKES(TypeId::Int64, "-9223372036854775808", "-9223372036854775808");
    TAKES(TypeId::Int64, "-0", "0");
    REFUSES(TypeId::Int64, "9223372036854775808", "out of range");
    REFUSES(TypeId::Int64, "-9223372036854775809", "out of range");
    REFUSES(TypeId::Int64, "99999999999999999999", "out of range");
    REFUSES(TypeId::Int64, "1.0", "fraction");
    REFUSES(TypeId::Int64, "1e3", "exponent");
    REFUSES(TypeId::Int64, "012", "zero");
    REFUSES(TypeId::Int64, "-", "field 'v' is int64, but there is -");
    REFUSES(TypeId::Int64, "+1", "field 'v'");
    REFUSES(TypeId::Int64, "\"1\"", "but there is \"1\"");
    REFUSES(TypeId::Int64, "true", "but there is true");
    REFUSES(TypeId::Int64, "1 2", "comma or }");
    TAKES(TypeId::Int32, "-2147483648", "-2147483648");
    REFUSES(TypeId::Int32, "2147483648", "out of range");
  }
  void doublesAreRoundedCorrectly() {
    TAKES(TypeId::Float64, "12.34", "12.34");
    TAKES(TypeId::Float64, "-0.0", "-0");
    TAKES(TypeId::Float64, "1e3", "1000");
    TAKES(TypeId::Float64, "0.1", "0.1");
    TAKES(TypeId::Float64, "9007199254740993", "9007199254740992");
    TAKES(TypeId::Float64, "9007199254740993.0000000000000000000000001", "9007199254740994");
    TAKES(TypeId::Float64, "2.2250738585072011e-308", "2.225073858507201e-308");
    TAKES(TypeId::Float64, "1.7976931348623157e308", "1.7976931348623157e+308");
    TAKES(TypeId::Float64, "1e-400", "0");
    TAKES(TypeId::Float64, "-0.0000000000000000000001e-400", "-0");
    TAKES(TypeId::Float64, "\"NaN\"", "\"NaN\"");
    TAKES(TypeId::Float64, "\"-Infinity\"", "\"-Infinity\"");
    REFUSES(TypeId::Float64, "1e400", "out of range");
    REFUSES(TypeId::Float64, "100000e304", "out of range");
    REFUSES(TypeId::Float64, "1.", "decimal point");
    REFUSES(TypeId::Float64, ".5", "field 'v'");
    REFUSES(TypeId::Float64, "1e", "exponent");
    REFUSES(TypeId::Float64, "00.5", "zero");
    REFUSES(TypeId::Float64, "NaN", "field 'v'");
    REFUSES(TypeId::Float64, "\"1\"", "field 'v'");
  }
  void decimalsAreExact() {
    const DataType money = DataType::decimal(6, 2);
    TAKES(money, "12.34", "12.34");
    TAKES(money, "-0.05", "-0.05");
    TAKES(money, "9999.99", "9999.99");
    TAKES(money, "1e3", "1000.00");
    TAKES(money, "123.4000", "123.40");
    TAKES(money, "12345e-3",
          "malformed: Byte 5: field 'v' is decimal(6,2), but there is 12345e-3 (more decimals than the scale).");
    TAKES(money, "\"7.10\"", "7.10");
    TAKES(money, "0e99999999999", "0.00");
    REFUSES(money, "10000", "precision");
    REFUSES(money, "0.001", "scale");
    REFUSES(money, "1e400", "precision");
    REFUSES(money, "\"7.10x\"", "field 'v'");
    TAKES(DataType::decimal(38, 0), "-99999999999999999999999999999999999999",
          "-99999999999999999999999999999999999999");
  }
  void stringsAreUnescapedAndCheckedForUtf8() {
    TAKES(TypeId::String, "\"\"", "\"\"");
    TAKES(TypeId::String, "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"", "\"\\\"\\\\/\\b\\f\\n\\r\\tA\"");
    TAKES(TypeId::String, "\"\\ud83d\\ude00 \\u00e9\"", "\"\xf0\x9f\x98\x80 \xc3\xa9\"");
    TAKES(TypeId::String, "\"0123456789abcdef0123456789abcdef0123456789\xc3\xa9\\n0123456789abcdef0123456789abcdefg\"",
          "\"0123456789abcdef0123456789abcdef0123456789\xc3\xa9\\n0123456789abcdef0123456789abcdefg\"");
    REFUSES(TypeId::String, "\"\\ud83d\"", "surrogate");
    REFUSES(TypeId::String, "\"\\ude00\\ud83d\"", "surrogate");
    REFUSES(TypeId::String, "\"\\u12g4\"", "hexadecimal");
    REFUSES(TypeId::String, "\"\x01\"", "control character");
    REFUSES(TypeId::String, "\"open", "closing quote");
    for (const char* bad : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
                            "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xff"}) {
      REFUSES(TypeId::String, "\"" + std::string(bad) + "\"", "UTF-8");
    }
  }
  void timesAreMillisecondsOrIso8601() {
    TAKES(TypeId::Timestamp, "1357035300000", "1357035300000");
    TAKES(TypeId::Timestamp, "-1", "-1");
    TAKES(TypeId::Timestamp, "0", "0");
    TAKES(TypeId::Timestamp, "1.5", "1.500");
    TAKES(TypeId::Timestamp, "-0.001", "-0.001");
    TAKES(TypeId::Timestamp, "\"2013-01-01T10:15:00Z\"", "1357035300000");
    TAKES(TypeId::Timestamp, "\"2013-01-01 11:15:00.250+01:00\"", "1357035300250");
    TAKES(TypeId::Timestamp, "\"1969-12-31T23:59:59.999999Z\"", "-0.001");
    REFUSES(TypeId::Timestamp, "\"2013-01-01T10:15:00\"", "2013-01-31");
    REFUSES(TypeId::Timestamp, "\"2013-02-29T10:15:00Z\"", "2013-01-31");
    REFUSES(TypeId::Timestamp, "\"2013-01-01T24:00:00Z\"", "2013-01-31");
    REFUSES(TypeId::Timestamp, "9223372036854775807", "out of range");
    REFUSES(TypeId::Timestamp, "1.2345", "decimals");
    REFUSES(TypeId::Timestamp, "1e3", "exponent");
    REFUSES(TypeId::Timestamp, "01", "zero");
  }
  void otherTypes() {
    TAKES(TypeId::Bool, "true", "true");
    TAKES(TypeId::Bool, "false", "false");
    REFUSES(TypeId::Bool, "0", "field 'v'");
    REFUSES(TypeId::Bool, "truely", "comma or }");
    TAKES(TypeId::Date, "\"1970-01-01\"", "\"1970-01-01\"");
    TAKES(TypeId::Date, "\"2000-02-29\"", "\"2000-02-29\"");
    TAKES(TypeId::Date, "\"+12013-01-31\"", "\"+12013-01-31\"");
    REFUSES(TypeId::Date, "\"1900-02-29\"", "date");
    REFUSES(TypeId::Date, "\"1970-1-1\"", "date");
    TAKES(TypeId::Bytes, "\"AP8=\"", "\"AP8=\"");
    TAKES(TypeId::Bytes, "\"\"", "\"\"");
    REFUSES(TypeId::Bytes, "\"AP9=\"", "base64");
    REFUSES(TypeId::Bytes, "\"AP8\"", "base64");
    TAKES(DataType::list({"item", DataType::list({"item", TypeId::Int64, false}), true}), "[ [1, 2] ,[], null]",
          "[[1,2],[],null]");
    REFUSES(DataType::list({"item", TypeId::Int64, false}), "[1,null]", "field 'v[]' is int64, but there is null");
    REFUSES(DataType::structure({{"a", TypeId::Int64, false}}), "{\"a\":\"x\"}", "field 'v.a'");
  }
  void nullIsForNullableFieldsOnly() {
    for (const TypeId type : {TypeId::Bool, TypeId::Int32, TypeId::Int64, TypeId::Float64, TypeId::String,
                              TypeId::Bytes, TypeId::Timestamp, TypeId::Date}) {
      QCOMPARE(valueOf(type, "null", true), std::string("null"));
      REFUSES(type, "null", "may not be null");
    }
    REFUSES(TypeId::Bool, "nul", "field 'v'");
  }
  void nestingHasALimit() {
    const auto nested = [](int depth) {
      return "{\"id\":1,\"x\":" + std::string(static_cast<std::size_t>(depth), '[') +
             std::string(static_cast<std::size_t>(depth), ']') + "}\n";
    };
    DecodedBy by(Schema{{{"id", TypeId::Int64, false}}});
    QCOMPARE(by.lines(nested(63)).rows.size(), 1U);
    const Decoded decoded = by.lines(nested(64));
    QCOMPARE(decoded.malformed.size(), 1U);
    QVERIFY(decoded.malformed[0].reason.find("64 levels") != std::string::npos);
    QCOMPARE(by.lines("{\"id\":1,\"x\":" + std::string(100'000, '[')).malformed.size(), 1U);
  }
  void manyUnknownAndLongKeysCostNoMemoryOfTheirOwn() {
    DecodedBy by(Schema{{{"id", TypeId::Int64, false}, {std::string(100, 'k'), TypeId::Int64, false}}});
    std::string text;
    for (int i = 0; i < 1000; ++i) {
      text +=
          "{\"key" + std::to_string(i) + "\":1,\"id\":" + std::to_string(i) + ",\"" + std::string(100, 'k') + "\":2}\n";
    }
    const Decoded decoded = by.lines(text);
    QCOMPARE(decoded.rows.size(), 1000U);
    QVERIFY(decoded.rows[999].starts_with("{\"id\":999,"));
  }
};

WEIR_TEST(JsonDecodeTest)
#include "json_decode_test.moc"
