// Random expressions over random rows, computed a column at a time and by a plain interpreter, row by row.
#include <QtTest>
#include <optional>
#include <random>

#include "core/expr/tests/evaluating.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::expr;

namespace {

enum class Kind { Int32, Int64, Float, Bool, Text };

struct Value {
  bool null = true;
  std::int64_t integer = 0;  // also bool
  double real = 0;
  std::string text;
};
struct RowFailed {};

// An expression as text, with what it means.
struct Tree {
  std::string op;
  Kind kind = Kind::Int32;
  std::vector<Tree> children;
  std::size_t column = 0;
  Value literal;
  std::string text() const;
};

constexpr Kind kColumns[] = {Kind::Int32, Kind::Int32, Kind::Int64, Kind::Float, Kind::Bool,
                             Kind::Bool,  Kind::Text,  Kind::Text,  Kind::Int64};

DataType typeOf(Kind kind) {
  switch (kind) {
    case Kind::Int32: return TypeId::Int32;
    case Kind::Int64: return TypeId::Int64;
    case Kind::Float: return TypeId::Float64;
    case Kind::Bool: return TypeId::Bool;
    case Kind::Text: return TypeId::String;
  }
  return TypeId::Bool;
}

Schema schema() {
  Schema out;
  for (std::size_t i = 0; i < std::size(kColumns); ++i) {
    out.fields.push_back({"c" + std::to_string(i), typeOf(kColumns[i]), i != 8});
  }
  return out;
}

std::string Tree::text() const {
  const auto child = [this](std::size_t i) { return children[i].text(); };
  if (op == "column") return "c" + std::to_string(column);
  if (op == "literal") {
    if (literal.null) return "cast(null as " + typeName(typeOf(kind)) + ")";
    switch (kind) {
      case Kind::Float: return std::to_string(literal.integer) + "e-1";
      case Kind::Bool: return literal.integer != 0 ? "true" : "false";
      case Kind::Text: return "'" + literal.text + "'";
      case Kind::Int64: return "cast(" + std::to_string(literal.integer) + " as int64)";
      case Kind::Int32: return std::to_string(literal.integer);
    }
  }
  if (op == "negate") return "- (" + child(0) + ")";
  if (op == "not" || op == "is null") return op == "not" ? "not (" + child(0) + ")" : "(" + child(0) + ") is null";
  if (op == "case") return "case when " + child(0) + " then " + child(1) + " else " + child(2) + " end";
  if (op == "between") return "((" + child(0) + ") between (" + child(1) + ") and (" + child(2) + "))";
  if (op == "in") return "((" + child(0) + ") in (" + child(1) + ", " + child(2) + "))";
  if (op == "cast") return "cast(" + child(0) + " as " + typeName(typeOf(kind)) + ")";
  if (op == "substring") return "substring(" + child(0) + ", 2, 3)";
  if (std::isalpha(static_cast<unsigned char>(op[0])) != 0 && op != "and" && op != "or" && op != "is distinct from") {
    std::string out = op + "(";
    for (std::size_t i = 0; i < children.size(); ++i) out += (i == 0 ? "" : ", ") + child(i);
    return out + ")";
  }
  return "((" + child(0) + ") " + op + " (" + child(1) + "))";
}

// Making them -------------------------------------------------------------------------------------------------

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  Tree make(Kind kind, int depth) {
    if (depth == 0 || below(8) == 0) return leaf(kind);
    switch (kind) {
      case Kind::Bool: return makeBool(depth - 1);
      case Kind::Text: return makeText(depth - 1);
      default: return makeNumber(kind, depth - 1);
    }
  }
  Kind anyKind() { return static_cast<Kind>(below(5)); }
  Value anyValue(Kind kind, bool nullable) {
    Value value;
    value.null = nullable && below(5) == 0;
    if (value.null) return value;
    value.integer = kind == Kind::Bool ? below(2) : below(7) - 3;
    if (below(12) == 0 && kind == Kind::Int32) value.integer = below(2) == 0 ? INT32_MAX : -INT32_MAX;
    if (below(12) == 0 && kind == Kind::Int64) value.integer = below(2) == 0 ? INT64_MAX : -INT64_MAX;
    value.real = static_cast<double>(value.integer) / 10;
    for (int i = below(5); i > 0; --i) value.text += "abA "[below(4)];
    return value;
  }
  int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }

 private:
  Tree leaf(Kind kind) {
    Tree out{"literal", kind, {}, 0, anyValue(kind, true)};
    if (below(3) == 0) return out;
    std::vector<std::size_t> fitting;
    for (std::size_t i = 0; i < std::size(kColumns); ++i) {
      if (kColumns[i] == kind) fitting.push_back(i);
    }
    out.op = "column";
    out.column = fitting[static_cast<std::size_t>(below(static_cast<int>(fitting.size())))];
    return out;
  }
  Tree node(std::string op, Kind kind, std::vector<Tree> children) {
    return Tree{std::move(op), kind, std::move(children), 0, {}};
  }
  // A number of a kind that widens to `kind`.
  Tree narrower(Kind kind, int depth) { return make(static_cast<Kind>(below(static_cast<int>(kind) + 1)), depth); }
  Tree makeNumber(Kind kind, int depth) {
    switch (below(9)) {
      case 0: return node("negate", kind, {make(kind, depth)});
      case 1: return node("case", kind, {make(Kind::Bool, depth), make(kind, depth), narrower(kind, depth)});
      case 2: return node("coalesce", kind, {make(kind, depth), narrower(kind, depth)});
      case 3: return node("abs", kind, {make(kind, depth)});
      case 4: return node(below(2) == 0 ? "greatest" : "least", kind, {make(kind, depth), narrower(kind, depth)});
      case 5: return node("nullif", kind, {make(kind, depth), narrower(kind, depth)});
      case 6:
        if (kind == Kind::Int64) return node("length", kind, {make(Kind::Text, depth)});
        if (kind == Kind::Int32) return node("cast", kind, {make(Kind::Int64, depth)});
        return node("cast", kind, {narrower(Kind::Int64, depth)});
      default: {
        constexpr const char* kSymbols[] = {"+", "-", "*", "/", "%"};
        return node(kSymbols[below(kind == Kind::Float ? 4 : 5)], kind, {make(kind, depth), narrower(kind, depth)});
      }
    }
  }
  Tree makeBool(int depth) {
    constexpr const char* kSymbols[] = {"=", "<>", "<", "<=", ">", ">=", "is distinct from"};
    switch (below(9)) {
      case 0: return node("not", Kind::Bool, {make(Kind::Bool, depth)});
      case 1: return node("is null", Kind::Bool, {make(anyKind(), depth)});
      case 2: return node("and", Kind::Bool, {make(Kind::Bool, depth), make(Kind::Bool, depth)});
      case 3: return node("or", Kind::Bool, {make(Kind::Bool, depth), make(Kind::Bool, depth)});
      case 4: {
        const Kind kind = static_cast<Kind>(below(3));
        return node("between", Kind::Bool, {make(kind, depth), make(kind, depth), narrower(kind, depth)});
      }
      case 5: {
        const Kind kind = anyKind();
        return node("in", Kind::Bool, {make(kind, depth), make(kind, depth), leaf(kind)});
      }
      case 6: return node("starts_with", Kind::Bool, {make(Kind::Text, depth), make(Kind::Text, depth)});
      default: {
        const Kind kind = anyKind();
        return node(kSymbols[below(7)], Kind::Bool, {make(kind, depth), make(kind, depth)});
      }
    }
  }
  Tree makeText(int depth) {
    switch (below(7)) {
      case 0:
        return node("case", Kind::Text, {make(Kind::Bool, depth), make(Kind::Text, depth), make(Kind::Text, depth)});
      case 1: return node("cast", Kind::Text, {make(below(2) == 0 ? Kind::Int32 : Kind::Int64, depth)});
      case 2: return node(below(2) == 0 ? "lower" : "upper", Kind::Text, {make(Kind::Text, depth)});
      case 3: return node("substring", Kind::Text, {make(Kind::Text, depth)});
      case 4: return node("trim", Kind::Text, {make(Kind::Text, depth)});
      case 5: return node("coalesce", Kind::Text, {make(Kind::Text, depth), make(Kind::Text, depth)});
      default: return node("||", Kind::Text, {make(Kind::Text, depth), make(Kind::Text, depth)});
    }
  }

  std::mt19937_64 random_;
};

// Interpreting them -------------------------------------------------------------------------------------------

double asReal(const Value& value, Kind kind) {
  return kind == Kind::Float ? value.real : static_cast<double>(value.integer);
}
Value boolean(bool flag) {
  return {false, flag ? 1 : 0, 0, {}};
}
Value widened(Value value, Kind from, Kind to) {
  if (to == Kind::Float) value.real = asReal(value, from);
  return value;
}

int compared(const Value& a, Kind left, const Value& b, Kind right) {
  if (left == Kind::Text) return a.text.compare(b.text) < 0 ? -1 : a.text == b.text ? 0 : 1;
  if (left == Kind::Float || right == Kind::Float) {
    const double x = asReal(a, left);
    const double y = asReal(b, right);
    if (std::isnan(x) || std::isnan(y)) return int{std::isnan(x)} - int{std::isnan(y)};
    return x < y ? -1 : x > y ? 1 : 0;
  }
  return a.integer < b.integer ? -1 : a.integer > b.integer ? 1 : 0;
}

Value ranged(Int128 value, Kind kind) {
  const Int128 limit = kind == Kind::Int32 ? Int128{INT32_MAX} : Int128{INT64_MAX};
  if (value > limit || value < -limit - 1) throw RowFailed();
  return {false, static_cast<std::int64_t>(value), 0, {}};
}

Value interpret(const Tree& tree, const std::vector<Value>& row);

Value arithmetic(const Tree& tree, const std::vector<Value>& row) {
  const Value a = interpret(tree.children[0], row);
  const Value b = interpret(tree.children[1], row);
  if (a.null || b.null) return {};
  const char symbol = tree.op[0];
  if (tree.kind == Kind::Float) {
    const double x = asReal(a, tree.children[0].kind);
    const double y = asReal(b, tree.children[1].kind);
    if (symbol == '/' && y == 0) throw RowFailed();
    return {false, 0, symbol == '+' ? x + y : symbol == '-' ? x - y : symbol == '*' ? x * y : x / y, {}};
  }
  const Int128 x = a.integer;
  const Int128 y = b.integer;
  if ((symbol == '/' || symbol == '%') && y == 0) throw RowFailed();
  return ranged(symbol == '+'   ? x + y
                : symbol == '-' ? x - y
                : symbol == '*' ? x * y
                : symbol == '/' ? x / y
                                : x % y,
                tree.kind);
}

Value condition(const Tree& tree, const std::vector<Value>& row) {
  const std::string& op = tree.op;
  const auto child = [&](std::size_t i) { return interpret(tree.children[i], row); };
  const auto order = [&](const Value& a, std::size_t i, const Value& b, std::size_t k) {
    return compared(a, tree.children[i].kind, b, tree.children[k].kind);
  };
  if (op == "and" || op == "or") {
    const std::int64_t decides = op == "or" ? 1 : 0;
    Value left = child(0);
    if (!left.null && left.integer == decides) return left;
    Value right = child(1);
    if (!right.null && right.integer == decides) return right;
    return left.null || right.null ? Value{} : boolean(decides == 0);
  }
  const Value a = child(0);
  if (op == "not") return a.null ? a : boolean(a.integer == 0);
  if (op == "is null") return boolean(a.null);
  if (op == "between") {
    const Value low = child(1);
    // The upper bound is not needed once the value is below the lower one.
    if (!a.null && !low.null && order(a, 0, low, 1) < 0) return boolean(false);
    const Value high = child(2);
    if (!a.null && !high.null && order(a, 0, high, 2) > 0) return boolean(false);
    return a.null || low.null || high.null ? Value{} : boolean(true);
  }
  // Constants of a list are compared first.
  if (op == "in" && tree.children[2].op == "literal") {
    const Value c = child(2);
    if (!a.null && !c.null && order(a, 0, c, 2) == 0) return boolean(true);
  }
  const Value b = child(1);
  if (op == "in") {
    const Value c = child(2);
    if (!a.null && !b.null && order(a, 0, b, 1) == 0) return boolean(true);
    if (!a.null && !c.null && order(a, 0, c, 2) == 0) return boolean(true);
    return a.null || b.null || c.null ? Value{} : boolean(false);
  }
  if (op == "is distinct from") {
    return boolean(a.null || b.null ? a.null != b.null : order(a, 0, b, 1) != 0);
  }
  if (a.null || b.null) return {};
  if (op == "starts_with") return boolean(a.text.rfind(b.text, 0) == 0);
  const int sign = order(a, 0, b, 1);
  return boolean(op == "="    ? sign == 0
                 : op == "<>" ? sign != 0
                 : op == "<"  ? sign < 0
                 : op == "<=" ? sign <= 0
                 : op == ">"  ? sign > 0
                              : sign >= 0);
}

Value interpret(const Tree& tree, const std::vector<Value>& row) {
  const std::string& op = tree.op;
  const auto child = [&](std::size_t i) {
    return widened(interpret(tree.children[i], row), tree.children[i].kind, tree.kind);
  };
  if (op == "literal") return tree.literal;
  if (op == "column") return row[tree.column];
  if (op == "case") {
    const Value test = interpret(tree.children[0], row);
    return child(!test.null && test.integer != 0 ? 1 : 2);
  }
  if (op == "coalesce") {
    const Value first = child(0);
    return first.null ? child(1) : first;
  }
  if (op.size() == 1 && std::string_view("+-*/%").find(op) != std::string_view::npos) return arithmetic(tree, row);
  if (tree.kind == Kind::Bool) return condition(tree, row);
  const Value a = child(0);
  if (op == "greatest" || op == "least" || op == "nullif") {
    const Value b = child(1);
    if (op == "nullif") return !a.null && !b.null && compared(a, tree.kind, b, tree.kind) == 0 ? Value{} : a;
    if (a.null || b.null) return {};
    return (compared(a, tree.kind, b, tree.kind) < 0) == (op == "greatest") ? b : a;
  }
  if (op == "||") {
    const Value b = child(1);
    return a.null || b.null ? Value{} : Value{false, 0, 0, a.text + b.text};
  }
  if (a.null) return {};
  if (op == "negate")
    return tree.kind == Kind::Float ? Value{false, 0, -a.real, {}} : ranged(-Int128{a.integer}, tree.kind);
  if (op == "abs") {
    if (tree.kind == Kind::Float) return {false, 0, std::fabs(a.real), {}};
    return ranged(a.integer < 0 ? -Int128{a.integer} : Int128{a.integer}, tree.kind);
  }
  if (op == "length") return {false, static_cast<std::int64_t>(a.text.size()), 0, {}};
  if (op == "cast" && tree.kind == Kind::Text) return {false, 0, 0, std::to_string(a.integer)};
  if (op == "cast") return tree.kind == Kind::Float ? a : ranged(a.integer, tree.kind);
  std::string text = a.text;
  if (op == "substring") text = text.size() < 2 ? "" : text.substr(1, 3);
  if (op == "trim") {
    while (!text.empty() && text.front() == ' ') text.erase(0, 1);
    while (!text.empty() && text.back() == ' ') text.pop_back();
  }
  for (char& c : text) {
    if (op == "lower") c = static_cast<char>(std::tolower(c));
    if (op == "upper") c = static_cast<char>(std::toupper(c));
  }
  return {false, 0, 0, text};
}

std::string shownValue(const Value& value, Kind kind) {
  if (value.null) return "null";
  if (kind == Kind::Text) return value.text;
  if (kind == Kind::Bool) return value.integer != 0 ? "true" : "false";
  if (kind != Kind::Float) return std::to_string(value.integer);
  char text[40];
  std::snprintf(text, sizeof(text), "%.17g", value.real);
  return text;
}

// Rows ----------------------------------------------------------------------------------------------------------

struct Rows {
  std::vector<std::vector<Value>> values;
  Batch batch;
};

Rows randomRows(Maker& maker, int count) {
  Rows out;
  BatchBuilder builder(schema());
  std::vector<std::uint32_t> selection;
  for (int i = 0; i < count; ++i) {
    std::vector<Value> row;
    for (std::size_t c = 0; c < std::size(kColumns); ++c) {
      row.push_back(maker.anyValue(kColumns[c], c != 8));
      const Value& value = row.back();
      AnyBuilder& column = builder.column(c);
      if (value.null) {
        column.appendNull();
      } else if (kColumns[c] == Kind::Text) {
        column.append(value.text);
      } else if (kColumns[c] == Kind::Float) {
        column.append(value.real);
      } else if (kColumns[c] == Kind::Bool) {
        column.append(value.integer != 0);
      } else {
        column.append(value.integer);
      }
    }
    builder.endRow();
    out.values.push_back(std::move(row));
    if (maker.below(3) != 0) selection.push_back(static_cast<std::uint32_t>(i));
  }
  if (maker.below(2) == 0) builder.selection(std::move(selection));
  out.batch = builder.finish();
  return out;
}

std::vector<std::string> interpreted(const Tree& tree, const Rows& rows) {
  std::vector<std::string> out(rows.values.size(), "-");
  rows.batch.forEachRow([&](std::int64_t row) {
    const auto index = static_cast<std::size_t>(row);
    try {
      out[index] = shownValue(interpret(tree, rows.values[index]), tree.kind);
    } catch (const RowFailed&) {
      out[index] = "error";
    }
  });
  return out;
}

}  // namespace

class ExpressionPropertyTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void columnsGiveWhatRowsGive() {
    const auto seeds = static_cast<std::uint64_t>(qEnvironmentVariableIntValue("WEIR_TEST_SEEDS"));
    int failedRows = 0;
    int rowCount = 0;
    for (std::uint64_t seed = 1; seed <= std::max<std::uint64_t>(seeds, 1500); ++seed) {
      Maker maker(seed);
      const Kind kind = maker.anyKind();
      const Tree tree = maker.make(kind, 1 + maker.below(5));
      const auto expression = compiled(tree.text(), schema());
      QCOMPARE(typeName(expression->type()), typeName(typeOf(kind)));
      for (int round = 0; round < 2; ++round) {  // the second one finds used scratch memory
        const Rows rows = randomRows(maker, maker.below(60));
        const std::vector<std::string> expected = interpreted(tree, rows);
        std::vector<std::string> actual = valuesOf(*expression, rows.batch);
        for (std::size_t i = 0; i < expected.size(); ++i) {
          std::string detail;
          if (actual[i].starts_with("error")) detail = std::exchange(actual[i], "error");
          failedRows += expected[i] == "error" ? 1 : 0;
          ++rowCount;
          const std::string where = "seed " + std::to_string(seed) + ", row " + std::to_string(i) + ": " + tree.text() +
                                    " is " + actual[i] + ", but should be " + expected[i] + " " + detail;
          QVERIFY2(actual[i] == expected[i], where.c_str());
          QVERIFY2(expression->nullable() || actual[i] != "null", where.c_str());
        }
        if (kind != Kind::Bool) continue;
        std::vector<std::uint32_t> selected;
        std::vector<RowError> errors;
        QVERIFY(expression->select(rows.batch, selected, errors).ok());
        std::vector<std::uint32_t> wanted;
        for (std::size_t i = 0; i < expected.size(); ++i) {
          if (expected[i] == "true") wanted.push_back(static_cast<std::uint32_t>(i));
        }
        QVERIFY2(selected == wanted, ("seed " + std::to_string(seed) + ": " + tree.text()).c_str());
      }
    }
    // The rows must be of both kinds for this to mean anything.
    QVERIFY(failedRows > rowCount / 100);
    QVERIFY(failedRows < rowCount / 2);
  }
};

WEIR_TEST(ExpressionPropertyTest)
#include "expression_property_test.moc"
