#include "core/base/json.hpp"
#include "core/base/json_parser.hpp"
#include "tests/program/test.hpp"

using namespace weir;

namespace {

json::ParseError refusal(std::string_view text) {
  const std::variant<json::Value, json::ParseError> outcome = json::parse(text);
  const auto* const error = std::get_if<json::ParseError>(&outcome);
  return error == nullptr ? json::ParseError{{}, "it was accepted", ""} : *error;
}

json::Value value(std::string_view text) {
  Result<json::Value> parsed = json::parseText(text);
  return parsed ? *parsed : json::Value::text("refused: " + parsed.error().message);
}

}  // namespace

class JsonTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void refusesWithAPlace_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const QByteArray& text, int line, int column, const char* message) {
      QTest::newRow(name) << text << line << column << QString(message);
    };
    row("nothing", "", 1, 1, "the end of the text");
    row("trailing rubbish", "{}\n x", 2, 2, "after the end");
    row("duplicate member", "{\"a\":1,\n \"a\":2}", 2, 2, "twice");
    row("trailing comma in a list", "[1,]", 1, 4, "comma before ']'");
    row("trailing comma in an object", "{\"a\":1,}", 1, 8, "comma before '}'");
    row("comment", "// no\n{}", 1, 1, "Comments");
    row("byte order mark", "\xEF\xBB\xBF{}", 1, 1, "byte order mark");
    row("leading zero", "[01]", 1, 3, "begins with a zero");
    row("plus", "[+1]", 1, 2, "value is expected");
    row("point alone", "[1.]", 1, 4, "after the point");
    row("exponent alone", "[1e]", 1, 4, "exponent");
    row("open text", "[\"a]", 1, 5, "no closing");
    row("line feed in a text", "[\"a\nb\"]", 1, 4, "control character");
    row("unknown escape", "[\"\\x\"]", 1, 4, "no escape");
    row("lone second surrogate", "[\"\\udc00\"]", 1, 9, "surrogate");
    row("lone first surrogate", "[\"\\ud800x\"]", 1, 9, "surrogate");
    row("bytes that are not UTF-8", "[\"\xC3(\"]", 1, 3, "UTF-8");
    row("overlong UTF-8", "[\"\xC0\xAF\"]", 1, 3, "UTF-8");
    row("surrogate in UTF-8", "[\"\xED\xA0\x80\"]", 1, 3, "UTF-8");
    row("columns count characters", "[\"\xC3\xA4\xE2\x82\xAC\", x]", 1, 8, "value is expected");
    row("a zero byte", QByteArray("[1\0]", 4), 1, 3, "a byte that does not belong");
  }

  void refusesWithAPlace() {
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QString, message);
    const json::ParseError error = refusal({text.constData(), static_cast<std::size_t>(text.size())});
    QVERIFY2(QString::fromStdString(error.message).contains(message), error.message.c_str());
    QCOMPARE(static_cast<int>(error.position.line), line);
    QCOMPARE(static_cast<int>(error.position.column), column);
  }

  void nestingEndsAt64() {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(json::parseText(nested(json::kMaximumDepth + 1)).ok());
    QVERIFY(!json::parseText(nested(json::kMaximumDepth + 2)).ok());
    QVERIFY(!json::parseText(std::string(1000000, '[')).ok());
  }

  void numbersStayAsTheyWereWritten() {
    const std::string text = R"([9007199254740993,0.10,1e3,-0,12345678901234567890.5])";
    QCOMPARE(json::write(value(text)), text);
    QCOMPARE(value("[9007199254740993]").items()[0].asInteger(), std::optional<std::int64_t>(9007199254740993));
    QVERIFY(!value("[1e3]").items()[0].asInteger().has_value());
    QVERIFY(!value("[9223372036854775808]").items()[0].asInteger().has_value());
  }

  void membersKeepTheirOrder() {
    const std::string text = R"({"z":1,"a":{"y":[],"b":{}},"m":null})";
    QCOMPARE(json::write(value(text)), text);
  }

  void everyValueKnowsItsPlace() {
    const json::Value root = value("{\n  \"a\": [1,\n    true]\n}");
    const json::Value& list = *root.find("a");
    QCOMPARE(list.position().line, 2U);
    QCOMPARE(list.position().column, 8U);
    QCOMPARE(root.members()[0].position.column, 3U);
    QCOMPARE(list.items()[1].position().line, 3U);
    QCOMPARE(list.items()[1].position().column, 5U);
  }

  void escapesBecomeCharactersAndBack() {
    const json::Value list = value("[\"\\u00e4\\ud83d\\ude00\\n\\\"\\\\\\/\"]");
    QCOMPARE(list.items().at(0).asText(), std::string("\xC3\xA4\xF0\x9F\x98\x80\n\"\\/"));
    QCOMPARE(json::quote("a\"\\\n\x01\xC3\xA4"), std::string("\"a\\\"\\\\\\n\\u0001\xC3\xA4\""));
  }

  void duplicatesAreFoundInLargeObjects() {
    std::string text = "{";
    for (int i = 0; i < 100; ++i) text += "\"m" + std::to_string(i) + "\":" + std::to_string(i) + ",";
    QVERIFY(json::parseText(text + "\"last\":0}").ok());
    QVERIFY(refusal(text + "\"m7\":0}").duplicate);
    QVERIFY(refusal(text + "\"m99\":0}").duplicate);
  }
};

WEIR_TEST(JsonTest)
#include "json_test.moc"
