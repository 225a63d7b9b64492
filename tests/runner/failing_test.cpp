// Operators that fail, hang or wait for ever: what becomes of the others, and of a stop.
#include <algorithm>

#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

namespace {

QByteArray rows(int from, int to) {
  QByteArray text;
  for (int id = from; id <= to; ++id) text += "{\"id\":" + QByteArray::number(id) + "}\n";
  return text;
}

QByteArray source(const QByteArray& id, const QByteArray& path) {
  return R"({ "id": ")" + id + R"(", "use": "file.source", "params": { "path": ")" + path +
         R"(", "format": "json.json", "follow": true, "schema": [{ "name": "id", "type": "int64", "nullable": false }] } })";
}

QByteArray node(const QByteArray& id, const QByteArray& use, const QByteArray& params) {
  return R"({ "id": ")" + id + R"(", "use": ")" + use + R"(", "params": { )" + params + " } }";
}

QByteArray sink(const QByteArray& id) {
  return node(id, "file.sink", R"("path": ")" + id + R"(.ndjson", "format": "json.json")");
}

// Nodes in a line each.
QByteArray lines(const QList<QList<QByteArray>>& all) {
  QByteArray nodes;
  QByteArray edges;
  for (const QList<QByteArray>& line : all) {
    for (qsizetype i = 0; i < line.size(); ++i) {
      nodes += (nodes.isEmpty() ? "" : ",\n") + line[i];
      if (i == 0) continue;
      edges += (edges.isEmpty() ? "" : ", ") + QByteArray(R"({ "from": ")") + line[i - 1].split('"')[3] +
               R"(.out", "to": ")" + line[i].split('"')[3] + R"(.in" })";
    }
  }
  return R"({ "weir": 1, "name": "t", "nodes": [)" + nodes + R"(], "edges": [)" + edges + "] }";
}

// Rows 1 and 2 are committed, and at row 3 an operator of this kind has its way.
class Stuck {
 public:
  Stuck(const QByteArray& use, const QByteArray& params, const QStringList& options) {
    here.write("in.ndjson", rows(1, 2));
    here.write("t.weir", lines({{source("in", "in.ndjson"), node("middle", use, params), sink("out")}}));
    here.start(process, QStringList{"run", "t.weir", "--home", "home"} + options);
    QVERIFY(QTest::qWaitFor([this] { return contents(here.path("out.ndjson")) == rows(1, 2); }, kLimit));
    here.append("in.ndjson", rows(3, 3));
  }
  bool waitFor(const QByteArray& words) {
    return QTest::qWaitFor(
        [&] {
          said += process.readAllStandardError();
          return said.contains(words);
        },
        kLimit);
  }
  Finished finish() {
    Finished finished = Workplace::finish(process);
    finished.error = said + finished.error;
    return finished;
  }

  Workplace here;
  QProcess process;
  QByteArray said;
};

// At its second row, however often it is tried.
void drawWhatAlwaysFails(const Workplace& here) {
  here.write("in.ndjson", rows(1, 3));
  here.write(
      "t.weir",
      lines({{source("a", "in.ndjson"), node("flaky", "stubborn.flaky", R"("at": 2, "times": 1000)"), sink("x")}}));
}

}  // namespace

class FailingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTaskThatFailsGoesOnFromItsLastCommitAndTheOthersGoOnBesideIt() {
    const Workplace here;
    here.write("in.ndjson", rows(1, 3));
    here.write("t.weir",
               lines({{source("a", "in.ndjson"), node("flaky", "stubborn.flaky", R"("at": 2, "times": 1)"), sink("x")},
                      {source("b", "in.ndjson"), sink("y")}}));
    const Finished run = here.weir({"run", "t.weir", "--home", "home", "--until-end", "--batch-rows", "1"});
    QVERIFY2(run.status == 0, run.error);
    QVERIFY2(run.error.contains(
                 "The world is away. Task 0 of sub-topology 'a' goes on from its last commit in 1 s (try 1 of 10)."),
             run.error);
    QVERIFY2(run.error.contains("6 events in"), run.error);
    QCOMPARE(contents(here.path("x.ndjson")), rows(1, 3));
    QCOMPARE(contents(here.path("y.ndjson")), rows(1, 3));
  }

  void aTaskThatFailsAgainAndAgainEndsTheRunWithItsSentence() {
    const Workplace here;
    drawWhatAlwaysFails(here);
    const Finished run = here.weir({"run", "t.weir", "--home", "home", "--until-end", "--restarts", "1"});
    QCOMPARE(run.status, 3);
    QVERIFY2(run.error.contains("The world is away. It was tried 1 more time from the last commit, in vain."),
             run.error);
  }

  void aTaskThatMayNotBeTriedAgainEndsTheRunWithItsOwnSentenceAlone() {
    const Workplace here;
    drawWhatAlwaysFails(here);
    const Finished run = here.weir({"run", "t.weir", "--home", "home", "--until-end", "--restarts", "0"});
    QCOMPARE(run.status, 3);
    QVERIFY2(run.error.contains("The world is away.") && !run.error.contains("tried"), run.error);
  }

  void anOperatorThatStaysBlockedIsNamedAndAStopLeavesIt() {
    Stuck stuck("stubborn.blocker", R"("at": 3)", {"--hang-limit", "4s", "--stop-limit", "1s"});
    QVERIFY(stuck.waitFor("middle: It has been blocked for 4 s"));
    stuck.process.terminate();
    const Finished run = stuck.finish();
    QCOMPARE(run.status, 6);
    QVERIFY2(run.error.contains("left: node 'middle' is blocked."), run.error);
    QCOMPARE(contents(stuck.here.path("out.ndjson")), rows(1, 2));
    // Nothing that was committed is lost, and what was left is worked on.
    stuck.here.write(
        "t.weir", lines({{source("in", "in.ndjson"), node("middle", "stubborn.blocker", R"("at": 99)"), sink("out")}}));
    QCOMPARE(stuck.here.weir({"run", "t.weir", "--home", "home", "--until-end"}).status, 0);
    QCOMPARE(contents(stuck.here.path("out.ndjson")), rows(1, 3));
  }

  void aSecondSignalEndsAtOnce() {
    Stuck stuck("stubborn.blocker", R"("at": 3)", {"--hang-limit", "4s", "--stop-limit", "1h"});
    QVERIFY(stuck.waitFor("has been blocked"));
    stuck.process.terminate();
    QVERIFY(!stuck.process.waitForFinished(200));
    stuck.process.terminate();
    QCOMPARE(stuck.finish().status, 128 + SIGTERM);
    QCOMPARE(contents(stuck.here.path("out.ndjson")), rows(1, 2));
  }

  void aRunToTheEndThatIsStoppedBeforeItHasAStatusOfItsOwn() {
    const Workplace here;
    // A stop is taken between two pieces of the input.
    for (int file = 0; file < 20; ++file) {
      here.write(QString("in-%1.ndjson").arg(file), rows(file * 5 + 1, file * 5 + 5));
    }
    const auto drawn = [&](const QByteArray& each) {
      here.write("t.weir", lines({{source("in", "in-*.ndjson"),
                                   node("slow", "stubborn.sleeper", "\"each\": \"" + each + "\""), sink("out")}}));
    };
    drawn("20ms");
    const QStringList toTheEnd{"run", "t.weir", "--home", "home", "--until-end"};
    const Finished stopped = here.runUntil(toTheEnd + QStringList{"--commit-interval", "10ms"},
                                           [&] { return !contents(here.path("out.ndjson")).isEmpty(); });
    QVERIFY2(stopped.status == 7, stopped.error);
    QVERIFY2(stopped.error.contains("stopped before the end"), stopped.error);
    QVERIFY(contents(here.path("out.ndjson")).count('\n') < 100);
    drawn("0s");
    QCOMPARE(here.weir(toTheEnd).status, 0);
    // Which file comes first is not told.
    const auto sorted = [](const QByteArray& text) {
      QList<QByteArray> all = text.split('\n');
      std::sort(all.begin(), all.end());
      return all;
    };
    QCOMPARE(sorted(contents(here.path("out.ndjson"))), sorted(rows(1, 100)));
  }

  void aStopBeforeTheNextTrySaysWhatFailedOnce() {
    const Workplace here;
    drawWhatAlwaysFails(here);
    QProcess process;
    here.start(process, {"run", "t.weir", "--home", "home", "--until-end"});
    QByteArray said;
    QVERIFY(QTest::qWaitFor(
        [&] {
          said += process.readAllStandardError();
          return said.contains("(try 1 of 10)");
        },
        kLimit));
    process.terminate();
    const Finished run = Workplace::finish(process);
    said += run.error;
    QVERIFY2(run.status == 3, said);
    // Where the stop met it at work, the failure that it ended with has not been told before.
    const bool waited = said.contains("A stop was asked for before task 0 of sub-topology 'a' was tried again.");
    QVERIFY2(said.count("The world is away.") == said.count("goes on from its last commit") + (waited ? 0 : 1), said);
  }

  void aStopLeavesACallThatDoesNotComeBack() {
    Stuck stuck("stubborn.sleeper", R"("each": "10ms")", {"--stop-limit", "1s"});
    QVERIFY(QTest::qWaitFor([&] { return contents(stuck.here.path("out.ndjson")) == rows(1, 3); }, kLimit));
    stuck.process.terminate();
    QCOMPARE(stuck.finish().status, 0);
    stuck.here.write(
        "t.weir",
        lines({{source("in", "in.ndjson"), node("middle", "stubborn.sleeper", R"("each": "1h")"), sink("out")}}));
    stuck.here.append("in.ndjson", rows(4, 4));
    QProcess hung;
    stuck.here.start(hung, {"run", "t.weir", "--home", "home", "--stop-limit", "1s", "--hang-limit", "24s"});
    QVERIFY(QTest::qWaitFor([&] { return hung.readAllStandardError().contains("has been in process"); }, kLimit));
    hung.terminate();
    const Finished run = Workplace::finish(hung);
    QCOMPARE(run.status, 6);
    QVERIFY2(run.error.contains("ends with work left. What was committed is safe."), run.error);
  }

  void theTimeOfThoseBehindItIsNotAnOperatorsOwn() {
    const Workplace here;
    here.write("in.ndjson", rows(1, 1));
    here.write("t.weir", lines({{source("a", "in.ndjson"), node("burst", "stubborn.burst", R"("times": 30)"),
                                 node("slow", "stubborn.sleeper", R"("each": "200ms")"), sink("x")}}));
    // Six seconds in one call of "burst", and none of them in its code; each call of "slow" is far from the limit.
    const Finished run = here.weir({"run", "t.weir", "--home", "home", "--until-end", "--hang-limit", "4s"});
    QVERIFY2(run.status == 0, run.error);
    QCOMPARE(contents(here.path("x.ndjson")).count('\n'), 30);
  }
};

WEIR_TEST(FailingTest)
#include "failing_test.moc"
