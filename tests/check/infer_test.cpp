// weir infer: what it says of files of data.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/check/weir_command.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir::testing;

class InferTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  QString fileWith(const QByteArray& text) {
    const QString path = folder_.filePath("rows.ndjson");
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size() ? path : QString();
  }

 private Q_SLOTS:
  void theShippedFlightsAreUnderstood() {
    const Outcome said =
        callWeir({"infer", weir::places::inRepository("topologies/data/flights/departures-2013-01.ndjson")});
    QCOMPARE(said.error, QByteArray());
    QCOMPARE(said.status, 0);
    const QJsonObject answer = QJsonDocument::fromJson(said.out).object();
    QCOMPARE(answer["format"].toString(), QString("json.json"));
    QCOMPARE(answer["rows"].toInt(), 10'000);
    QVERIFY(!answer["complete"].toBool());
    QStringList columns;
    for (const QJsonValue column : answer["schema"].toArray()) {
      columns += column["name"].toString() + " " + column["type"].toString() +
                 (column["nullable"].toBool(true) ? "" : " not null");
    }
    QCOMPARE(
        columns.join(", "),
        QString("flight_id string not null, carrier string not null, tail string, origin string not null, dest string "
                "not null, scheduled_at timestamp not null, departed_at timestamp, dep_delay int64, arr_delay int64, "
                "distance int64 not null"));
    QStringList times;
    for (const QJsonValue time : answer["event_times"].toArray()) {
      times += time["field"].toString() + " " + time["unit"].toString() + " " + time["disorder"].toString();
    }
    QCOMPARE(times.first(), QString("scheduled_at ms 0s"));
    QVERIFY2(times.last().startsWith("departed_at ms ") && !times.last().endsWith(" 0s"), qPrintable(times.last()));
  }

  void whatIsInferredCanBeRun() {
    const QString rows = fileWith(
        "{\"region\":\"eu\",\"amount\":2.5,\"ts\":\"2024-01-31T10:00:00Z\"}\n"
        "{\"region\":\"us\",\"amount\":1,\"ts\":\"2024-01-31T10:00:05Z\"}\n");
    const QJsonObject answer = QJsonDocument::fromJson(callWeir({"infer", rows}).out).object();
    const QJsonObject time{{"field", answer["event_times"][0]["field"]},
                           {"disorder", answer["event_times"][0]["disorder"]}};
    const QJsonObject source{
        {"id", "rows"},
        {"use", "file.source"},
        {"params",
         QJsonObject{
             {"path", rows}, {"format", answer["format"]}, {"schema", answer["schema"]}, {"event_time", time}}}};
    const QJsonObject sink{
        {"id", "out"}, {"use", "file.sink"}, {"params", QJsonObject{{"path", folder_.filePath("out.ndjson")}}}};
    const QJsonObject topology{{"weir", 1},
                               {"name", "inferred"},
                               {"nodes", QJsonArray{source, sink}},
                               {"edges", QJsonArray{QJsonObject{{"from", "rows.out"}, {"to", "out.in"}}}}};
    const QString path = folder_.filePath("inferred.weir");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(topology).toJson());
    file.close();
    const Outcome ran = callWeir({"run", path, "--until-end", "--home", folder_.filePath("home")});
    QVERIFY2(ran.status == 0, ran.error.constData());
    QCOMPARE(contents(folder_.filePath("out.ndjson")).count('\n'), 2);
  }

  void fewerRowsAreLookedAtWhereThatIsAskedFor() {
    const QString rows = fileWith("{\"a\":1}\n{\"a\":1.5}\n");
    const QJsonObject answer = QJsonDocument::fromJson(callWeir({"infer", "--rows", "1", rows}).out).object();
    QCOMPARE(answer["schema"][0]["type"].toString(), QString("int64"));
  }

  void whatCannotBeReadIsSaid_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << QByteArray() << "has no rows";
    QTest::newRow("not a line each") << QByteArray("{\n  \"a\": 1\n}\n") << "has no line that is a JSON object. Line 1";
    QTest::newRow("other data") << QByteArray("a;b\n1;2\n") << "Line 1";
  }
  void whatCannotBeReadIsSaid() {
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    const Outcome outcome = callWeir({"infer", fileWith(text)});
    QVERIFY(outcome.status != 0);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY2(outcome.error.contains(said.toUtf8()), outcome.error.constData());
  }

  void aFileThatIsNotThereOrNoneIsSaid() {
    QVERIFY(callWeir({"infer", folder_.filePath("gone.ndjson")}).error.contains("cannot be opened"));
    QVERIFY(callWeir({"infer", folder_.path()}).error.contains("is no regular file"));
  }
};

WEIR_TEST(InferTest)
#include "infer_test.moc"
