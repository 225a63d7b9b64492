// Whatever the reason for which a row was refused, its dead letter says where it came from.
#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

namespace {

QByteArray line(int id, const char* time) {
  return "{\"id\":" + QByteArray::number(id) + ",\"ts\":\"" + time + "\"}";
}

QByteArrayList lines() {
  return {
      line(1, "2026-01-01T00:00:00Z"), "no json",
      line(0, "2026-01-01T00:00:01Z"),  // divides by zero in an operator behind the source
      line(2, "9999-01-01T00:00:00Z"),  // is further ahead than may be
      line(3, "2026-01-01T00:00:02Z"),  // divides by zero in an operator behind the topic
  };
}

QByteArray throughATopic() {
  const QByteArray row = R"([{ "name": "id", "type": "int64" }, { "name": "ts", "type": "timestamp" }])";
  return R"({ "weir": 1, "name": "t", "nodes": [
    { "id": "rows", "use": "file.source", "params": { "path": "in/rows.ndjson", "format": "json.json", "schema": )" +
         row + R"(, "event_time": { "field": "ts", "disorder": "1m" } } },
    { "id": "first", "use": "std.filter", "params": { "where": "10 / id > 0" } },
    { "id": "second", "use": "std.filter", "params": { "where": "10 / (id - 3) > -100" } },
    { "id": "out", "use": "file.sink", "params": { "path": "out.ndjson", "format": "json.json" } } ],
    "topics": [{ "id": "kept" }],
    "edges": [{ "from": "rows.out", "to": "first.in" }, { "from": "first.out", "to": "kept" },
              { "from": "kept", "to": "second.in" }, { "from": "second.out", "to": "out.in" }] })";
}

// Whether one of the letters is of this node and place.
bool isSaid(const QByteArray& letters, const QByteArray& node, const QByteArray& position) {
  for (const QByteArray& letter : letters.split('\n')) {
    if (letter.contains("\"node\":\"" + node + "\"") && letter.contains("\"position\":\"" + position + "\""))
      return true;
  }
  return false;
}

}  // namespace

class DeadLettersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aDeadLetterSaysWhereItsRowCameFrom() {
    const Workplace here;
    QByteArray rows;
    QList<qsizetype> begins;
    for (const QByteArray& line : lines()) {
      begins += rows.size();
      rows += line + "\n";
    }
    QVERIFY(QDir(here.path(".")).mkdir("in"));
    here.write("in/rows.ndjson", rows);
    here.write("t.weir", throughATopic());
    const Finished ran = here.run("t.weir");
    QVERIFY2(ran.status == 0, ran.error);
    QVERIFY2(ran.error.contains("4 dead letters"), ran.error);
    const Finished read = here.weir({"topic", "read", "dead-letters", "--home", here.path("home")});
    const auto at = [&](int line) { return "in/rows.ndjson@" + QByteArray::number(begins[line]); };
    QVERIFY2(isSaid(read.out, "rows", at(1)), read.out);
    QVERIFY2(isSaid(read.out, "first", at(2)), read.out);
    QVERIFY2(isSaid(read.out, "rows", at(3)), read.out);
    QVERIFY2(isSaid(read.out, "second", "kept/0@1"), read.out);
  }
};

WEIR_TEST(DeadLettersTest)
#include "dead_letters_test.moc"
