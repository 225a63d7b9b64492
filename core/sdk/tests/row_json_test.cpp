// Rows as JSON text, in both forms, against texts that are made by other means.
#include "weir/sdk/row_json.hpp"

#include <QByteArray>
#include <QDate>

#include "core/sdk/tests/random_rows.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"

using namespace weir;

namespace {

constexpr JsonForm kShown{.replaceInvalidText = false, .threeDecimals = false};

// Random texts have letters, control characters and bytes that are never UTF-8.
std::string expectedText(const std::string& text, JsonForm form) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    char escape[8];
    std::snprintf(escape, sizeof(escape), "\\u%04x", byte);
    out += byte >= 0x80 && form.replaceInvalidText ? "\xef\xbf\xbd" : byte < ' ' ? escape : std::string(1, c);
  }
  return out + "\"";
}

std::string expectedDecimal(Int128 value, int scale) {
  std::string digits;
  const bool negative = value < 0;
  for (; value != 0; value /= 10) digits.insert(digits.begin(), static_cast<char>('0' + std::abs(int(value % 10))));
  while (static_cast<int>(digits.size()) <= scale) digits = "0" + digits;
  if (scale > 0) digits.insert(digits.size() - static_cast<std::size_t>(scale), ".");
  return (negative ? "-" : "") + digits;
}

std::string expectedTimestamp(std::int64_t microseconds, JsonForm form) {
  std::string text = expectedDecimal(microseconds, 3);
  if (microseconds % 1000 == 0) return text.substr(0, text.size() - 4);
  while (!form.threeDecimals && text.back() == '0') text.pop_back();
  return text;
}

std::string expectedDate(std::int32_t days) {
  const QDate date = QDate(1970, 1, 1).addDays(days);
  const int year = date.year() < 0 ? date.year() + 1 : date.year();  // that calendar has no year 0
  char text[32];
  std::snprintf(text, sizeof(text), "%s%04d-%02d-%02d",
                year < 0      ? "-"
                : year > 9999 ? "+"
                              : "",
                std::abs(year), date.month(), date.day());
  return text;
}

std::string expectedDouble(double value) {
  if (std::isnan(value)) return "\"NaN\"";
  if (std::isinf(value)) return value < 0 ? "\"-Infinity\"" : "\"Infinity\"";
  char text[64];
  return {text, std::to_chars(text, text + sizeof(text), value).ptr};
}

std::string expectedValue(const DataType& type, const Value& value, JsonForm form) {
  if (value.isNull) return "null";
  const auto integer = static_cast<std::int64_t>(value.integer);
  std::string out;
  switch (type.id) {
    case TypeId::Bool: return integer != 0 ? "true" : "false";
    case TypeId::Int32:
    case TypeId::Int64: return std::to_string(integer);
    case TypeId::Float64: return expectedDouble(value.real);
    case TypeId::Decimal128: return expectedDecimal(value.integer, type.scale);
    case TypeId::String: return expectedText(value.text, form);
    case TypeId::Bytes: return "\"" + QByteArray::fromStdString(value.text).toBase64().toStdString() + "\"";
    case TypeId::Timestamp: return expectedTimestamp(integer, form);
    case TypeId::Date: return "\"" + expectedDate(static_cast<std::int32_t>(integer)) + "\"";
    case TypeId::List:
      for (const Value& part : value.parts) {
        out += (out.empty() ? "" : ",") + expectedValue(type.children[0].type, part, form);
      }
      return "[" + out + "]";
    case TypeId::Struct:
      for (std::size_t i = 0; i < value.parts.size(); ++i) {
        out += (i == 0 ? "" : ",") + expectedText(type.children[i].name, form) + ":" +
               expectedValue(type.children[i].type, value.parts[i], form);
      }
      return "{" + out + "}";
  }
  return out;
}

std::string textOf(std::string_view text, JsonForm form = {}) {
  std::string out;
  appendJsonText(out, text, form);
  return out;
}

std::string timestampOf(std::int64_t microseconds, JsonForm form = {}) {
  std::string out;
  appendJsonTimestamp(out, microseconds, form);
  return out;
}

}  // namespace

class RowJsonTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void randomRowsAreWrittenAsExpected() {
    const std::uint64_t seed = 20261130;
    Random random(seed);
    Schema schema;
    for (const DataType& type : everyType()) {
      schema.fields.push_back({"c\t" + std::to_string(schema.fields.size()), type});
    }
    const DataType row = DataType::structure(schema.fields);
    for (int round = 0; round < 2000; ++round) {
      BatchBuilder builder(makeSchema(schema));
      Value values;
      for (std::size_t i = 0; i < schema.fields.size(); ++i) {
        values.parts.push_back(randomValue(random, schema.fields[i].type));
        appendValue(builder.column(i), values.parts.back());
      }
      builder.endRow();
      const Batch batch = builder.finish();
      for (const JsonForm form : {JsonForm(), kShown}) {
        // As the format does it, and as it is done for people.
        std::string prepared;
        RowJsonWriter(schema, form).appendRow(prepared, batch, 0);
        std::string expected = expectedValue(row, values, form);
        // The name of a column has a tab, which has an escape of its own.
        for (std::size_t at = 0; (at = expected.find("\\u0009", at)) != std::string::npos;)
          expected.replace(at, 6, "\\t");
        QCOMPARE(prepared, expected);
        std::string plain;
        for (std::size_t i = 0; i < schema.fields.size(); ++i) {
          appendJsonLabel(plain, row, i, form);
          appendJsonValue(plain, schema.fields[i].type, batch.column(i), 0, form);
        }
        QCOMPARE(plain + "}", expected);
      }
    }
  }

  void whatIsNotUtf8IsReplacedOrKept() {
    const std::string good =
        "\xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xf0\x90\x80\x80 \xf4\x8f\xbf\xbf";
    QCOMPARE(textOf(good), "\"" + good + "\"");
    const std::string mark = "\xef\xbf\xbd";
    // Overlong forms, half a surrogate pair, above U+10FFFF, and what ends too soon.
    QCOMPARE(textOf("\xc0\x80"), "\"" + mark + mark + "\"");
    QCOMPARE(textOf("\xe0\x9f\xbf"), "\"" + mark + mark + mark + "\"");
    QCOMPARE(textOf("\xed\xa0\x80"), "\"" + mark + mark + mark + "\"");
    QCOMPARE(textOf("\xf4\x90\x80\x80"), "\"" + mark + mark + mark + mark + "\"");
    QCOMPARE(textOf("\xe2\x82"), "\"" + mark + mark + "\"");
    QCOMPARE(textOf(std::string_view("\xe2\x82\xac").substr(0, 2)), "\"" + mark + mark + "\"");
    QCOMPARE(textOf("a\xff\xe2\x82\xac"), "\"a" + mark + "\xe2\x82\xac\"");
    QCOMPARE(textOf("a\xff\xc3", kShown), std::string("\"a\xff\xc3\""));
  }

  void textsHaveTheEscapesThatJsonDemandsAndNoOthers() {
    for (const JsonForm form : {JsonForm(), kShown}) {
      QCOMPARE(textOf(std::string_view("\"\\/\b\f\n\r\t\0\x1f\x7f", 11), form),
               std::string(R"("\"\\/\b\f\n\r\t\u0000\u001f)") + "\x7f\"");
    }
  }

  void timesHaveAsManyDecimalsAsTheirFormSays() {
    QCOMPARE(timestampOf(1'500), std::string("1.500"));
    QCOMPARE(timestampOf(1'500, kShown), std::string("1.5"));
    QCOMPARE(timestampOf(-1), std::string("-0.001"));
    QCOMPARE(timestampOf(-990, kShown), std::string("-0.99"));
    QCOMPARE(timestampOf(-2'010), std::string("-2.010"));
    QCOMPARE(timestampOf(0), std::string("0"));
    QCOMPARE(timestampOf(INT64_MIN, kShown), std::string("-9223372036854775.808"));
  }

  void aRowWithoutColumnsIsAnEmptyObject() {
    BatchBuilder builder(makeSchema(Schema{}));
    builder.endRow();
    const Batch batch = builder.finish();
    std::string out;
    RowJsonWriter(Schema{}).appendRow(out, batch, 0);
    QCOMPARE(out, std::string("{}"));
  }
};

WEIR_TEST(RowJsonTest)
#include "row_json_test.moc"
