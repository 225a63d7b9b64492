// Topics that hold records of a format instead of columns: the same results, before and after a restart.
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

#include <algorithm>
#include <random>

namespace {

QList<QByteArray> sorted(const QByteArray& text) {
  QList<QByteArray> lines = text.split('\n');
  std::sort(lines.begin(), lines.end());
  return lines;
}

const QByteArray kId = R"({ "name": "id", "type": "int64", "nullable": false })";
const QByteArray kIdAndRegion = kId + R"(, { "name": "region", "type": "string" })";
const QByteArray kAll = kIdAndRegion + R"(, { "name": "new", "type": "float64" })";
const QByteArray kJson = R"(, "value_format": "json.json")";

// orders -> topic `orders` -> per minute and region -> minutes and late
class Shop : public Workplace {
 public:
  QByteArray written(const QString& name) const { return contents(path(name)); }

  void append(int orders, unsigned seed) const {
    std::mt19937 random(seed);
    QFile file(path("orders.ndjson"));
    QVERIFY(file.open(QIODevice::Append));
    for (int i = 0; i < orders; ++i) {
      const qint64 at = 1'700'000'000'000 + i * 150LL - (random() % 20 == 0 ? 90'000 : random() % 2'000);
      file.write("{\"id\":" + QByteArray::number(i) + ",\"region\":\"" + QByteArray("r") +
                 QByteArray::number(random() % 5) + "\",\"price\":" + QByteArray::number(random() % 10'000) +
                 ".25,\"at\":" + QByteArray::number(at) + "}\n");
    }
  }
  QString topology(const QByteArray& settings) const {
    QFile file(path("t.weir"));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(R"x({ "weir": 1, "name": "t", "nodes": [
      { "id": "rows", "use": "file.source", "params": { "path": ")x" +
               path("orders.ndjson").toUtf8() + R"x(", "format": "json.json", "schema": [
          { "name": "id", "type": "int64", "nullable": false },
          { "name": "region", "type": "string", "nullable": false },
          { "name": "price", "type": "decimal(12,2)" },
          { "name": "at", "type": "timestamp", "nullable": false }],
          "event_time": { "field": "at", "disorder": "2s" } } },
      { "id": "per_minute", "use": "window.tumbling", "params": { "group_by": ["region"], "size": "1m",
          "aggregates": [{ "name": "orders", "function": "count" },
                         { "name": "paid", "function": "sum", "field": "price" }] } },
      { "id": "minutes", "use": "file.sink", "params": { "path": ")x" +
               path("minutes-{task}").toUtf8() + R"(", "format": "json.json" } },
      { "id": "late", "use": "file.sink", "params": { "path": ")" +
               path("late-{task}").toUtf8() + R"(", "format": "json.json" } }],
      "topics": [{ "id": "orders", "partitions": 3, "key": "region")" +
               settings + R"( }],
      "edges": [{ "from": "rows.out", "to": "orders" }, { "from": "orders", "to": "per_minute.in" },
                { "from": "per_minute.out", "to": "minutes.in" }, { "from": "per_minute.late", "to": "late.in" }] })");
    return path("t.weir");
  }
  // orders -> topic `orders`, and on to `out`
  QString writer(const QByteArray& columns, int tasks, bool read) const {
    QFile file(path("w.weir"));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(R"({ "weir": 1, "name": "w", "nodes": [
      { "id": "rows", "use": "file.source", "params": { "path": ")" +
               path("orders.ndjson").toUtf8() + R"(", "format": "json.json", "tasks": )" + QByteArray::number(tasks) +
               R"(, "schema": [)" + columns + "] } }");
    if (read) {
      file.write(R"(, { "id": "out", "use": "file.sink", "params": { "format": "json.json", "path": ")" +
                 path("out.ndjson").toUtf8() + "\" } }");
    }
    file.write(R"(], "topics": [{ "id": "orders", "value_format": "json.json" }],
      "edges": [{ "from": "rows.out", "to": "orders" })");
    file.write(read ? R"(, { "from": "orders", "to": "out.in" }] })" : "] }");
    return path("w.weir");
  }
  Finished weir(const QStringList& arguments, const QString& home, const QString& killAt = {}) const {
    return Workplace::weir(arguments + QStringList{"--home", path(home)}, killAt);
  }
  // Results, sorted, and taken away.
  QList<QByteArray> results() const {
    QByteArray all;
    for (const char* const name : {"minutes", "late"}) {
      for (int task = 0; task < 3; ++task) {
        const QString file = name + QString("-%1").arg(task, 4, 10, QChar('0'));
        for (const QByteArray& line : written(file).split('\n')) {
          if (!line.isEmpty()) all += QByteArray(name) + " " + line + "\n";
        }
        QFile::remove(path(file));
      }
    }
    return sorted(all);
  }
};

}  // namespace

class RecordsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void recordsGiveWhatBlocksGiveAcrossARestart() {
    const Shop shop;
    shop.append(20'000, 7);
    const Finished blocks = shop.weir({"run", shop.topology(""), "--until-end"}, "blocks");
    QVERIFY2(blocks.status == 0, blocks.error);
    const QList<QByteArray> expected = shop.results();
    const auto late =
        std::count_if(expected.begin(), expected.end(), [](const QByteArray& line) { return line.startsWith("late"); });
    QVERIFY2(late > 500 && expected.size() - late > 200, QByteArray::number(late));

    const QString topology = shop.topology(kJson);
    const QStringList often = {"--commit-interval",      "1ms", "--batch-rows", "100", "--summary",
                               shop.path("summary.json")};
    QCOMPARE(shop.weir(QStringList{"run", topology, "--until-end"} + often, "records", "commit.done:4").status, -1);
    const Finished records = shop.weir(QStringList{"run", topology, "--until-end"} + often, "records");
    QVERIFY2(records.status == 0, records.error);
    QCOMPARE(shop.results(), expected);
    QVERIFY(shop.written("summary.json").contains("\"dead_letters\":0,"));

    const QByteArray read = shop.weir({"topic", "read", "orders"}, "blocks").out;
    QCOMPARE(read.count('\n'), 20'000);
    QCOMPARE(shop.weir({"topic", "read", "orders"}, "records").out, read);
  }

  void aTopicMayChangeToRecordsAndBack() {
    const Shop shop;
    for (const QByteArray& settings : {QByteArray(), kJson, QByteArray()}) {
      shop.append(10, 1);
      const Finished run = shop.weir({"run", shop.topology(settings), "--until-end"}, "home");
      QVERIFY2(run.status == 0, run.error);
    }
    const Finished read = shop.weir({"topic", "read", "orders"}, "home");
    QVERIFY2(read.error.isEmpty(), read.error);
    const QList<QByteArray> lines = sorted(read.out);
    QList<QByteArray> orders = sorted(shop.written("orders.ndjson"));
    QCOMPARE(lines.size(), orders.size());
    QCOMPARE(lines.size(), 31);  // and the empty one behind the last
  }

  // What the log tells of writers that are gone is part of the topic, too: whoever comes later reads it.
  void columnsMayComeAndWritersChange() {
    const Shop shop;
    int tasks = 0;
    for (const QByteArray& columns : {kId, kIdAndRegion, kAll}) {
      ++tasks;
      shop.append(2, 1);
      const Finished run = shop.weir({"run", shop.writer(columns, tasks, tasks == 3), "--until-end"}, "home");
      QVERIFY2(run.status == 0, run.error);
    }
    const QList<QByteArray> rows = shop.written("out.ndjson").split('\n');
    QCOMPARE(rows.size(), 7);
    QCOMPARE(rows[0], QByteArray("{\"id\":0,\"region\":null,\"new\":null}"));
    QVERIFY2(rows[2].startsWith("{\"id\":0,\"region\":\"r") && rows[2].endsWith(",\"new\":null}"), rows[2]);
  }

  void withoutItsFormatATopicOfRecordsIsNotShown() {
    const Shop shop;
    shop.append(10, 1);
    QCOMPARE(shop.weir({"run", shop.topology(kJson), "--until-end"}, "home").status, 0);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("WEIR_PLUGIN_ALLOW_LIST", shop.path("nothing"));
    QFile list(shop.path("nothing"));
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.close();
    process.setProcessEnvironment(environment);
    process.start(weir::places::inBuild("bin/weir"), {"topic", "read", "orders", "--home", shop.path("home")});
    QVERIFY(process.waitForFinished(kLimit));
    QCOMPARE(process.exitCode(), 2);
    const QByteArray error = process.readAllStandardError();
    QVERIFY2(error.contains("There is no plugin 'json'"), error);
  }
};

WEIR_TEST(RecordsTest)
#include "records_test.moc"
