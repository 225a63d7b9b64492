// Every shipped topology runs on its input and must give its expected rows, the same bytes for every batch size and
// number of threads. What is expected comes from the scripts in topologies/expected, not from Weir.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <optional>

#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

namespace {

constexpr int kLimit = 300'000;  // milliseconds for one program

struct Finished {
  int status = -1;
  QByteArray out;
  QString error;
};

Finished start(const QString& program, const QStringList& arguments) {
  QProcess process;
  process.start(program, arguments);
  if (!process.waitForFinished(kLimit)) {
    process.kill();
    process.waitForFinished();
    return {-1, {}, program + ": " + process.errorString()};
  }
  const bool crashed = process.exitStatus() == QProcess::CrashExit;
  const QByteArray out = process.readAllStandardOutput();
  return {crashed ? -1 : process.exitCode(), out, QString::fromUtf8(process.readAllStandardError())};
}

QString topology(const QString& name) {
  return weir::places::inRepository("topologies/%1.weir").arg(name);
}

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Rows of a file sink that ran as one task.
QByteArray written(const QDir& folder, const QString& name) {
  const QStringList files = folder.entryList({name + "-*.ndjson"}, QDir::Files, QDir::Name);
  return files.size() == 1 ? contents(folder.filePath(files.front())) : QByteArray();
}

QList<QJsonObject> rows(const QByteArray& lines) {
  QList<QJsonObject> result;
  for (const QByteArray& line : lines.split('\n')) {
    if (!line.isEmpty()) result.append(QJsonDocument::fromJson(line).object());
  }
  return result;
}

QString text(const QJsonObject& row) {
  return QString::fromUtf8(QJsonDocument(row).toJson(QJsonDocument::Compact));
}

// Empty when both hold the same rows in the same order, otherwise the first difference in words.
QString difference(const QByteArray& actualLines, const QByteArray& expectedLines) {
  const QList<QJsonObject> actual = rows(actualLines);
  const QList<QJsonObject> expected = rows(expectedLines);
  for (qsizetype i = 0; i < qMin(actual.size(), expected.size()); ++i) {
    if (actual[i] != expected[i]) {
      return QString("row %1 is\n  %2\nexpected\n  %3").arg(i).arg(text(actual[i]), text(expected[i]));
    }
  }
  if (actual.size() == expected.size()) return {};
  return QString("%1 rows, expected %2").arg(actual.size()).arg(expected.size());
}

// How a run is cut: nothing of it may show in the rows.
struct Cut {
  int batchRows;
  int threads;
};

void addCuts() {
  QTest::addColumn<int>("batchRows");
  QTest::addColumn<int>("threads");
  for (const Cut cut : {Cut{4096, 1}, {4096, 4}, {7, 1}, {7, 3}, {1, 1}, {1, 2}}) {
    QTest::addRow("batches of %d rows, threads: %d", cut.batchRows, cut.threads) << cut.batchRows << cut.threads;
  }
}

}  // namespace

class GoldenTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();

  void everyShippedTopologyIsTestedHere();
  void everyShippedTopologyIsClean_data() { addTopologies(); }
  void everyShippedTopologyIsClean();
  void everyShippedTopologyIsCanonical_data() { addTopologies(); }
  void everyShippedTopologyIsCanonical();

  void theKeptExpectationIsWhatItsScriptComputes();
  void flightDeparturesGiveTheExpectedRows_data() { addCuts(); }
  void flightDeparturesGiveTheExpectedRows();
  void ordersPerMinuteGiveTheExpectedRows_data() { addCuts(); }
  void ordersPerMinuteGiveTheExpectedRows();

 private:
  static constexpr int kOrders = 20'000;

  static QStringList shipped() {
    return QDir(weir::places::inRepository("topologies")).entryList({"*.weir"}, QDir::Files, QDir::Name);
  }
  void addTopologies();
  // Runs a topology to the end of its input in a folder of its own; the summary, or nothing after a failed check.
  std::optional<QJsonObject> run(const QString& name, const QDir& folder, const QStringList& params);

  QTemporaryDir folder_;
  QByteArray expectedOrders_;
  QHash<QString, QByteArray> firstBytes_;  // by topology: what the first run wrote
};

void GoldenTest::initTestCase() {
  QVERIFY(folder_.isValid());
  const Finished generated =
      start(weir::places::inBuild("bin/weir_generate_orders"),
            {"--out", folder_.filePath("orders"), "--events", QString::number(kOrders), "--files", "4", "--regions",
             "20", "--disorder", "5s", "--rate", "50", "--seed", "7"});
  QVERIFY2(generated.status == 0, qPrintable(generated.error));
  QStringList arguments{weir::places::inRepository("topologies/expected/orders_per_minute_by_region.py")};
  const QDir orders(folder_.filePath("orders"));
  for (const QString& file : orders.entryList({"*.ndjson"}, QDir::Files)) arguments.append(orders.filePath(file));
  const Finished expected = start(weir::places::python(), arguments);
  QVERIFY2(expected.status == 0, qPrintable(expected.error));
  QCOMPARE(expected.error.simplified(), QString("%1 counted, 0 late").arg(kOrders));
  expectedOrders_ = expected.out;
}

void GoldenTest::addTopologies() {
  QTest::addColumn<QString>("path");
  for (const QString& file : shipped())
    QTest::newRow(qPrintable(file)) << QDir(weir::places::inRepository("topologies")).filePath(file);
}

std::optional<QJsonObject> GoldenTest::run(const QString& name, const QDir& folder, const QStringList& params) {
  QFETCH(const int, batchRows);
  QFETCH(const int, threads);
  QStringList arguments{"run",          topology(name),
                        "--home",       folder.filePath("home"),
                        "--summary",    folder.filePath("summary.json"),
                        "--threads",    QString::number(threads),
                        "--batch-rows", QString::number(batchRows),
                        "--until-end"};
  for (const QString& param : params) arguments << "--param" << param;
  const Finished finished = start(weir::places::inBuild("bin/weir"), arguments);
  if (finished.status != 0) {
    QTest::qFail(qPrintable(QString("weir run ended with %1: %2").arg(finished.status).arg(finished.error)), __FILE__,
                 __LINE__);
    return std::nullopt;
  }
  return QJsonDocument::fromJson(contents(folder.filePath("summary.json"))).object();
}

void GoldenTest::everyShippedTopologyIsTestedHere() {
  QCOMPARE(shipped(), QStringList({"flight_departures.weir", "orders_per_minute_by_region.weir"}));
}

void GoldenTest::everyShippedTopologyIsClean() {
  QFETCH(const QString, path);
  const Finished finished = start(weir::places::inBuild("bin/weir"), {"check", path});
  QVERIFY2(finished.status == 0, qPrintable(QString::fromUtf8(finished.out) + finished.error));
}

void GoldenTest::everyShippedTopologyIsCanonical() {
  QFETCH(const QString, path);
  const Finished finished = start(weir::places::inBuild("bin/weir"), {"fmt", "--check", path});
  QVERIFY2(finished.status == 0, qPrintable(QString::fromUtf8(finished.out) + finished.error));
}

void GoldenTest::theKeptExpectationIsWhatItsScriptComputes() {
  const QDir computed(folder_.filePath("expected"));
  QVERIFY(computed.mkpath("."));
  const Finished finished =
      start(weir::places::python(),
            {weir::places::inRepository("topologies/expected/flight_departures.py"),
             weir::places::inRepository("topologies/data/flights/departures-2013-01.ndjson"), computed.path()});
  QVERIFY2(finished.status == 0, qPrintable(finished.error));
  for (const QString name : {"departures_per_hour.ndjson", "late_departures.ndjson"}) {
    const QByteArray kept = contents(QDir(weir::places::inRepository("topologies/expected")).filePath(name));
    QVERIFY2(!kept.isEmpty() && contents(computed.filePath(name)) == kept, qPrintable(name));
  }
}

void GoldenTest::flightDeparturesGiveTheExpectedRows() {
  const QTemporaryDir temporary;
  const QDir folder(temporary.path());
  const auto summary =
      run("flight_departures", folder,
          {"departures=" + weir::places::inRepository("topologies/data/flights/departures-2013-01.ndjson"),
           "results=" + folder.filePath("results-{task}.ndjson"), "late=" + folder.filePath("late-{task}.ndjson")});
  if (!summary) return;
  const QByteArray results = written(folder, "results");
  const QByteArray late = written(folder, "late");
  const QString resultsDiffer =
      difference(results, contents(weir::places::inRepository("topologies/expected/departures_per_hour.ndjson")));
  QVERIFY2(resultsDiffer.isEmpty(), qPrintable("results: " + resultsDiffer));
  const QString lateDiffer =
      difference(late, contents(weir::places::inRepository("topologies/expected/late_departures.ndjson")));
  QVERIFY2(lateDiffer.isEmpty(), qPrintable("late rows: " + lateDiffer));
  QCOMPARE(summary->value("events_in").toInteger(), 27'004);
  QCOMPARE(summary->value("late").toInteger(), 1'633);
  QCOMPARE(summary->value("dead_letters").toInteger(), 0);

  if (!firstBytes_.contains("flights")) firstBytes_.insert("flights", results + late);
  QVERIFY2(firstBytes_["flights"] == results + late, "the same rows, but not the same bytes as in the first run");
}

void GoldenTest::ordersPerMinuteGiveTheExpectedRows() {
  const QTemporaryDir temporary;
  const QDir folder(temporary.path());
  const auto summary = run("orders_per_minute_by_region", folder, {"orders=" + folder_.filePath("orders/*.ndjson")});
  if (!summary) return;
  const Finished read = start(weir::places::inBuild("bin/weir"),
                              {"topic", "read", "orders-per-minute-by-region", "--home", folder.filePath("home")});
  QVERIFY2(read.status == 0, qPrintable(read.error));
  const QString differ = difference(read.out, expectedOrders_);
  QVERIFY2(differ.isEmpty(), qPrintable(differ));
  QCOMPARE(summary->value("events_in").toInteger(), kOrders);
  QCOMPARE(summary->value("late").toInteger(), 0);
  QCOMPARE(summary->value("dead_letters").toInteger(), 0);

  if (!firstBytes_.contains("orders")) firstBytes_.insert("orders", read.out);
  QVERIFY2(firstBytes_["orders"] == read.out, "the same rows, but not the same bytes as in the first run");
}

WEIR_TEST(GoldenTest)
#include "golden_test.moc"
