// `weir run` as people and supervisors see it: exit statuses and sentences.
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr int kLimit = 60'000;  // milliseconds for one program

struct Finished {
  int status = -1;
  QByteArray out;
  QByteArray error;
};

// A folder with one file of rows and topologies over it.
class Workplace {
 public:
  Workplace() { write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\nnot json\n{\"id\":3}\n"); }

  QString path(const QString& name) const { return folder_.filePath(name); }

  void write(const QString& name, const QByteArray& text) const {
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
  }

  // source -> (one operator) -> sink
  QString topology(const QByteArray& use) const {
    const QByteArray middle = use.isEmpty() ? "" : R"(, { "id": "middle", "use": ")" + use + R"(", "params": {} })";
    const QByteArray edges =
        use.isEmpty() ? R"({ "from": "rows.out", "to": "out.in" })" : R"({ "from": "rows.out", "to": "middle.in" },
                                               { "from": "middle.out", "to": "out.in" })";
    write("t.weir", R"({ "weir": 1, "name": "t", "nodes": [
      { "id": "rows", "use": "file.source", "params": { "path": ")" +
                        path("rows.ndjson").toUtf8() + R"(", "format": "json.json",
          "schema": [{ "name": "id", "type": "int64", "nullable": false }] } },
      { "id": "out", "use": "file.sink", "params": { "path": ")" +
                        path("out.ndjson").toUtf8() + R"(", "format": "json.json" } })" + middle + R"(
    ], "edges": [)" + edges +
                        "] }");
    return path("t.weir");
  }

  Finished weir(const QStringList& arguments) const {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("WEIR_PLUGIN_PATH", WEIR_PLUGINS ":" WEIR_FIXTURES);
    process.setProcessEnvironment(environment);
    process.start(WEIR_RUNNER, arguments);
    if (!process.waitForFinished(kLimit)) {
      process.kill();
      process.waitForFinished();
      return {};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
  }
  Finished run(const QString& topology, const QStringList& more = {}) const {
    return weir(QStringList{"run", topology, "--home", path("home"), "--until-end"} + more);
  }

 private:
  QTemporaryDir folder_;
};

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class RunnerTest : public QObject {
  Q_OBJECT

 private slots:
  void aRunEndsWithItsRowsAndOneSentence() {
    const Workplace here;
    const Finished run = here.run(here.topology(""));
    QCOMPARE(run.status, 0);
    QCOMPARE(contents(here.path("out.ndjson")), QByteArray("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n"));
    QVERIFY2(run.error.contains("3 events in"), run.error);
    QVERIFY2(run.error.contains("1 dead letters"), run.error);
  }

  void aMalformedLineIsADeadLetterWithReasonNodePositionAndBytes() {
    const Workplace here;
    here.run(here.topology(""));
    const Finished read = here.weir({"topic", "read", "dead-letters", "--home", here.path("home")});
    QCOMPARE(read.status, 0);
    QVERIFY2(read.out.contains("\"node\":\"rows\""), read.out);
    QVERIFY2(read.out.contains("@18\""), read.out);
    QVERIFY2(read.out.contains(QByteArray("not json").toBase64()), read.out);
  }

  void aLineThatIsTooLongIsADeadLetterOfTheSource() {
    const Workplace here;
    here.write("rows.ndjson", "{\"id\":1}\n" + QByteArray(2 << 20, 'x') + "\n{\"id\":2}\n");
    const Finished run = here.run(here.topology(""));
    QCOMPARE(run.status, 0);
    QVERIFY2(run.error.contains("1 dead letters"), run.error);
    QCOMPARE(contents(here.path("out.ndjson")), QByteArray("{\"id\":1}\n{\"id\":2}\n"));
    here.run(here.topology(""));
    const Finished read = here.weir({"topic", "read", "dead-letters", "--home", here.path("home")});
    QCOMPARE(read.out.count('\n'), 1);
    QVERIFY2(read.out.contains("The line has 2097152 bytes; max_record allows 1048576."), read.out.left(300));
    QVERIFY2(read.out.contains("@9\""), read.out.left(300));
    QVERIFY(read.out.size() > 65536 && read.out.size() < 100'000);
  }

  void aSecondRunOverTheSameInputAddsNothing() {
    const Workplace here;
    const QString topology = here.topology("");
    here.run(topology);
    const QByteArray once = contents(here.path("out.ndjson"));
    const Finished again = here.run(topology);
    QCOMPARE(again.status, 0);
    QCOMPARE(contents(here.path("out.ndjson")), once);
  }

  void theWatchdogNamesTheNodeThatHangsAndEndsTheRunner() {
    const Workplace here;
    const Finished run = here.run(here.topology("hanging.sleeper"), {"--hang-limit", "1s"});
    QCOMPARE(run.status, 5);
    QVERIFY2(run.error.contains("node 'middle' (hanging.sleeper)"), run.error);
  }

  void anUnknownOperatorIsRefusedBeforeAnythingRuns() {
    const Workplace here;
    const Finished run = here.run(here.topology("std.filtr"));
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("Did you mean \"filter\"?"), run.error);
    QVERIFY(!QFile::exists(here.path("out.ndjson")));
  }

  void aWrongOptionIsNamed() {
    const Workplace here;
    const Finished run = here.run(here.topology(""), {"--threads", "many"});
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("--threads"), run.error);
  }
};

QTEST_GUILESS_MAIN(RunnerTest)
#include "runner_test.moc"
