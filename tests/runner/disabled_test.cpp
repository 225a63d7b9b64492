// Nodes that are disabled for a while: what is written then, and that a home goes on with them afterwards.
#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

namespace {

// rows -> the node "middle", which counts them, -> out; beside it rows -> all, which can be left out.
QByteArray topology(const QByteArray& disabled, bool branch) {
  const QByteArray how = disabled.isEmpty() ? "" : R"("disabled": ")" + disabled + "\", ";
  return R"({ "weir": 1, "name": "t", "nodes": [
    { "id": "rows", "use": "file.source", "params": { "path": "rows.ndjson", "format": "json.json",
      "schema": [{ "name": "id", "type": "int64", "nullable": false }] } },
    { "id": "middle", "use": "std.filter", )" +
         how + R"("params": { "where": "id > 1" } },)" +
         (branch ? R"({ "id": "all", "use": "file.sink", "params": { "path": "all.ndjson", "format": "json.json" } },)"
                 : "") +
         R"(
    { "id": "out", "use": "file.sink", "params": { "path": "out.ndjson", "format": "json.json" } }
  ], "edges": [ )" +
         (branch ? R"({ "from": "rows.out", "to": "all.in" },)" : "") +
         R"({ "from": "rows.out", "to": "middle.in" }, { "from": "middle.out", "to": "out.in" } ] })";
}

QByteArray ids(const Workplace& here, const QString& file) {
  QByteArray found;
  for (const QByteArray& line : contents(here.path(file)).split('\n')) {
    if (const qsizetype at = line.indexOf("\"id\":"); at >= 0) found += line.mid(at + 5, 1);
  }
  return found;
}

Finished run(const Workplace& here, const QByteArray& text) {
  here.write("t.weir", text);
  return here.run("t.weir");
}

// Through a topic, so that rows wait in it.
QByteArray throughTopic(const QByteArray& disabled) {
  QByteArray text = topology(disabled, false);
  text.replace(R"("edges": [ { "from": "rows.out", "to": "middle.in" })",
               R"("topics": [ { "id": "kept" } ],
                  "edges": [ { "from": "rows.out", "to": "kept" }, { "from": "kept", "to": "middle.in" })");
  return text;
}

}  // namespace

class DisabledRunTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsGoPastANodeThatPasses() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\n");
    const Finished passed = run(here, topology("pass", false));
    QVERIFY2(passed.status == 0, passed.error);
    QVERIFY2(passed.error.contains("info WEIR1118: \"middle\" is disabled: rows go past it."), passed.error);
    QCOMPARE(ids(here, "out.ndjson"), QByteArray("12"));
  }

  void aBranchThatIsStoppedMissesWhatTheOtherReads() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\n");
    QCOMPARE(run(here, topology("", true)).status, 0);
    here.append("rows.ndjson", "{\"id\":3}\n");
    const Finished stopped = run(here, topology("stop", true));
    QVERIFY2(stopped.status == 0, stopped.error);
    QCOMPARE(ids(here, "all.ndjson"), QByteArray("123"));
    QCOMPARE(ids(here, "out.ndjson"), QByteArray("2"));
    here.append("rows.ndjson", "{\"id\":4}\n");
    const Finished again = run(here, topology("", true));
    QVERIFY2(again.status == 0, again.error);
    QCOMPARE(ids(here, "all.ndjson"), QByteArray("1234"));
    QCOMPARE(ids(here, "out.ndjson"), QByteArray("24"));
  }

  void aNodeThatIsEnabledAgainGoesOnWithWhatItsTopicKept() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\n");
    QCOMPARE(run(here, throughTopic("")).status, 0);
    QCOMPARE(ids(here, "out.ndjson"), QByteArray("2"));
    here.append("rows.ndjson", "{\"id\":3}\n");
    const Finished stopped = run(here, throughTopic("stop"));
    QVERIFY2(stopped.status == 0, stopped.error);
    QCOMPARE(ids(here, "out.ndjson"), QByteArray("2"));
    here.append("rows.ndjson", "{\"id\":4}\n");
    const Finished again = run(here, throughTopic(""));
    QVERIFY2(again.status == 0, again.error);
    QCOMPARE(ids(here, "out.ndjson"), QByteArray("234"));
  }

  void aSourceThatIsEnabledAgainGoesOnWhereItStopped() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\n");
    const auto two = [](const QByteArray& how) {
      QByteArray text = topology("", false);
      if (!how.isEmpty()) text.replace("\"id\": \"rows\",", "\"id\": \"rows\", \"disabled\": \"" + how + "\",");
      text.replace(R"("edges": [)", R"("edges": [ { "from": "more.out", "to": "last.in" },)");
      text.replace(R"("nodes": [)", R"("nodes": [
        { "id": "more", "use": "file.source", "params": { "path": "rows.ndjson", "format": "json.json",
          "schema": [{ "name": "id", "type": "int64", "nullable": false }] } },
        { "id": "last", "use": "file.sink", "params": { "path": "last.ndjson", "format": "json.json" } },)");
      return text;
    };
    QCOMPARE(run(here, two("")).status, 0);
    here.append("rows.ndjson", "{\"id\":3}\n");
    const Finished stopped = run(here, two("stop"));
    QVERIFY2(stopped.status == 0, stopped.error);
    QCOMPARE(ids(here, "last.ndjson"), QByteArray("123"));
    QCOMPARE(ids(here, "out.ndjson"), QByteArray("2"));
    QVERIFY(here.weir({"run", "t.weir", "--home", here.path("home"), "--until-end", "--forget", "rows"}).status == 2);
    const Finished again = run(here, two(""));
    QVERIFY2(again.status == 0, again.error);
    QCOMPARE(ids(here, "out.ndjson"), QByteArray("23"));
  }
};

WEIR_TEST(DisabledRunTest)
#include "disabled_test.moc"
