// Homes as people meet them: whose they are, and what a rename does.
#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

namespace {

QByteArray row(int second) {
  return R"({"k":"a","ts":"2026-01-01T00:00:)" + QByteArray::number(second).rightJustified(2, '0') + "Z\"}\n";
}

// Rows of a file are counted by key and hour, after each row. `source`, `window`: the beginnings of these nodes.
QByteArray counting(const QByteArray& source = R"("id": "rows")", const QByteArray& window = R"("id": "hours")") {
  const auto id = [](const QByteArray& node) { return node.split('"')[3]; };
  return R"({ "weir": 1, "name": "counting", "nodes": [
    { )" +
         source + R"(, "use": "file.source", "params": { "path": "rows.ndjson", "format": "json.json",
      "schema": [{ "name": "k", "type": "string", "nullable": false },
                 { "name": "ts", "type": "timestamp", "nullable": false }],
      "event_time": { "field": "ts", "disorder": "1m" } } },
    { )" +
         window + R"(, "use": "window.tumbling", "params": { "group_by": ["k"], "size": "1h", "emit": "on_update",
      "aggregates": [{ "name": "n", "function": "count" }] } },
    { "id": "out", "use": "file.sink", "params": { "path": "out.ndjson", "format": "json.json" } }
  ], "edges": [ { "from": ")" +
         id(source) + R"(.out", "to": ")" + id(window) + R"(.in" },
                { "from": ")" +
         id(window) + R"(.out", "to": "out.in" } ] })";
}

// The counts that have been written, in order.
QByteArray counts(const Workplace& here) {
  QByteArray found;
  for (const QByteArray& line : contents(here.path("out.ndjson")).split('\n')) {
    if (const qsizetype at = line.indexOf("\"n\":"); at >= 0) found += line.mid(at + 4, 1);
  }
  return found;
}

// A home in which two rows have been counted, and a third one that has not been read.
void countTwo(const Workplace& here) {
  here.write("rows.ndjson", row(1) + row(2));
  here.write("t.weir", counting());
  const Finished first =
      here.runUntil({"run", "t.weir", "--home", "home"}, [&here] { return counts(here).endsWith("2"); });
  QVERIFY2(first.status == 0, first.error);
  here.write("rows.ndjson", row(1) + row(2) + row(3));
}

// Goes on with another topology until so many rows have been counted.
Finished goOn(const Workplace& here, const QByteArray& topology, qsizetype rows = 3) {
  here.write("t.weir", topology);
  return here.runUntil({"run", "t.weir", "--home", "home"}, [&here, rows] { return counts(here).size() >= rows; });
}

// One source into one sink.
QByteArray copying(const QByteArray& name, const QByteArray& to) {
  return R"({ "weir": 1, "name": ")" + name + R"(", "nodes": [
    { "id": "rows", "use": "file.source", "params": { "path": "rows.ndjson", "format": "json.json",
      "schema": [{ "name": "id", "type": "int64", "nullable": false }] } },
    { "id": "out", "use": "file.sink", "params": { "path": ")" +
         to + R"(", "format": "json.json" } }
  ], "edges": [ { "from": "rows.out", "to": "out.in" } ] })";
}

}  // namespace

class HomeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRenamedWindowIsRefusedWithItsNewName() {
    const Workplace here;
    countTwo(here);
    const Finished run = goOn(here, counting(R"("id": "rows")", R"("id": "by_hour")"));
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("'hours' (window.tumbling): is it 'by_hour' now?"), run.error);
    QVERIFY2(run.error.contains(R"("was": ["hours"])"), run.error);
    QCOMPARE(counts(here), QByteArray("12"));
  }

  void aWindowThatSaysWhatItWasGoesOnCounting() {
    const Workplace here;
    countTwo(here);
    const Finished run = goOn(here, counting(R"("id": "rows")", R"("id": "by_hour", "was": ["hours"])"));
    QVERIFY2(run.status == 0, run.error);
    QCOMPARE(counts(here), QByteArray("123"));
  }

  void aWindowOfAnotherMeaningIsRefusedWithWhatItMayComeFrom() {
    const Workplace here;
    countTwo(here);
    const Finished run = goOn(here, counting().replace("1h", "2h"));
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("holds state of node 'hours' with another meaning"), run.error);
    QVERIFY2(run.error.contains("Either the topology has changed"), run.error);
    QVERIFY2(run.error.contains("finish with the version that wrote it (--until-end)"), run.error);
    QCOMPARE(counts(here), QByteArray("12"));
  }

  void aSourceThatSaysWhatItWasReadsOnlyWhatIsNew() {
    const Workplace here;
    countTwo(here);
    const Finished run = goOn(here, counting(R"("id": "lines", "was": ["older", "rows"])"));
    QVERIFY2(run.status == 0, run.error);
    QCOMPARE(counts(here), QByteArray("123"));
  }

  void aRenameThatWasInterruptedAnywhereIsMadeByTheNextStart_data() {
    QTest::addColumn<QString>("point");
    for (const char* point : {"log.append.done:1", "log.synced:1", "journal.written:1", "journal.synced:1",
                              "log.published:1", "recovery.tasks.made:1", "commit.begin:1", "journal.synced:2"}) {
      QTest::newRow(point) << point;
    }
  }
  void aRenameThatWasInterruptedAnywhereIsMadeByTheNextStart() {
    QFETCH(QString, point);
    const Workplace here;
    countTwo(here);
    const QByteArray renamed = counting(R"("id": "lines", "was": ["rows"])", R"("id": "by_hour", "was": ["hours"])");
    here.write("t.weir", renamed);
    QProcess killed;
    here.start(killed, {"run", "t.weir", "--home", "home"}, point);
    QVERIFY(killed.waitForFinished(kLimit));
    QCOMPARE(killed.exitStatus(), QProcess::CrashExit);
    here.write("rows.ndjson", row(1) + row(2) + row(3) + row(4));
    const Finished run = goOn(here, renamed, 4);
    QVERIFY2(run.status == 0, run.error);
    QCOMPARE(counts(here), QByteArray("1234"));
  }

  void whatIsGoneForGoodIsGivenUpOnceAndStaysSo() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n");
    here.write("t.weir", copying("copy", "out.ndjson"));
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home"}).status, 0);
    here.write("t.weir", copying("copy", "other.ndjson").replace("\"out\"", "\"other\"").replace("out.in", "other.in"));
    const Finished refused = here.weir({"run", "t.weir", "--until-end", "--home", "home"});
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.error.contains("--forget out"), refused.error);
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home", "--forget", "out"}).status, 0);
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home"}).status, 0);
    // Whoever asks again gets what there is; whoever gives up what is drawn, or never was, is told.
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home", "--forget", "out"}).status, 0);
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home", "--forget", "rows"}).status, 2);
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home", "--forget", "never"}).status, 2);
  }

  void aStartThatIsRefusedForAnotherReasonGivesNothingUp() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n");
    here.write("t.weir", copying("copy", "out.ndjson"));
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home"}).status, 0);
    const QByteArray known = here.weir({"home", "list", "--home", "home"}).out.split('(')[0];
    here.write("there.ndjson", "mine\n");
    const QByteArray other =
        copying("copy", "there.ndjson").replace("\"out\"", "\"other\"").replace("out.in", "other.in");
    for (const QByteArray& topology : {other, QByteArray(other)
                                                  .replace(R"("id": "rows")", R"("id": "lines", "was": ["rows"])")
                                                  .replace("rows.out", "lines.out")}) {
      here.write("t.weir", topology);
      const Finished refused = here.weir({"run", "t.weir", "--until-end", "--home", "home", "--forget", "out"});
      QCOMPARE(refused.status, 2);
      QVERIFY2(refused.error.contains("there.ndjson is there already"), refused.error);
      QCOMPARE(here.weir({"home", "list", "--home", "home"}).out.split('(')[0], known);
    }
    here.write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\n");
    here.write("t.weir", copying("copy", "out.ndjson"));
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home"}).status, 0);
    QCOMPARE(contents(here.path("out.ndjson")), QByteArray("{\"id\":1}\n{\"id\":2}\n"));
  }

  void aHomeInWhichNothingCameToBeIsOpenToAnyTopology() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n");
    here.write("out.ndjson", "mine\n");
    here.write("t.weir", copying("first", "out.ndjson"));
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home"}).status, 2);
    here.write("t.weir", copying("second", "second.ndjson"));
    const Finished run = here.weir({"run", "t.weir", "--until-end", "--home", "home"});
    QVERIFY2(run.status == 0, run.error);
    QCOMPARE(contents(here.path("second.ndjson")), QByteArray("{\"id\":1}\n"));
  }

  void aRefusedStartLeavesNoHomeBehind_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("its result is there") << QByteArray("rows.ndjson") << QByteArray("mine");
    QTest::newRow("its input is not") << QByteArray("none.ndjson") << QByteArray("out");
  }
  void aRefusedStartLeavesNoHomeBehind() {
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    const Workplace here;
    here.write("mine", "mine\n");
    here.write("t.weir", copying("copy", to).replace("rows.ndjson", from));
    QVERIFY(QDir(here.path()).mkpath("empty/lost+found"));
    for (const char* home : {"copy.weir-home", "a/b", "empty"}) {
      const Finished refused = here.weir({"run", "t.weir", "--until-end", "--home", home});
      QCOMPARE(refused.status, 2);
    }
    QVERIFY(!QFile::exists(here.path("copy.weir-home")) && !QFile::exists(here.path("a")));
    QCOMPARE(QDir(here.path("empty")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList({"lost+found"}));
  }

  void aHomeInWhichSomethingWasCommittedStays() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n");
    here.write("t.weir", copying("copy", "out.ndjson"));
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home"}).status, 0);
    QVERIFY(QFile::remove(here.path("out.ndjson")));
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home"}).status, 2);
    QVERIFY(QFile::exists(here.path("home/log/journal")));
  }

  void aFolderWithSomethingElseInItIsNoHome() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n");
    here.write("t.weir", copying("copy", "out.ndjson"));
    QVERIFY(QDir(here.path()).mkpath("theirs/log"));
    here.write("theirs/log/app.log", "theirs\n");
    const Finished refused = here.weir({"run", "t.weir", "--until-end", "--home", "theirs"});
    QCOMPARE(refused.status, 2);
    QVERIFY2(
        refused.error.contains("theirs is no home, and not empty: it holds log. Weir takes an empty folder for its "
                               "home, or makes one. --home names another folder."),
        refused.error);
    QCOMPARE(QDir(here.path("theirs")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList({"log"}));
    QVERIFY(QDir(here.path()).mkpath("volume/lost+found"));
    QVERIFY(QDir(here.path()).mkpath("volumes/state/lost+found"));
    for (const char* const home : {"volume", "volumes"}) {
      QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", home}).status, 0);
      QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", home}).status, 0);
      QVERIFY(QFile::remove(here.path("out.ndjson")));
    }
  }

  void aHomeThatMayNotBeEnteredHasOneStatus_data() {
    QTest::addColumn<QString>("closed");
    for (const char* const closed : {"home", "home/log", "home/log/journal", "home/log/topics"}) {
      QTest::newRow(closed) << closed;
    }
  }
  void aHomeThatMayNotBeEnteredHasOneStatus() {
    QFETCH(QString, closed);
    Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n");
    here.write("t.weir", copying("copy", "out.ndjson"));
    if (!here.becomeNobody()) QSKIP("another user may not run what was built here");
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home"}).status, 0);
    QVERIFY(QFile::setPermissions(here.path(closed), {}));
    for (const QStringList& command : {QStringList{"run", "t.weir", "--until-end"}, QStringList{"topic", "list"},
                                       QStringList{"topic", "read", "dead-letters"}, QStringList{"home", "list"},
                                       QStringList{"home", "drop", "rows"}}) {
      const Finished refused = here.weir(command + QStringList{"--home", "home"});
      QVERIFY2(refused.status == 2, command[0].toUtf8() + ": " + refused.error);
      QVERIFY2(refused.error.contains("Permission denied. User "), refused.error);
    }
    QVERIFY(QFile::setPermissions(here.path(closed), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
  }

  void whatWasGivenUpIsDroppedAndWhatRunsUnderTheSameIdStays() {
    const Workplace here;
    const auto run = [&here](const QByteArray& topology, const QStringList& more = {}) {
      here.write("t.weir", topology);
      return here.weir(QStringList{"run", "t.weir", "--until-end", "--home", "home"} + more);
    };
    const auto withOther = [](const QByteArray& to) {
      return copying("copy", to).replace("\"out\"", "\"other\"").replace("out.in", "other.in");
    };
    here.write("rows.ndjson", "{\"id\":1}\n");
    QCOMPARE(run(copying("copy", "a")).status, 0);
    QCOMPARE(run(withOther("b"), {"--forget", "out"}).status, 0);
    here.write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\n");
    QCOMPARE(run(copying("copy", "c"), {"--forget", "other"}).status, 0);
    here.write("file.weir", withOther("d"));
    const Finished dropped = here.weir({"home", "drop", "out", "file.weir", "--home", "home"});
    QVERIFY2(dropped.status == 0, dropped.error);
    QVERIFY2(dropped.error.contains("which was in the topology when it ran last, stays."), dropped.error);
    here.write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
    const Finished again = run(copying("copy", "c"));
    QVERIFY2(again.status == 0, again.error);
    QCOMPARE(contents(here.path("c")), QByteArray("{\"id\":2}\n{\"id\":3}\n"));
    const Finished other = here.weir({"home", "drop", "other", "t.weir", "--home", "home"});
    QVERIFY2(other.status == 0, other.error);
    QCOMPARE(here.weir({"home", "drop", "out", "t.weir", "--home", "home"}).status, 2);
  }

  void theHomeOfATopologyIsTheOneInWhichItRuns() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n");
    QVERIFY2(here.weir({"home", "list"}).error.contains("There is no home in this folder"), "none");
    for (const char* name : {"first", "second"}) {
      here.write(QString(name) + ".weir", copying(name, QByteArray(name) + ".ndjson"));
      QCOMPARE(here.weir({"run", QString(name) + ".weir", "--until-end"}).status, 0);
    }
    const Finished which = here.weir({"home", "list"});
    QCOMPARE(which.status, 2);
    QVERIFY2(which.error.contains("Which home? Name it with --home: first.weir-home, second.weir-home."), which.error);
    const Finished list = here.weir({"home", "list", "first.weir"});
    QVERIFY2(list.status == 0 && list.out.contains("\tclaimed"), list.error);
    for (const QStringList& command : {QStringList{"home", "list"}, QStringList{"home", "drop", "old"}}) {
      const Finished other = here.weir(command + QStringList{"first.weir", "--home", "second.weir-home"});
      QCOMPARE(other.status, 2);
      QVERIFY2(other.error.contains("second.weir-home belongs to the topology 'second', and first.weir is 'first'"),
               other.error);
    }
    here.write("first.weir",
               copying("first", "first.ndjson").replace("\"out\"", "\"new\"").replace("out.in", "new.in"));
    QCOMPARE(here.weir({"home", "drop", "out", "first.weir"}).status, 0);
    QVERIFY(!here.weir({"home", "list", "first.weir"}).out.contains("out\t"));
    QVERIFY(here.weir({"home", "list", "second.weir"}).out.contains("out\t"));
    here.write("third.weir", copying("third", "third.ndjson"));
    const Finished none = here.weir({"home", "list", "third.weir"});
    QCOMPARE(none.status, 2);
    QVERIFY2(none.error.contains("There is no home in third.weir-home"), none.error);
    QVERIFY(!QFile::exists(here.path("third.weir-home")));
  }

  void twoTopologiesOfOneFolderHaveAHomeEach() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n");
    for (const char* name : {"first", "second"}) {
      here.write("t.weir", copying(name, QByteArray(name) + ".ndjson"));
      const Finished run = here.weir({"run", "t.weir", "--until-end"});
      QVERIFY2(run.status == 0 && run.error.contains("1 events in"), run.error);
      QCOMPARE(contents(here.path(QString(name) + ".ndjson")), QByteArray("{\"id\":1}\n"));
      QVERIFY(QFile::exists(here.path(QString(name) + ".weir-home/log")));
    }
  }

  void aHomeIsRefusedToAnotherTopology() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n");
    here.write("t.weir", copying("first", "first.ndjson"));
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "home"}).status, 0);
    here.write("t.weir", copying("second", "second.ndjson"));
    const Finished run = here.weir({"run", "t.weir", "--until-end", "--home", "home"});
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("belongs to the topology 'first', and this one is 'second'"), run.error);
  }

  void theFormerDefaultHomeIsFoundByItsTopologyAlone() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n");
    here.write("t.weir", copying("first", "first.ndjson"));
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "weir-home"}).status, 0);
    const Finished again = here.weir({"run", "t.weir", "--until-end"});
    QVERIFY2(again.status == 0 && again.error.contains("Going on in weir-home"), again.error);
    QVERIFY(!QFile::exists(here.path("first.weir-home")));
    here.write("t.weir", copying("second", "second.ndjson"));
    QCOMPARE(here.weir({"run", "t.weir", "--until-end"}).status, 0);
    QVERIFY(QFile::exists(here.path("second.weir-home")));
  }

  void aFormerDefaultHomeWithoutANameIsTakenByNobodyUnasked() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n");
    here.write("t.weir", copying("first", "first.ndjson"));
    // Like a home of an earlier version: it has changelogs of these ids, and nothing says of which topology.
    QProcess killed;
    here.start(killed, {"run", "t.weir", "--until-end", "--home", "weir-home"}, "log.append.done:1");
    QVERIFY(killed.waitForFinished(kLimit));
    QVERIFY(QFile::exists(here.path("weir-home/log/topics")));
    here.write("t.weir", copying("second", "second.ndjson"));
    const Finished refused = here.weir({"run", "t.weir", "--until-end"});
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.error.contains("If it is this one's: mv weir-home second.weir-home, or say --home weir-home."),
             refused.error);
    QVERIFY(!QFile::exists(here.path("second.weir-home")));
    // Each of the ways that it names is one.
    QCOMPARE(here.weir({"run", "t.weir", "--until-end", "--home", "second.weir-home"}).status, 0);
    QCOMPARE(here.weir({"run", "t.weir", "--until-end"}).status, 0);
    here.write("t.weir", copying("first", "first.ndjson"));
    QVERIFY(QDir(here.path("")).rename("weir-home", "first.weir-home"));
    QCOMPARE(here.weir({"run", "t.weir", "--until-end"}).status, 0);
    QCOMPARE(contents(here.path("first.ndjson")), QByteArray("{\"id\":1}\n"));
  }
};

WEIR_TEST(HomeTest)
#include "home_test.moc"
