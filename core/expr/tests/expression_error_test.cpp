#include <QtTest>

#include "core/expr/parser.hpp"
#include "core/expr/tests/evaluating.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::expr;

namespace {

Schema orders() {
  return {{{"region", TypeId::String},
           {"amount", TypeId::Float64},
           {"count", TypeId::Int64},
           {"ts", TypeId::Timestamp},
           {"tags", DataType::list({"item", TypeId::String})},
           {"place", DataType::structure({{"city", TypeId::String}})}}};
}

}  // namespace

class ExpressionErrorTest : public QObject {
  Q_OBJECT

  static CompileError errorOf(const std::string& text) {
    CompileError error;
    if (compile(text, orders(), &error)) return {0, 0, "it compiled", ""};
    return error;
  }

 private Q_SLOTS:
  void theErrorPointsAtTheText_data() {
    QTest::addColumn<QString>("text");  // the wrong part stands between [ and ]
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("suggestion");
    const auto row = [](const char* text, const char* message, const char* suggestion = "") {
      QTest::newRow(text) << QString(text) << QString(message) << QString(suggestion);
    };
    row("[regoin] = 'eu'", "no field 'regoin'", "region");
    row("1 + [Region]", "no field 'Region'", "region");
    row("[uper](region)", "no function 'uper'", "upper");
    row("[substr](region, 1)", "no function 'substr'", "substring");
    row("place.[town]", "in \"place\"");
    row("region.[x]", "has no fields");
    row("[region = 1]", "Cannot compare string and int32");
    row("1 - [region]", "'-' needs numbers");
    row("[region] + 'x'", "puts strings together", "||");
    row("[amount] and true", "needs a condition");
    row("1 [==] 1", "one '='", "=");
    row("count = 1 [&] true", "write 'and'", "and");
    row("region = [']", "no closing '");
    row("(1 + 2[]", "')' is missing");
    row("1 < 2 [<] 3", "cannot be chained");
    row("1 +[]", "but the expression ends");
    row("1 [2]", "should end here");
    row("region like[]", "but the expression ends");
    row("[tags] = tags", "only be passed on");
    row("cast(1 as [int])", "write int32");
    row("[cast(1 as timestamp)]", "timestamp_millis");
    row("[cast('x' as int32)]", "cannot be cast");
    row("ts > ['yesterday']", "is not a timestamp");
    row("[lower(region, region)]", "used as lower(string)");
    row("length([amount])", "must be a string or bytes");
    row("date_trunc(['hours'], ts)", "unit is one of", "hour");
    row("[ts + ts]", "no timestamp + timestamp");
    row("[null]", "type of this null");
    row("[ts - ts]", "cannot hold an interval");
    row("[]", "empty");
    row("[1abc]", "neither a number nor a name");
    row("region || [count]", "cast(... as string)");
    row("[case when true then 1 else 'a' end]", "Cannot choose between");
    row("interval ['1 week']", "");
  }
  void theErrorPointsAtTheText() {
    QFETCH(QString, text);
    QFETCH(QString, message);
    QFETCH(QString, suggestion);
    std::string clean = text.toStdString();
    std::size_t begin = clean.find('[');
    clean.erase(begin, 1);
    const std::size_t end = clean.find(']');
    clean.erase(end, 1);
    const CompileError error = errorOf(clean);
    if (message.isEmpty()) {
      begin -= std::string("interval ").size();
      message = "not an interval";
    }
    QVERIFY2(error.message.find(message.toStdString()) != std::string::npos, error.message.c_str());
    QCOMPARE(error.offset, begin);
    QCOMPARE(error.length, end - begin);
    QCOMPARE(QString::fromStdString(error.suggestion), suggestion);
  }

  void theSentenceHasLineAndColumn() {
    const auto result = compile("region = 'ä' and\n  regon = 'b'", orders());
    QVERIFY(!result.ok());
    QCOMPARE(QString::fromStdString(result.error().message),
             QString("Line 2, column 3: There is no field 'regon'. Did you mean \"region\"?"));
    QCOMPARE(result.error().kind, ErrorKind::Config);
  }

  void nestingDeeperThan64LevelsIsRefused() {
    const auto nested = [](int levels) {
      return std::string(static_cast<std::size_t>(levels), '(') + "1" +
             std::string(static_cast<std::size_t>(levels), ')');
    };
    QVERIFY(compile(nested(kMaxNesting), {}).ok());
    QVERIFY(errorOf(nested(kMaxNesting + 1)).message.find("64 levels") != std::string::npos);
    std::string nots;
    for (int i = 0; i < 100; ++i) nots += "not ";
    QVERIFY(errorOf(nots + "true").message.find("64 levels") != std::string::npos);
  }

  void longChainsAreRefusedAndLongConditionsAreNot() {
    std::string sum = "count";
    std::string either = "count = 0";
    for (int i = 1; i < 600; ++i) {
      sum += " + count";
      either += " or count = " + std::to_string(i);
    }
    QVERIFY(errorOf(sum).message.find("chains more than") != std::string::npos);
    QVERIFY(compile(either, orders()).ok());
  }

  void aTextOverTheLimitIsRefused() {
    QVERIFY(errorOf("'" + std::string(kMaxTextBytes, 'x') + "'").message.find("64 KiB") != std::string::npos);
  }

  void textThatIsNotUtf8IsRefused() { QVERIFY(errorOf("'\xff'").message.find("UTF-8") != std::string::npos); }
};

WEIR_TEST(ExpressionErrorTest)
#include "expression_error_test.moc"
