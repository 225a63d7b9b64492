// Functions of plugins in expressions: how they are written, what is checked, and when they are asked.
#include <QtTest>

#include <map>

#include "core/expr/plugin_functions.hpp"
#include "core/expr/tests/evaluating.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::expr;

namespace {

using Texts = std::vector<std::string>;

// Answers for a batch, and how often each row was asked for.
using Answer = std::function<void(const Batch& arguments, AnyBuilder& out, std::vector<RowError>& errors)>;

class FakeCall final : public FunctionCall {
 public:
  FakeCall(DataType type, Answer answer, Texts& asked)
      : type_(std::move(type)), answer_(std::move(answer)), asked_(asked) {}
  Result<Evaluated> evaluate(const Batch& arguments) override {
    std::string rows;
    arguments.forEachRow([&](std::int64_t row) { rows += std::to_string(row); });
    asked_.push_back(rows);
    if (!answer_) return fatalError("node 'n' (t.broken) has failed");
    AnyBuilder out(type_);
    Evaluated evaluated;
    answer_(arguments, out, evaluated.errors);
    evaluated.column = out.finish();
    return evaluated;
  }

 private:
  DataType type_;
  Answer answer_;
  Texts& asked_;
};

// t.add(a, b), t.join(texts, ...), t.same(value), t.count_nulls(a, b), t.pick(n), t.broken(n)
class World {
 public:
  World() {
    const FunctionArgument number{"a", {"float64"}};
    known_ = {{"t.add", {number, {"b", {"float64"}}}, false, "float64", false, false},
              {"t.join", {{"text", {"string"}}}, true, "string", false, false},
              {"t.same", {{"value", {"number", "string"}}}, false, "type_of(value)", false, false},
              {"t.count_nulls", {number, {"b", {"float64"}}}, false, "int32", false, true},
              {"t.pick", {{"n", {"int64"}}}, false, "bool", true, false},
              {"t.broken", {{"n", {"int64"}}}, false, "int64", true, false}};
  }

  Functions functions(bool computes = true) {
    Functions all{known_, {}};
    if (computes) {
      all.open = [this](const FunctionSignature& function, const SchemaRef&, const Field& result) {
        return Result<std::unique_ptr<FunctionCall>>(
            std::make_unique<FakeCall>(result.type, answers().at(function.name), asked));
      };
    }
    return all;
  }
  std::unique_ptr<Expression> compiled(std::string_view text) {
    const Functions all = functions();
    Result<std::unique_ptr<Expression>> result = compile(text, schema(), nullptr, &all);
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
  }
  std::string refusal(std::string_view text) {
    const Functions all = functions(false);
    const Result<std::unique_ptr<Expression>> result = compile(text, schema(), nullptr, &all);
    return result ? "" : result.error().message;
  }

  static Schema schema() {
    return {{{"n", TypeId::Int64, false},
             {"f", TypeId::Float64, true},
             {"s", TypeId::String, true},
             {"p", DataType::structure({{"x", TypeId::Float64}}), true}}};
  }
  // (1, 0.5, "a"), (2, null, "b"), (3, 1.5, null)
  static Batch rows() {
    BatchBuilder builder(schema());
    const std::optional<double> floats[] = {0.5, std::nullopt, 1.5};
    const std::optional<std::string> texts[] = {"a", "b", std::nullopt};
    for (std::size_t i = 0; i < 3; ++i) {
      builder.column(0).append(static_cast<std::int64_t>(i + 1));
      builder.column(1).append(floats[i]);
      builder.column(2).append(texts[i]);
      builder.column(3).child(0).append(10.0 * static_cast<double>(i));
      builder.column(3).endRow();
      builder.endRow();
    }
    return builder.finish();
  }

  Texts asked;  // rows of each call

 private:
  static const std::map<std::string, Answer>& answers() {
    static const std::map<std::string, Answer> kAnswers{
        {"t.add",
         [](const Batch& in, AnyBuilder& out, std::vector<RowError>&) {
           for (std::int64_t row = 0; row < in.rowCount(); ++row) {
             out.append(FixedView<double>(in.column(0))[row] + FixedView<double>(in.column(1))[row]);
           }
         }},
        {"t.join",
         [](const Batch& in, AnyBuilder& out, std::vector<RowError>&) {
           for (std::int64_t row = 0; row < in.rowCount(); ++row) {
             std::string all;
             for (std::size_t i = 0; i < in.columnCount(); ++i) all += StringView(in.column(i))[row];
             out.append(all);
           }
         }},
        {"t.same",
         [](const Batch& in, AnyBuilder& out, std::vector<RowError>&) {
           for (std::int64_t row = 0; row < in.rowCount(); ++row) out.appendFrom(in.column(0), row);
         }},
        {"t.count_nulls",
         [](const Batch& in, AnyBuilder& out, std::vector<RowError>&) {
           for (std::int64_t row = 0; row < in.rowCount(); ++row) {
             out.append(int(in.column(0).isNull(row)) + int(in.column(1).isNull(row)));
           }
         }},
        {"t.pick",
         [](const Batch& in, AnyBuilder& out, std::vector<RowError>& errors) {
           const FixedView<std::int64_t> values(in.column(0));
           for (std::int64_t row = 0; row < in.rowCount(); ++row) {
             values[row] == 3 ? out.appendNull() : out.append(values[row] == 1);
           }
           in.forEachRow([&](std::int64_t row) {
             if (values[row] == 2) errors.push_back({static_cast<std::uint32_t>(row), "two is not for picking"});
           });
         }},
        {"t.broken", {}}};
    return kAnswers;
  }

  std::vector<FunctionSignature> known_;
};

Texts values(World& world, std::string_view text, const Batch& batch = World::rows()) {
  return valuesOf(*world.compiled(text), batch);
}

}  // namespace

class PluginFunctionTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aFunctionIsCalledByThePluginAndItsName() {
    World world;
    QCOMPARE(values(world, "t.add(f, 1.0e0)"), (Texts{"1.5", "null", "2.5"}));
    QCOMPARE(values(world, "t . add ( f , f )")[0], std::string("1"));
  }

  void aCallIsAValueLikeAnyOther() {
    World world;
    QCOMPARE(values(world, "t.add(t.add(n, n), f * 2) + 1"), (Texts{"4", "null", "10"}));
    QCOMPARE(values(world, "case when t.pick(n) then 'yes' else s end")[0], std::string("yes"));
    QCOMPARE(values(world, "t.add(p.x, n)"), (Texts{"1", "12", "23"}));
  }

  void numbersAreWidenedToWhatAnArgumentTakes() {
    World world;
    QCOMPARE(values(world, "t.add(n, 1.5)")[0], std::string("2.5"));
    QCOMPARE(values(world, "t.add(cast(n as decimal(9,2)), 1)")[0], std::string("2"));
  }

  void aNullArgumentMakesTheResultNullAndIsNotAskedAbout() {
    World world;
    QCOMPARE(values(world, "t.add(f, n)"), (Texts{"1.5", "null", "4.5"}));
    QCOMPARE(world.asked, Texts{"02"});
    QVERIFY(world.compiled("t.add(f, n)")->nullable());
    QVERIFY(!world.compiled("t.add(n, n)")->nullable());
    QCOMPARE(values(world, "t.add(null, n)"), (Texts{"null", "null", "null"}));
    QCOMPARE(world.asked.size(), std::size_t{1});  // nothing to ask
  }

  void aFunctionThatHandlesNullIsAskedAboutAllRows() {
    World world;
    QCOMPARE(values(world, "t.count_nulls(f, n)"), (Texts{"0", "1", "0"}));
    QCOMPARE(world.asked, Texts{"012"});
    QVERIFY(!world.compiled("t.count_nulls(f, n)")->nullable());
  }

  void onlyRowsThatNeedTheValueAreAskedAbout() {
    World world;
    QCOMPARE(values(world, "n = 2 or t.pick(n)"), (Texts{"true", "true", "null"}));
    QCOMPARE(world.asked, Texts{"02"});
    world.asked.clear();
    values(world, "t.same(n)", BatchMaker::from(World::rows()).selection({1}).finish(3));
    QCOMPARE(world.asked, Texts{"1"});
  }

  void aRowThatFailsIsAnErrorOfThatRow() {
    World world;
    QCOMPARE(values(world, "t.pick(n)"), (Texts{"true", "error: two is not for picking in `t.pick(n)`", "null"}));
    std::vector<std::uint32_t> rows;
    std::vector<RowError> errors;
    QVERIFY(world.compiled("t.pick(n) or true")->select(World::rows(), rows, errors).ok());
    QCOMPARE(rows, (std::vector<std::uint32_t>{0, 2}));
    QCOMPARE(errors.size(), std::size_t{1});
  }

  void aFunctionThatFailsAsAWholeIsNoErrorOfRows() {
    World world;
    const Result<Evaluated> result = world.compiled("coalesce(t.broken(n), 7)")->evaluate(World::rows());
    QVERIFY(!result);
    QCOMPARE(result.error().message, std::string("node 'n' (t.broken) has failed"));
    QVERIFY(result.error().kind == ErrorKind::Fatal);
  }

  void constantsAreNotComputedBeforehand() {
    World world;
    const Functions checking = world.functions(false);
    const auto checked = compile("t.add(1, 2) > 2", World::schema(), nullptr, &checking);
    QVERIFY(checked.ok());
    QCOMPARE((*checked)->canonicalText(), world.compiled("t.add(1, 2) > 2")->canonicalText());
    QVERIFY(!(*checked)->evaluate(World::rows()));
  }

  void argumentsMayRepeatWhereTheFunctionSaysSo() {
    World world;
    QCOMPARE(values(world, "t.join(s, '-', 'x')")[0], std::string("a-x"));
    QVERIFY(world.refusal("t.join()").find("'t.join' is used as t.join(text, ...)") != std::string::npos);
  }

  void theResultMayHaveTheTypeOfAnArgument() {
    World world;
    QCOMPARE(typeName(world.compiled("t.same(n)")->type()), std::string("int64"));
    QCOMPARE(typeName(world.compiled("t.same(s)")->type()), std::string("string"));
    QCOMPARE(values(world, "t.same(s)"), (Texts{"a", "b", "null"}));
  }

  void whatIsWrongIsToldWithItsPlace_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* text, const char* message) { QTest::newRow(text) << text << message; };
    row("1 + t.ad(n, n)", "Line 1, column 5: There is no function 't.ad'. Did you mean \"t.add\"?");
    row("add(n, n)", "Line 1, column 1: There is no function 'add'. Did you mean \"t.add\"?");
    row("t.add(n)", "Line 1, column 1: 't.add' is used as t.add(a, b).");
    row("t.add(n, n, n)", "Line 1, column 1: 't.add' is used as t.add(a, b).");
    row("t.add(n, s)", "Line 1, column 10: Operand 2 of 't.add' (b) must be a float64, but `s` is a string.");
    row("t.same(p)",
        "Line 1, column 8: Operand 1 of 't.same' (value) must be a number or string, but `p` is a "
        "struct<x float64>.");
    row("t.add(n, interval '5s')",
        "Line 1, column 10: Operand 2 of 't.add' (b) must be a float64, but `interval '5s'` "
        "is an interval.");
    row("t.add(n, ", "Line 1, column 10: A value is missing here, but the expression ends.");
  }
  void whatIsWrongIsToldWithItsPlace() {
    QFETCH(QString, text);
    QFETCH(QString, message);
    World world;
    QCOMPARE(QString::fromStdString(world.refusal(text.toStdString())), message);
  }

  void aFieldOfAStructIsStillAField() {
    World world;
    QCOMPARE(values(world, "p.x")[1], std::string("10"));
    QVERIFY(world.refusal("p.y").find("There is no field 'y'") != std::string::npos);
  }
};

WEIR_TEST(PluginFunctionTest)
#include "plugin_function_test.moc"
