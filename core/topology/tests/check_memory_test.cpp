#include "core/topology/graph/check_memory.hpp"

#include <random>

#include "core/topology/check/check.hpp"
#include "core/topology/tests/test_catalog.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

namespace {

std::string selects(const std::string& id, const std::string& name, const std::string& expression) {
  return node(id, "std.select", R"("fields":[{"name":")" + name + R"(","expression":")" + expression + R"("}])");
}

// a -> first -> kept -> last, and b -> other.
Topology twoLines(const std::string& name, const std::string& where) {
  return topologyOf(file(source("a") + "," + selects("first", name, "amount") + "," +
                             node("kept", "std.filter", "\"where\":\"" + where + "\"") + "," +
                             selects("last", "sum", name + " + 1") + "," + source("b") + "," +
                             selects("other", "where_from", "region"),
                         edge("a.out", "first.in") + "," + edge("first.out", "kept.in") + "," +
                             edge("kept.out", "last.in") + "," + edge("b.out", "other.in")));
}

std::string schemasOf(const CheckOutcome& outcome) {
  std::string out;
  for (const PortSchema& port : outcome.schemas) {
    out += port.node + "." + port.port + ":";
    if (!port.schema) out += " ?";
    for (const Field& field : port.schema.value_or(Schema{}).fields) out += " " + field.name;
    out += "\n";
  }
  return out;
}

}  // namespace

class CheckMemoryTest : public QObject {
  Q_OBJECT

  const catalog::Catalog catalog_ = testCatalog();
  int asked_ = 0;
  const SchemaDeriver counting_ = [this](const DeriveRequest& request) {
    ++asked_;
    return testDeriver()(request);
  };

  int askedBy(const Topology& topology, CheckMemory& memory) {
    asked_ = 0;
    check(topology, catalog_, counting_, &memory);
    return asked_;
  }

 private Q_SLOTS:
  void onlyWhatAnEditTouchesIsAskedAgain() {
    CheckMemory memory;
    QCOMPARE(askedBy(twoLines("x", "x > 1"), memory), 3);
    QCOMPARE(askedBy(twoLines("x", "x > 1"), memory), 0);
    QCOMPARE(askedBy(twoLines("x", "x > 2"), memory), 0);
    QCOMPARE(askedBy(twoLines("y", "y > 2"), memory), 2);  // the other line is not asked
  }

  void nodesThatAreGoneAreForgotten() {
    CheckMemory memory;
    askedBy(twoLines("x", "x > 1"), memory);
    askedBy(topologyOf(file(source("a"), "")), memory);
    QCOMPARE(askedBy(twoLines("x", "x > 1"), memory), 3);
  }

  // A plugin that could not be asked may answer next time.
  void whatWasWrongIsLookedAtAgain() {
    CheckMemory memory;
    bool answers = false;
    const SchemaDeriver deriver = [&](const DeriveRequest& request) {
      return answers ? testDeriver()(request) : fatalError("it is busy");
    };
    const Topology topology = twoLines("x", "x > 1");
    QVERIFY(hasErrors(check(topology, catalog_, deriver, &memory).problems));
    answers = true;
    const CheckOutcome outcome = check(topology, catalog_, deriver, &memory);
    QVERIFY2(!hasErrors(outcome.problems), problemsText(outcome.problems, "test").c_str());
  }

  void withAMemoryItSaysTheSame() {
    const auto seed = std::random_device()();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    CheckMemory memory;
    int wrong = 0;
    for (int version = 0; version < 200; ++version) {
      const auto one = [&](std::initializer_list<const char*> of) { return of.begin()[random() % of.size()]; };
      const Topology topology = twoLines(one({"x", "y", "region"}), one({"x > 1", "y > 1", "x >", "region = 'a'"}));
      const CheckOutcome with = check(topology, catalog_, testDeriver(), &memory);
      const CheckOutcome without = check(topology, catalog_, testDeriver());
      QCOMPARE(problemsText(with.problems, "t"), problemsText(without.problems, "t"));
      QCOMPARE(schemasOf(with), schemasOf(without));
      wrong += hasErrors(with.problems) ? 1 : 0;
    }
    QVERIFY(wrong > 0 && wrong < 200);
  }
};

WEIR_TEST(CheckMemoryTest)
#include "check_memory_test.moc"
