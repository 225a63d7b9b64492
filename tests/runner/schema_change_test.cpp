// A source whose columns change while it is read: the run goes on with a new plan, and nothing is lost or doubled.
#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

namespace {

const QByteArray kOldRows = "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n";
const QByteArray kNewRows = "{\"id\":4,\"name\":\"d\"}\n{\"id\":5,\"name\":\"e\"}\n";
const QByteArray kNewColumns = "=id:int64 name:string\n";

class Place : public Workplace {
 public:
  explicit Place(const QByteArray& rows) {
    QVERIFY(QDir().mkpath(path("in")));
    write("registry", "id:int64\n");
    write("in/a", rows);
  }
  // The source into the topic `kept`, from there into behind.ndjson, and into out.ndjson.
  QString topology(const QByteArray& use = "evolving.lines", const QByteArray& more = "") const {
    QByteArray params = R"("folder": ")" + path("in").toUtf8() + R"(", "registry": ")" + path("registry").toUtf8() +
                        R"(", "format": "json.json")" + more;
    if (use != "evolving.lines") params = R"("schema": [{ "name": "id", "type": "int64" }])";
    if (use == "evolving.again") params = "";
    write("t.weir", R"({ "weir": 1, "name": "t", "nodes": [
      { "id": "rows", "use": ")" +
                        use + R"(", "params": { )" + params + R"( } },
      { "id": "out", "use": "file.sink", "params": { "path": ")" +
                        path("out.ndjson").toUtf8() +
                        R"(", "format": "json.json" } },
      { "id": "behind", "use": "file.sink", "params": { "path": ")" +
                        path("behind.ndjson").toUtf8() +
                        R"(", "format": "json.json" } }],
      "topics": [{ "id": "kept" }],
      "edges": [{ "from": "rows.out", "to": "kept" }, { "from": "rows.out", "to": "out.in" },
        { "from": "kept", "to": "behind.in" }] })");
    return path("t.weir");
  }
  QByteArray kept() const { return weir({"topic", "read", "kept", "--home", path("home")}).out; }
  QByteArray out() const { return contents(path("out.ndjson")); }
  QByteArray behind() const { return contents(path("behind.ndjson")); }
};

}  // namespace

class SchemaChangeTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void rowsBeforeHaveTheOldColumnsAndThoseBehindTheNewOnes() {
    const Place place(kOldRows + kNewColumns + kNewRows + "=name:string\n{\"name\":\"f\"}\n");
    const Finished run = place.run(place.topology());
    QVERIFY2(run.status == 0, run.error);
    QVERIFY2(run.error.contains("Its schema changes in split 'a': added name (string). Everything before is committed"),
             run.error);
    QVERIFY2(run.error.contains("Its schema changes in split 'a': removed id."), run.error);
    QVERIFY2(run.error.contains("weir: 6 events in"), run.error);
    QCOMPARE(place.kept(), kOldRows + kNewRows + "{\"name\":\"f\"}\n");
    QCOMPARE(place.out(), place.kept());
    // Whoever reads the topic here has read it to the end before the columns change.
    QCOMPARE(place.behind(), place.kept());
  }

  void aRunThatWaitsForMoreGoesOnToo() {
    const Place place(kOldRows);
    const QString topology = place.topology();
    QProcess process;
    place.start(process, {"run", topology, "--home", place.path("home")});
    QTRY_COMPARE_WITH_TIMEOUT(place.out(), kOldRows, kLimit);
    place.append("in/a", kNewColumns + kNewRows);
    QTRY_COMPARE_WITH_TIMEOUT(place.out(), kOldRows + kNewRows, kLimit);
    QCOMPARE(process.state(), QProcess::Running);
    process.terminate();
    const Finished run = Workplace::finish(process);
    QVERIFY2(run.status == 0, run.error);
    QVERIFY2(run.error.contains("weir: 5 events in"), run.error);
  }

  void aKillBetweenCommitAndPlanLosesNothing_data() {
    QTest::addColumn<QString>("point");
    for (const char* const point : {"replan.begin:1", "replan.done:1", "recovery.tasks.made:2"}) {
      QTest::newRow(point) << QString(point);
    }
  }
  void aKillBetweenCommitAndPlanLosesNothing() {
    QFETCH(QString, point);
    const Place place(kOldRows + kNewColumns + kNewRows);
    const QStringList arguments{"run", place.topology(), "--home", place.path("home"), "--until-end"};
    QCOMPARE(place.weir(arguments, point).status, -1);
    const Finished run = place.weir(arguments);
    QVERIFY2(run.status == 0, run.error);
    QCOMPARE(place.kept(), kOldRows + kNewRows);
    QCOMPARE(place.out(), kOldRows + kNewRows);
  }

  void whereTheNewPlanHasErrorsTheRunEndsWithThem() {
    const Place place(kOldRows + "=id:int64 name:colour\n" + kNewRows);
    const Finished run = place.run(place.topology());
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("The registry has a column 'name:colour'."), run.error);
    QVERIFY2(run.error.contains("Source 'rows' has other columns from here on (split 'a')"), run.error);
    QCOMPARE(place.kept(), kOldRows);
    place.write("in/a", kOldRows + kNewColumns + kNewRows);
    place.write("registry", kNewColumns.mid(1));
    const Finished again = place.run(place.topology());
    QVERIFY2(again.status == 0, again.error);
    QCOMPARE(place.kept(), kOldRows + kNewRows);
    QCOMPARE(place.out(), kOldRows + kNewRows);
  }

  void aTopicThatCannotTakeTheNewColumnsIsRefused() {
    const Place place(kOldRows + "=id:string\n{\"id\":\"x\"}\n");
    const Finished run = place.run(place.topology());
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("id is string and was int64"), run.error);
    QVERIFY2(run.error.contains("Topic 'kept' holds rows that could not be read with its new schema"), run.error);
    QCOMPARE(place.kept(), kOldRows);
  }

  void aSourceThatGetsNowhereIsNamed() {
    const Place place(kOldRows + kNewColumns + kNewRows);
    const Finished run = place.run(place.topology("evolving.lines", R"(, "stuck": true)"));
    QCOMPARE(run.status, 3);
    QVERIFY2(run.error.contains("the columns that it derives are the same, though"), run.error);
    QVERIFY2(run.error.contains("Source 'rows' says again that its schema changes in split 'a'"), run.error);
    QCOMPARE(place.kept(), kOldRows);
    const Finished again = place.run(place.topology("evolving.again"));
    QCOMPARE(again.status, 3);
    QVERIFY2(again.error.contains("Source 'rows' says again that its schema changes in split 'all'"), again.error);
  }

  void whoeverDerivesNothingCannotChange() {
    const Place place("");
    const Finished run = place.run(place.topology("evolving.declared"));
    QCOMPARE(run.status, 3);
    QVERIFY2(run.error.contains("breaks the plugin contract in read"), run.error);
    QVERIFY2(run.error.contains("has no rule \"derive\""), run.error);
  }

  void aStopMeanwhileIsAStop() {
    const Place place(kOldRows + kNewColumns + kNewRows);
    const Finished run = place.runUntil({"run", place.topology(), "--home", place.path("home")},
                                        [&] { return place.out().contains("\"id\":5"); });
    QVERIFY2(run.status == 0, run.error);
    QVERIFY2(run.error.contains("stopped before the end"), run.error);
  }
};

WEIR_TEST(SchemaChangeTest)
#include "schema_change_test.moc"
