#include <QtTest>

#include "core/expr/tests/evaluating.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::expr;

// Expressions of literals: what they mean, in their most visible form.
class ExpressionTest : public QObject {
  Q_OBJECT

  struct Row {
    const char* text;
    const char* expected;
  };
  static void table(std::initializer_list<Row> rows) {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    for (const Row& row : rows) QTest::newRow(row.text) << QString(row.text) << QString(row.expected);
  }
  static void check() {
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(constant(text.toStdString())), expected);
  }

 private Q_SLOTS:
  void literalsHaveTheTypesOfSql_data() {
    table({{"1", "1 int32"},
           {"-2147483648", "-2147483648 int32"},
           {"2147483648", "2147483648 int64"},
           {"-9223372036854775808", "-9223372036854775808 int64"},
           {"9223372036854775808", "9223372036854775808 decimal(19,0)"},
           {"1.50", "1.50 decimal(3,2)"},
           {"0.05", "0.05 decimal(2,2)"},
           {".5", "0.5 decimal(1,1)"},
           {"1e3", "1000 float64"},
           {"'it''s'", "it's string"},
           {"TRUE", "true bool"},
           {"timestamp '2024-01-31T12:30:00.25+01:00'", "2024-01-31T11:30:00.250Z timestamp"},
           {"date '2024-02-29'", "2024-02-29 date"},
           {"cast(null as decimal(5,2))", "null decimal(5,2)"}});
  }
  void literalsHaveTheTypesOfSql() { check(); }

  void operatorsBindAsInSql_data() {
    table({{"1 + 2 * 3", "7 int32"},
           {"(1 + 2) * 3", "9 int32"},
           {"10 - 4 - 3", "3 int32"},
           {"-2 * -3", "6 int32"},
           {"not 1 = 2", "true bool"},
           {"true or false and false", "true bool"},
           {"'a' || 'b' = 'ab'", "true bool"},
           {"not true or true", "true bool"},
           {"1 + 1 between 2 and 1 + 2 and true", "true bool"},
           {"1 = 1 is not null", "true bool"},
           {"- - 5", "5 int32"}});
  }
  void operatorsBindAsInSql() { check(); }

  void integersDivideTowardsZero_data() {
    table({{"7 / 2", "3 int32"},
           {"-7 / 2", "-3 int32"},
           {"-7 % 3", "-1 int32"},
           {"7 % -3", "1 int32"},
           {"cast(-9223372036854775808 as int64) % -1", "0 int64"}});
  }
  void integersDivideTowardsZero() { check(); }

  void decimalsFollowThePrecisionRules_data() {
    table({{"1.5 + 2.25", "3.75 decimal(4,2)"},
           {"1.50 * 1.19", "1.7850 decimal(6,4)"},
           {"1.0 / 3.0", "0.333333 decimal(8,6)"},
           {"-2.0 / 3.0", "-0.666667 decimal(8,6)"},
           {"5.5 % 2", "1.5 decimal(2,1)"},
           {"1 + 0.5", "1.5 decimal(3,1)"},
           {"0.1 + 0.2 = 0.3", "true bool"},
           {"1e0 * 0.5", "0.5 float64"},
           {"99999999999999999999999999999999999999 + 1",
            "error: decimal(38,0) overflow in `99999999999999999999999999999999999999 + 1`"},
           {"99999999999999999999999999999999999999 * 1.0",
            "error: decimal(38,1) overflow in `99999999999999999999999999999999999999 * 1.0`"}});
  }
  void decimalsFollowThePrecisionRules() { check(); }

  void nullFollowsThreeValuedLogic_data() {
    table({{"cast(null as bool) and false", "false bool"},
           {"cast(null as bool) and true", "null bool"},
           {"false and null", "false bool"},
           {"null or true", "true bool"},
           {"null or false", "null bool"},
           {"not cast(null as bool)", "null bool"},
           {"1 = null", "null bool"},
           {"null is null", "true bool"},
           {"1 is not null", "true bool"},
           {"null is distinct from 1", "true bool"},
           {"null is not distinct from null", "true bool"},
           {"1 is distinct from 1", "false bool"},
           {"1 in (2, null)", "null bool"},
           {"1 in (1, null)", "true bool"},
           {"1 not in (2, null)", "null bool"},
           {"null between 1 and 2", "null bool"},
           {"3 between null and 2", "false bool"},
           {"(null is true) = false", "true bool"},
           {"1 + null", "null int32"},
           {"'a' || null", "null string"},
           {"greatest(1, null)", "null int32"}});
  }
  void nullFollowsThreeValuedLogic() { check(); }

  void branchesThatAreNotTakenDoNotFail_data() {
    table({{"case when true then 1 else 1 / 0 end", "1 int32"},
           {"if(false, 1 / 0, 2)", "2 int32"},
           {"false and 1 / 0 = 1", "false bool"},
           {"true or 1 / 0 = 1", "true bool"},
           {"coalesce(1, 1 / 0)", "1 int32"},
           {"1 in (1, 1 / 0)", "true bool"}});
  }
  void branchesThatAreNotTakenDoNotFail() { check(); }

  void whatCannotBeComputedSaysWhy_data() {
    table({{"1 / 0", "error: division by zero in `1 / 0`"},
           {"1e0 / 0", "error: division by zero in `1e0 / 0`"},
           {"1.0 % 0", "error: division by zero in `1.0 % 0`"},
           {"2147483647 + 1", "error: int32 overflow in `2147483647 + 1`"},
           {"cast(-9223372036854775808 as int64) / -1",
            "error: int64 overflow in `cast(-9223372036854775808 as int64) / -1`"},
           {"abs(-2147483648)", "error: int32 overflow in `abs(-2147483648)`"},
           {"substring('abc', 1, -1)", "error: the length is negative in `substring('abc', 1, -1)`"},
           {"timestamp_seconds(9223372036854775807)",
            "error: timestamp overflow in `timestamp_seconds(9223372036854775807)`"},
           {"'a' like 'a\\' escape '\\'",
            "error: the pattern has an escape character before something other than '%', '_' or itself in `'a' like "
            "'a\\' escape '\\'`"}});
  }
  void whatCannotBeComputedSaysWhy() { check(); }

  void castsConvertOrFail_data() {
    table({{"cast('42' as int32)", "42 int32"},
           {"cast(' -7 ' as int64)", "-7 int64"},
           {"cast(3.99 as int32)", "3 int32"},
           {"cast(-3.99e0 as int64)", "-3 int64"},
           {"cast(2.5 as decimal(5,0))", "3 decimal(5,0)"},
           {"cast('1.005' as decimal(5,2))", "1.01 decimal(5,2)"},
           {"cast(0.1 as float64)", "0.10000000000000001 float64"},
           {"cast(1e20 as string)", "1e+20 string"},
           {"cast(12.50 as string)", "12.50 string"},
           {"cast(true as int32)", "1 int32"},
           {"cast('FALSE' as bool)", "false bool"},
           {"cast(timestamp '1969-12-31T23:59:59.999999Z' as string)", "1969-12-31T23:59:59.999999Z string"},
           {"cast(timestamp '1969-12-31 23:00' as date)", "1969-12-31 date"},
           {"cast(date '2024-01-01' as timestamp)", "2024-01-01T00:00:00Z timestamp"},
           {"cast(interval '1m' as int64)", "60000000 int64"},
           {"cast(cast('ab' as bytes) as string)", "ab string"}});
  }
  void castsConvertOrFail() { check(); }

  void textFunctionsCountCodePoints_data() {
    table({{"length('naïve')", "5 int64"},
           {"length(cast('naïve' as bytes))", "6 int64"},
           {"substring('naïve', 3, 2)", "ïv string"},
           {"substring('abc', 0, 2)", "a string"},
           {"substring('abc', -1)", "abc string"},
           {"substring('abc', 9)", " string"},
           {"upper('aé')", "Aé string"},
           {"trim('  a b ') || '|'", "a b| string"},
           {"replace('banana', 'an', '')", "ba string"},
           {"replace('abc', '', 'x')", "abc string"},
           {"starts_with('abc', 'ab') and ends_with('abc', 'bc') and contains('abc', 'b')", "true bool"},
           {"concat('a', 'b', 'c')", "abc string"}});
  }
  void textFunctionsCountCodePoints() { check(); }

  void likeMatchesPatterns_data() {
    table({{"'abc' like 'a%'", "true bool"},
           {"'abc' like '_b_'", "true bool"},
           {"'äbc' like '_bc'", "true bool"},
           {"'abc' like 'ab'", "false bool"},
           {"'' like '%'", "true bool"},
           {"'a%c' like 'a!%c' escape '!'", "true bool"},
           {"'abc' like 'a!%c' escape '!'", "false bool"},
           {"'mississippi' like '%iss%ppi'", "true bool"},
           {"'abc' not like '%x%'", "true bool"}});
  }
  void likeMatchesPatterns() { check(); }

  void numbersRoundHalfAwayFromZero_data() {
    table({{"round(2.5)", "3 decimal(2,0)"},
           {"round(-2.5)", "-3 decimal(2,0)"},
           {"round(2.675, 2)", "2.68 decimal(4,2)"},
           {"round(2.675e0, 2)", "2.6800000000000002 float64"},
           {"round(1250.0, -2)", "1300 decimal(5,0)"},
           {"round(1250e0, -2)", "1300 float64"},
           {"floor(-1.5)", "-2 decimal(2,0)"},
           {"ceil(-1.5)", "-1 decimal(2,0)"},
           {"floor(7)", "7 int32"},
           {"abs(-1.25)", "1.25 decimal(3,2)"},
           {"least(3, 1.5, 2)", "1.5 decimal(2,1)"}});
  }
  void numbersRoundHalfAwayFromZero() { check(); }

  void timeIsCountedInUtc_data() {
    table({{"date_trunc('hour', timestamp '2024-03-10T12:34:56Z')", "2024-03-10T12:00:00Z timestamp"},
           {"date_trunc('week', timestamp '2024-03-10T12:34:56Z')", "2024-03-04T00:00:00Z timestamp"},
           {"date_trunc('quarter', date '1969-12-31')", "1969-10-01T00:00:00Z timestamp"},
           {"date_trunc('minute', timestamp '1969-12-31T23:59:59.5Z')", "1969-12-31T23:59:00Z timestamp"},
           {"epoch_millis(timestamp '1969-12-31T23:59:59.9995Z')", "-1 int64"},
           {"timestamp_millis(1500)", "1970-01-01T00:00:01.500Z timestamp"},
           {"year(date '2024-02-29') * 100 + month(date '2024-02-29')", "202402 int32"},
           {"extract(day_of_year from date '2024-12-31')", "366 int32"},
           {"day_of_week(date '2024-03-10')", "7 int32"},
           {"hour(timestamp '1969-12-31T23:00:00Z')", "23 int32"},
           {"timestamp '2024-01-01' + interval '90s'", "2024-01-01T00:01:30Z timestamp"},
           {"timestamp '2024-01-02' - date '2024-01-01' = interval '1d'", "true bool"},
           {"timestamp '2024-01-01' > '2023-12-31'", "true bool"},
           {"2 * interval '1h' = interval '2h'", "true bool"}});
  }
  void timeIsCountedInUtc() { check(); }

  void numbersCompareExactlyAcrossTypes_data() {
    table({{"1 = 1.00", "true bool"},
           {"9223372036854775807 < 9223372036854775807.5", "true bool"},
           {"99999999999999999999999999999999999999 > 0.00000000000000000000000000000000000001", "true bool"},
           {"0.1 = 1e-1", "true bool"},
           {"1.5 in (1, 1.50, 2)", "true bool"},
           {"cast('NaN' as float64) > 1e300", "true bool"},
           {"cast('NaN' as float64) = cast('NaN' as float64)", "true bool"},
           {"-0e0 = 0e0", "true bool"}});
  }
  void numbersCompareExactlyAcrossTypes() { check(); }

  void caseTakesTheFirstBranchThatIsTrue_data() {
    table({{"case 2 when 1 then 'one' when 2 then 'two' else 'many' end", "two string"},
           {"case when null then 1 else 2 end", "2 int32"},
           {"case when false then 1 end", "null int32"},
           {"case null when null then 1 else 2 end", "2 int32"},
           {"case when true then 1 else 2.5 end", "1.0 decimal(2,1)"},
           {"nullif(1, 1)", "null int32"},
           {"nullif(1, 2.0)", "1 int32"},
           {"coalesce(null, null, 3)", "3 int32"}});
  }
  void caseTakesTheFirstBranchThatIsTrue() { check(); }
};

WEIR_TEST(ExpressionTest)
#include "expression_test.moc"
