// A problem in one place hides nothing of another: a NUL, a node that is wrong.
#include "core/topology/check/check.hpp"

#include "core/topology/file/read_topology.hpp"
#include "core/topology/tests/check_words.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

class CheckWholeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aNulIsRefusedWhereverATextHoldsIt_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("where");
    const QString nul = QStringLiteral("\"x\\u0000y\"");
    const auto row = [&](const char* name, const std::string& text, const char* param) {
      QTest::newRow(name) << QString::fromStdString(text)
                          << QString::fromStdString("WEIR1010@" + at(text, nul.toStdString()) + param);
    };
    const std::string bad = nul.toStdString();
    row("a path", file(source("a") + "," + node("z", "file.sink", "\"path\":" + bad), edge("a.out", "z.in")),
        " z path");
    row("a text in a list", around(node("m", "std.drop", "\"fields\":[\"amount\"," + bad + "]")), " m fields.1");
    row("a topic", file(source("a"), edge("a.out", "t"), "{\"id\":\"t\",\"topic\":" + bad + "}"), " t topic");
  }
  void aNulIsRefusedWhereverATextHoldsIt() {
    QFETCH(QString, text);
    QFETCH(QString, where);
    QCOMPARE(QString::fromStdString(found(text.toStdString())), where);
    const Result<Plan> plan = makePlan(topologyOf(text.toStdString()), testCatalog(), testDeriver(), {});
    QVERIFY(!plan && plan.error().message.find("holds the character NUL") != std::string::npos);
  }

  // What is wrong in one place hides nothing of another.
  void aNulHidesNothingOfOtherNodes_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("nul");
    const QString bad = QStringLiteral("\"x\\u0000y\"");
    const auto row = [&](const char* name, const std::string& nodes, const QString& nul) {
      const std::string edges = edge("a.out", "m.in") + "," + edge("m.out", "n.in") + "," + edge("n.out", "z.in");
      const std::string wrong = node("n", "std.filter", "\"where\":\"regoin = 1\"");
      QTest::newRow(name) << QString::fromStdString(file(nodes + "," + wrong + "," + sink("z"), edges)) << nul;
    };
    const std::string plain = node("m", "std.filter", "\"where\":\"amount > 1\"");
    row("in a text of a source", source("a", ",\"password\":\"${env:\\u0000}\"") + "," + plain, "a password");
    row("in the name of an operator", source("a") + "," + node("m", "std.f\\u0000ilter", "\"where\":\"true\""), "");
    row("in a word that the columns hang on",
        source("a") + "," + window("m", "region", ",\"emit\":\"on_\\u0000close\""), "m emit");
    row("in an expression", source("a") + "," + node("m", "std.filter", "\"where\":\"am\\u0000ount > 1\""), "m where");
  }
  void aNulHidesNothingOfOtherNodes() {
    QFETCH(QString, text);
    QFETCH(QString, nul);
    const std::string all = text.toStdString();
    ReadOutcome read = readTopology(all);
    Problems problems = check(*read.topology, testCatalog(), testDeriver()).problems;
    problems.insert(problems.end(), read.problems.begin(), read.problems.end());
    const std::string found = briefly(problems);
    QVERIFY2(found.find("WEIR1303@" + at(all, "regoin") + " n where") != std::string::npos, found.c_str());
    QVERIFY2(found.find("WEIR1010") != std::string::npos, found.c_str());
    if (!nul.isEmpty()) QVERIFY2(found.find(nul.toStdString() + "\n") != std::string::npos, found.c_str());
    QCOMPARE(problems.size(), std::size_t{2});
  }

  void aNulInAnEdgeHidesNothing() {
    const std::string text =
        file(source("a") + "," + node("m", "std.filter", "\"where\":\"regoin = 1\"") + "," + sink("z"),
             edge("a\\u0000.out", "m.in") + "," + edge("m.out", "z.i\\u0000n"));
    const ReadOutcome read = readTopology(text);
    QCOMPARE(briefly(read.problems),
             "WEIR1010@" + at(text, "\"a\\u0000.out") + "\nWEIR1010@" + at(text, "\"z.i\\u0000n"));
    const Problems problems = check(*read.topology, testCatalog(), testDeriver()).problems;
    QVERIFY2(briefly(problems) == "WEIR1303@" + at(text, "regoin") + " m where", problemsText(problems, "f").c_str());
  }

  void whatIsWrongInANodeHidesNothingOfOthers() {
    const auto chain = [](const std::string& middle) {
      return file(
          source("a") + "," + middle + "," + node("n", "std.filter", "\"where\":\"regoin = 1\"") + "," + sink("z"),
          edge("a.out", "m.in") + "," + edge("m.out", "n.in") + "," + edge("n.out", "z.in"));
    };
    const std::string expression = chain(node("m", "std.filter", "\"where\":\"amuont > 1\""));
    QCOMPARE(found(expression),
             "WEIR1303@" + at(expression, "amuont") + " m where\nWEIR1303@" + at(expression, "regoin") + " n where");
    const std::string bound =
        file(source("a", ",\"chunk\":1") + "," + sink("z") + "," + node("n", "std.filter", "\"where\":\"regoin = 1\""),
             edge("a.out", "n.in") + "," + edge("n.out", "z.in"));
    QCOMPARE(found(bound), "WEIR1205@" + at(bound, "1}}") + " a chunk\nWEIR1303@" + at(bound, "regoin") + " n where");
    // What hangs on it is not known, and nothing is made up about it.
    const std::string dropped = chain(node("m", "std.drop", "\"fields\":[\"amuont\"]"));
    QCOMPARE(found(dropped), "WEIR1301@" + at(dropped, "\"amuont\"") + " m fields.0");
  }

  void aNulInAReferenceNamesNoOtherFile() {
    const std::string text = around(node("m", "odd.forever", "\"token\":\"${file:secret\\u0000.txt}\",\"ttl\":\"1s\""));
    QCOMPARE(found(text), "WEIR1010@" + at(text, "\"${file:secret") + " m token");
    PlanOptions options;
    options.file = [](const std::string&) { return std::string("a\0b", 3); };
    const std::string good = around(node("m", "odd.forever", "\"token\":\"${file:secret.txt}\",\"ttl\":\"1s\""));
    const PlanOutcome outcome = planTopology(topologyOf(good), testCatalog(), testDeriver(), options);
    QCOMPARE(briefly(outcome.problems), "WEIR1010@" + at(good, "\"${file:secret") + " m token");
  }
};

WEIR_TEST(CheckWholeTest)
#include "check_whole_test.moc"
