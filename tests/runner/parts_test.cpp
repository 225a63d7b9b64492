// Parts as people run them: byte for byte what the same topology gives when it is drawn in place.
#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

namespace {

// What is above a limit, with its double: two nodes between "in" and "out".
const QByteArray kPart = R"({ "weir": 1, "name": "scale",
  "params": [ { "name": "limit", "type": "integer" }, { "name": "by", "type": "number", "default": 2 } ],
  "ports": [ { "name": "in", "to": "keep.in" }, { "name": "out", "from": "scaled.out" } ],
  "nodes": [
    { "id": "keep", "use": "std.filter", "params": { "where": "id > ${param:limit}" } },
    { "id": "scaled", "use": "std.extend", "params": { "fields": [{ "name": "more", "expression": "id * ${param:by}" }] } }
  ],
  "edges": [ { "from": "keep.out", "to": "scaled.in" } ] })";

// Counts rows, so that it keeps state.
const QByteArray kCounting = R"({ "weir": 1, "name": "counting",
  "ports": [ { "name": "in", "to": "hours.in" }, { "name": "out", "from": "hours.out" } ],
  "nodes": [ { "id": "hours", "use": "window.tumbling", "params": { "group_by": ["k"], "size": "1h", "emit": "on_update",
      "aggregates": [{ "name": "n", "function": "count" }] } } ] })";

QByteArray drawn(const QByteArray& nodes, const QByteArray& edges) {
  return R"({ "weir": 1, "name": "t", "params": [ { "name": "least", "type": "integer", "default": 1 } ], "nodes": [
    { "id": "rows", "use": "file.source", "params": { "path": "rows.ndjson", "format": "json.json",
      "schema": [{ "name": "id", "type": "int64", "nullable": false }] } },)" +
         nodes + R"(,
    { "id": "out", "use": "file.sink", "params": { "path": "out.ndjson", "format": "json.json" } }
  ], "edges": [ )" +
         edges + " ] }";
}

QByteArray row(int second) {
  return R"({"k":"a","ts":"2026-01-01T00:00:)" + QByteArray::number(second).rightJustified(2, '0') + "Z\"}\n";
}

// Rows of a file are counted by the node, which begins so.
QByteArray counted(const QByteArray& node) {
  const QByteArray id = node.split('"')[3];
  return R"({ "weir": 1, "name": "t", "nodes": [
    { "id": "rows", "use": "file.source", "params": { "path": "rows.ndjson", "format": "json.json",
      "schema": [{ "name": "k", "type": "string", "nullable": false },
                 { "name": "ts", "type": "timestamp", "nullable": false }],
      "event_time": { "field": "ts", "disorder": "1m" } } },
    { )" +
         node + R"(, "use": "file:counting.weir" },
    { "id": "out", "use": "file.sink", "params": { "path": "out.ndjson", "format": "json.json" } }
  ], "edges": [ { "from": "rows.out", "to": ")" +
         id + R"(.in" }, { "from": ")" + id + R"(.out", "to": "out.in" } ] })";
}

QByteArray counts(const Workplace& here) {
  QByteArray found;
  for (const QByteArray& line : contents(here.path("out.ndjson")).split('\n')) {
    if (const qsizetype at = line.indexOf("\"n\":"); at >= 0) found += line.mid(at + 4, 1);
  }
  return found;
}

}  // namespace

class PartsRunTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aPartGivesWhatItGivesWhereItIsDrawnInPlace() {
    const Workplace here;
    QDir(here.path()).mkdir("parts");
    here.write("parts/scale.weir", kPart);
    here.write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
    here.write("inplace.weir",
               drawn(R"({ "id": "keep", "use": "std.filter", "params": { "where": "id > 1" } },
                        { "id": "scaled", "use": "std.extend", "params": { "fields": [{ "name": "more", "expression": "id * 2" }] } })",
                     R"({ "from": "rows.out", "to": "keep.in" }, { "from": "keep.out", "to": "scaled.in" },
                        { "from": "scaled.out", "to": "out.in" })"));
    const Finished inPlace = here.weir({"run", "inplace.weir", "--home", here.path("one"), "--until-end"});
    QVERIFY2(inPlace.status == 0, inPlace.error);
    const QByteArray wanted = contents(here.path("out.ndjson"));
    QVERIFY2(wanted.contains("\"more\":"), wanted);
    QVERIFY(QFile::remove(here.path("out.ndjson")));
    here.write("t.weir",
               drawn(R"({ "id": "s", "use": "file:parts/scale.weir", "params": { "limit": "${param:least}" } })",
                     R"({ "from": "rows.out", "to": "s.in" }, { "from": "s.out", "to": "out.in" })"));
    const Finished used = here.weir({"run", "t.weir", "--home", here.path("two"), "--until-end"});
    QVERIFY2(used.status == 0, used.error);
    QCOMPARE(contents(here.path("out.ndjson")), wanted);
    QVERIFY(QFile::remove(here.path("out.ndjson")));
    const Finished other =
        here.weir({"run", "t.weir", "--home", here.path("three"), "--until-end", "--param", "least=2"});
    QVERIFY2(other.status == 0, other.error);
    QCOMPARE(contents(here.path("out.ndjson")).count('\n'), 1);
  }

  void partsInPartsAreFoundFromTheFilesThatUseThem() {
    const Workplace here;
    QDir(here.path()).mkdir("parts");
    here.write("parts/scale.weir", kPart);
    here.write("parts/twice.weir", R"({ "weir": 1, "name": "twice",
      "ports": [ { "name": "in", "to": "one.in" }, { "name": "out", "from": "one.out" } ],
      "nodes": [ { "id": "one", "use": "file:scale.weir", "params": { "limit": 2, "by": 3 } } ] })");
    here.write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
    here.write("t.weir", drawn(R"({ "id": "s", "use": "file:parts/twice.weir" })",
                               R"({ "from": "rows.out", "to": "s.in" }, { "from": "s.out", "to": "out.in" })"));
    const Finished run = here.run("t.weir");
    QVERIFY2(run.status == 0, run.error);
    QCOMPARE(contents(here.path("out.ndjson")).count('\n'), 1);
    QVERIFY2(contents(here.path("out.ndjson")).contains("\"more\":9"), contents(here.path("out.ndjson")));
  }

  void aNodeThatWasRenamedGoesOnWithWhatIsInItsPart() {
    const Workplace here;
    here.write("counting.weir", kCounting);
    here.write("rows.ndjson", row(1) + row(2));
    here.write("t.weir", counted(R"("id": "a")"));
    const Finished first =
        here.runUntil({"run", "t.weir", "--home", "home"}, [&here] { return counts(here).endsWith("2"); });
    QVERIFY2(first.status == 0, first.error);
    here.append("rows.ndjson", row(3));
    here.write("t.weir", counted(R"("id": "b")"));
    QCOMPARE(here.weir({"run", "t.weir", "--home", "home", "--until-end"}).status, 2);
    here.write("t.weir", counted(R"("id": "b", "was": ["a"])"));
    const Finished again =
        here.runUntil({"run", "t.weir", "--home", "home"}, [&here] { return counts(here).size() >= 3; });
    QVERIFY2(again.status == 0, again.error);
    QCOMPARE(counts(here), QByteArray("123"));
    const Finished list = here.weir({"home", "list", "t.weir", "--home", "home"});
    QVERIFY2(list.out.contains("b__hours") && !list.out.contains("unclaimed"), list.out);
  }

  void aPartIsNotRunAndWhatIsWrongInItIsSaid() {
    const Workplace here;
    here.write("scale.weir", kPart);
    const Finished run = here.run("scale.weir");
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("WEIR1123"), run.error);
    QCOMPARE(here.weir({"check", "scale.weir"}).status, 0);
    here.write("t.weir", drawn(R"({ "id": "s", "use": "file:scale.weir", "params": { "limt": 1 } })",
                               R"({ "from": "rows.out", "to": "s.in" }, { "from": "s.out", "to": "out.in" })"));
    const Finished check = here.weir({"check", "t.weir"});
    QVERIFY2(check.out.contains("WEIR1201") && check.out.contains("WEIR1202"), check.out);
    const Finished gone = here.weir({"check", "t.weir"});
    QVERIFY(QFile::remove(here.path("scale.weir")));
    QVERIFY2(here.weir({"check", "t.weir"}).out.contains("WEIR1120"), gone.out);
    QCOMPARE(here.weir({"draw", "t.weir"}).status, 0);
  }
};

WEIR_TEST(PartsRunTest)
#include "parts_test.moc"
