// `weir check` and `weir run` on the files that a drawing names: nothing is destroyed, and nothing is left out without
// a word.
#include "workplace.hpp"

namespace {

class Folder : public Workplace {
 public:
  // Source "in" -> sink "out", and a topic beside it; paths as JSON texts.
  QString topology(const QByteArray& from, const QByteArray& to, const QByteArray& topic = "\"rows\"") const {
    write("t.weir", R"({ "weir": 1, "name": "t", "nodes": [
      { "id": "in", "use": "file.source", "params": { "path": )" +
                        from + R"(, "format": "json.json", "schema": [{ "name": "n", "type": "int64" }] } },
      { "id": "out", "use": "file.sink", "params": { "path": )" +
                        to + R"(, "existing": "replace" } } ],
      "topics": [{ "id": "copy", "topic": )" +
                        topic + R"( }],
      "edges": [{ "from": "in.out", "to": "out.in" }, { "from": "in.out", "to": "copy" }] })");
    return path("t.weir");
  }
  Finished runOn(const QString& topology, const QString& inputFile) const {
    QProcess process;
    process.setStandardInputFile(inputFile);
    start(process, {"run", topology, "--home", path("home"), "--until-end"});
    return finish(process);
  }
  Finished run(const QString& topology, const QByteArray& input = {}) const {
    QProcess process;
    start(process, {"run", topology, "--home", path("home"), "--until-end"});
    process.write(input);
    process.closeWriteChannel();
    return finish(process);
  }
};

const QByteArray kRows = "{\"n\":1}\n{\"n\":2}\n";

}  // namespace

class PathsTest : public QObject {
  Q_OBJECT

 private slots:
  void aSinkThatWouldDestroyIsRefusedByCheckAndRun_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("its source") << QByteArray("\"rows\"") << QByteArray("\"rows\"") << QByteArray("WEIR1211");
    QTest::newRow("its source, in other words")
        << QByteArray("\"rows\"") << QByteArray("\"x/../rows\"") << QByteArray("WEIR1211");
    QTest::newRow("what a link leads to") << QByteArray("\"link\"") << QByteArray("\"rows\"") << QByteArray("WEIR1211");
    QTest::newRow("within a pattern") << QByteArray("\"*\"") << QByteArray("\"out\"") << QByteArray("WEIR1211");
    QTest::newRow("through a link to a folder")
        << QByteArray("\"here/*\"") << QByteArray("\"out\"") << QByteArray("WEIR1211");
    QTest::newRow("a link") << QByteArray("\"rows\"") << QByteArray("\"link\"") << QByteArray("WEIR1213");
    QTest::newRow("a device") << QByteArray("\"rows\"") << QByteArray("\"/dev/null\"") << QByteArray("WEIR1213");
    QTest::newRow("a folder that is not there")
        << QByteArray("\"rows\"") << QByteArray("\"to/\"") << QByteArray("WEIR1213");
    QTest::newRow("through a file") << QByteArray("\"rows\"") << QByteArray("\"rows/a/b\"") << QByteArray("WEIR1213");
    QTest::newRow("a NUL") << QByteArray("\"rows\"") << QByteArray("\"out\\u0000.txt\"") << QByteArray("WEIR1010");
  }
  void aSinkThatWouldDestroyIsRefusedByCheckAndRun() {
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, code);
    const Folder here;
    here.write("rows", kRows);
    QVERIFY(QFile::link("rows", here.path("link")) && QFile::link(".", here.path("here")));
    const QString file = here.topology(from, to);
    const Finished checked = here.weir({"check", file});
    const Finished ran = here.run(file);
    QCOMPARE(checked.status, 2);
    QCOMPARE(ran.status, 2);
    QVERIFY2(checked.out.contains("error " + code), checked.out);
    QCOMPARE(ran.error, checked.out);
    QCOMPARE(contents(here.path("rows")), kRows);
    QVERIFY(QFileInfo(here.path("link")).isSymLink());
    QVERIFY(!QFile::exists(here.path("out")));
  }

  void whatIsNotPermittedIsSaidByCheckAndRunAndBySomebodyWhoKnows() {
    Folder here;
    if (!here.becomeNobody()) QSKIP("another user may not run what was built here");
    here.write("rows", kRows);
    QVERIFY(QDir(here.path()).mkdir("closed"));
    const QString closed = here.path("closed");
    QVERIFY(QFile::setPermissions(closed, QFile::ReadOwner | QFile::ExeOwner | QFile::ExeOther));
    QVERIFY(QFile::setPermissions(here.path("rows"), {}));
    const QString file = here.topology("\"rows\"", "\"closed/out\"");
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::ReadOther));
    const Finished checked = here.weir({"check", file});
    QCOMPARE(checked.status, 1);
    QVERIFY2(checked.out.contains("warning WEIR1214: \"rows\" cannot be read: Permission denied. User "), checked.out);
    QVERIFY2(checked.out.contains("warning WEIR1214: \"closed/out\" cannot be made: Permission denied. User "),
             checked.out);
    const Finished ran = here.weir({"run", file, "--home", here.path("home"), "--until-end", "--restarts", "0"});
    QVERIFY2(ran.status == 3 || ran.status == 2, ran.error);
    QVERIFY2(ran.error.startsWith(checked.out), ran.error);
    QVERIFY2(ran.error.contains("as whom Weir runs, may not; change the owner or mode"), ran.error);
  }

  void missingFoldersOfAResultAreMade() {
    const Folder here;
    here.write("rows", kRows);
    const QString file = here.topology("\"rows\"", "\"a/b/out\"");
    const Finished checked = here.weir({"check", file});
    QVERIFY2(!checked.out.contains("error"), checked.out);
    QCOMPARE(here.run(file).status, 0);
    QCOMPARE(contents(here.path("a/b/out")), kRows);
  }

  void aTopicWithANameOfTheLogIsRefusedBeforeTheHomeIsTouched() {
    const Folder here;
    here.write("rows", kRows);
    const Finished ran = here.run(here.topology("\"rows\"", "\"out\"", "\"changelog.rows\""));
    QCOMPARE(ran.status, 2);
    QVERIFY2(ran.error.contains("WEIR1114"), ran.error);
    QVERIFY(!QFile::exists(here.path("home")));
  }

  void aSummaryDoesNotWriteOverTheDrawing() {
    const Folder here;
    here.write("rows", kRows);
    const QString file = here.topology("\"rows\"", "\"out\"");
    const QByteArray before = contents(here.path("t.weir"));
    const Finished ran = here.weir({"run", file, "--home", here.path("home"), "--summary", "./t.weir"});
    QCOMPARE(ran.status, 2);
    QVERIFY2(ran.error.contains("names the topology itself"), ran.error);
    QCOMPARE(contents(here.path("t.weir")), before);
  }

  void bracketsInANameAreThatName() {
    const Folder here;
    here.write("a[1]", kRows);
    here.write("a1", "{\"n\":7}\n");
    QCOMPARE(here.run(here.topology("\"a[1]\"", "\"out\"")).status, 0);
    QCOMPARE(contents(here.path("out")), kRows);
  }

  void standardInputIsReadToItsEndAndToldOf() {
    const Folder here;
    const QString file = here.topology("\"/dev/stdin\"", "\"out\"");
    const Finished checked = here.weir({"check", file});
    QCOMPARE(checked.status, 1);
    QVERIFY2(checked.out.contains("warning WEIR1407"), checked.out);
    const Finished ran = here.run(file, kRows + "{\"n\":3}");
    QCOMPARE(ran.status, 0);
    QVERIFY2(ran.error.contains("warning WEIR1407") && ran.error.contains("3 events in"), ran.error);
    QCOMPARE(contents(here.path("out")), kRows + "{\"n\":3}\n");
  }

  void aDeviceWithoutRowsOrWithoutEndIsRefusedByCheckAndRun() {
    const Folder here;
    for (const char* device : {"/dev/zero", "/dev/null"}) {
      const QString file = here.topology(QByteArray("\"") + device + "\"", "\"out\"");
      const QByteArray said = QByteArray("\"") + device + "\" leads to a device that has no rows, or no end.";
      const Finished checked = here.weir({"check", file});
      QCOMPARE(checked.status, 2);
      QVERIFY2(checked.out.contains(said), checked.out);
      const Finished ran = here.run(file);
      QCOMPARE(ran.status, 2);
      QVERIFY2(ran.error.contains(said), ran.error);
    }
  }

  void anInputThatIsClosedIsNoEmptyInput() {
    const Folder here;
    const Finished ran = here.runOn(here.topology("\"/dev/stdin\"", "\"out\""), "/dev/null");
    QCOMPARE(ran.status, 2);
    QVERIFY2(ran.error.contains("The standard input is closed, or is /dev/null"), ran.error);
    QVERIFY(!QFile::exists(here.path("out")));
  }

  void aFileThatMayNotBeReadIsSaidWithWhoRunsWeir() {
    Folder here;
    here.write("rows", kRows);
    if (!here.becomeNobody()) QSKIP("another user may not run what was built here");
    QVERIFY(QFile::setPermissions(here.path("rows"), QFile::WriteOwner));
    const QString file = here.topology("\"rows\"", "\"out\"");
    const Finished ran = here.weir({"run", file, "--home", here.path("home"), "--until-end", "--restarts", "0"});
    QVERIFY(ran.status != 0);
    QVERIFY2(ran.error.contains("Cannot open rows (Permission denied: user "), ran.error);
  }

  void whatTheFirstVersionLeftBesideAResultIsSaidOnceAndKept() {
    const Folder here;
    here.write("rows", kRows);
    here.write("out.uncommitted", "precious");
    const Finished ran = here.run(here.topology("\"rows\"", "\"out\""));
    QCOMPARE(ran.status, 0);
    QVERIFY2(ran.error.count("out.uncommitted is not of this run") == 1, ran.error);
    QCOMPARE(contents(here.path("out")), kRows);
    QCOMPARE(contents(here.path("out.uncommitted")), QByteArray("precious"));
  }

  void aFileBehindTheStandardInputIsAFile() {
    const Folder here;
    here.write("rows", kRows);
    const QString file = here.topology("\"/dev/stdin\"", "\"out\"");
    for (int i = 0; i < 2; ++i) {
      const Finished ran = here.runOn(file, here.path("rows"));
      QCOMPARE(ran.status, 0);
      QVERIFY2(!ran.error.contains("WEIR1407"), ran.error);
      QVERIFY2(ran.error.contains(i == 0 ? "2 events in" : "0 events in"), ran.error);
    }
    QCOMPARE(contents(here.path("out")), kRows);
  }
};

QTEST_GUILESS_MAIN(PathsTest)
#include "paths_test.moc"
