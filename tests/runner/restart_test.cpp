// A restart with many windows open: what it leaves behind, what it answers, and that a stop ends it.
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "tests/program/places.hpp"
#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

namespace {

constexpr qint64 kDay = 86'400'000;
constexpr qint64 kJanuary = 31 * kDay;

QList<QByteArray> sortedLines(const QString& path) {
  QList<QByteArray> lines = contents(path).split('\n');
  std::sort(lines.begin(), lines.end());
  return lines;
}

// The real departures of January 2013, again and again a month later, counted per hour and airport with all hours open.
class Year : public Workplace {
 public:
  explicit Year(int months, bool reversed = false) {
    QList<QByteArray> rows;
    const QList<QByteArray> january =
        contents(weir::places::inRepository("topologies/data/flights/departures-2013-01.ndjson")).split('\n');
    for (int month = 0; month < months; ++month) {
      for (const QByteArray& line : january) {
        QJsonObject row = QJsonDocument::fromJson(line).object();
        if (row["departed_at"].isNull() || row["departed_at"].isUndefined()) continue;
        const qint64 at = row["departed_at"].toInteger() + month * kJanuary;
        rows.append("{\"id\":\"" + row["flight_id"].toString().toUtf8() + "-" + QByteArray::number(month) +
                    "\",\"origin\":\"" + row["origin"].toString().toUtf8() + "\",\"at\":" + QByteArray::number(at) +
                    "}\n");
      }
    }
    if (reversed) std::reverse(rows.begin(), rows.end());
    QFile file(path("rows.ndjson"));
    ready_ = file.open(QIODevice::WriteOnly) && file.write(rows.join()) > 0 && rows.size() > 20'000 * months;
  }
  bool ready() const { return ready_; }

  QString topology(const QByteArray& groupBy = "origin") const {
    const QByteArray text = R"({ "weir": 1, "name": "year", "nodes": [
      { "id": "rows", "use": "file.source", "params": { "path": ")" +
                            path("rows.ndjson").toUtf8() +
                            R"(", "format": "json.json", "schema": [
          { "name": "id", "type": "string", "nullable": false },
          { "name": "origin", "type": "string", "nullable": false },
          { "name": "at", "type": "timestamp", "nullable": false }],
          "event_time": { "field": "at", "disorder": "400d" } } },
      { "id": "per_hour", "use": "window.tumbling", "params": { "group_by": [")" +
                            groupBy +
                            R"("], "size": "1h", "aggregates": [{ "name": "departures", "function": "count" }] } },
      { "id": "out", "use": "file.sink", "params": { "path": ")" +
                            path("out.ndjson").toUtf8() +
                            R"(", "format": "json.json" } }],
      "edges": [{ "from": "rows.out", "to": "per_hour.in" }, { "from": "per_hour.out", "to": "out.in" }] })";
    write("year.weir", text);
    return path("year.weir");
  }

  // `killAt`: a point of the crash tests; empty: nobody kills it.
  Finished run(const QString& home, const QStringList& more = {}, const QString& killAt = {}) const {
    QProcess process;
    begin(process, home, more, killAt);
    return finish(process);
  }
  void begin(QProcess& process, const QString& home, const QStringList& more, const QString& killAt = {}) const {
    start(process, QStringList{"run", path("year.weir"), "--home", path(home), "--until-end", "--threads", "1"} + more,
          killAt);
  }

 private:
  bool ready_ = false;
};

}  // namespace

class RestartTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aYearOfOpenHoursIsTakenUpAgain() {
    const Year year(12);
    QVERIFY(year.ready() && !year.topology().isEmpty());
    const Finished whole = year.run("whole");
    QVERIFY2(whole.status == 0, whole.error);
    const QList<QByteArray> expected = sortedLines(year.path("out.ndjson"));
    QVERIFY(expected.size() > 20'000);
    QVERIFY(QFile::remove(year.path("out.ndjson")));

    const QStringList often = {"--commit-interval", "1ms", "--batch-rows", "256"};
    QCOMPARE(year.run("home", often, "commit.done:2").status, -1);
    const Finished rest = year.run("home");
    QVERIFY2(rest.status == 0, rest.error);
    QCOMPARE(sortedLines(year.path("out.ndjson")), expected);
    // RocksDB keeps the last two of its options files, and writes one for each family that is made or dropped.
    const QStringList options = QDir(year.path("home/state")).entryList({"OPTIONS-*"});
    QVERIFY(!options.isEmpty());
    for (const QString& file : options) QVERIFY2(file.section('-', 1).toInt() < 100, qPrintable(file));
  }

  void theLatestRowsFirstAndLittleMemoryGiveTheSame() {
    const Year year(4, true);
    QVERIFY(year.ready() && !year.topology().isEmpty());
    QVERIFY(year.run("whole").status == 0);
    const QList<QByteArray> expected = sortedLines(year.path("out.ndjson"));
    QVERIFY(QFile::remove(year.path("out.ndjson")));
    const QStringList little = {"--overlay-memory", "1", "--state-memory", "1"};
    QCOMPARE(year.run("home", little + QStringList{"--commit-interval", "1ms", "--batch-rows", "256"},
                      "state.flush.written:1")
                 .status,
             -1);
    const Finished rest = year.run("home", little);
    QVERIFY2(rest.status == 0, rest.error);
    QCOMPARE(sortedLines(year.path("out.ndjson")), expected);
  }

  void aStopDuringARestartLosesNothing() {
    const Year year(12);
    QVERIFY(year.ready() && !year.topology("id").isEmpty());
    QCOMPARE(year.run("home", {"--commit-interval", "1ms", "--batch-rows", "256"}, "commit.done:2").status, -1);
    QVERIFY(!QDir(year.path("home/state")).exists());
    QProcess process;
    year.begin(process, "home", {});
    // The state store is made by the restart, when the first part of the changelog is written to it.
    while (!QFile::exists(year.path("home/state/CURRENT")) && !process.waitForFinished(1)) {
    }
    process.terminate();
    const Finished stopped = Year::finish(process);
    QVERIFY2(stopped.status == 7, stopped.error);
    QVERIFY2(stopped.error.contains("stopped before the end"), stopped.error);
    const Finished rest = year.run("home");
    QVERIFY2(rest.status == 0, rest.error);
    const qsizetype departures = contents(year.path("rows.ndjson")).count('\n');
    QCOMPARE(contents(year.path("out.ndjson")).count('\n'), departures);  // each flight is a group of its own
  }
};

WEIR_TEST(RestartTest)
#include "restart_test.moc"
