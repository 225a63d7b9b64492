// `weir check` and `weir run` on the files that a topology names: nothing is destroyed, and nothing is left out without
// a word.
#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

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

 private Q_SLOTS:
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
    QVERIFY2(ran.error.contains("as whom Weir runs, may not read rows, which belongs to"), ran.error);
  }

  void oneUnreadableFileOfAPatternIsSaidByCheck() {
    Folder here;
    if (!here.becomeNobody()) QSKIP("another user may not run what was built here");
    QVERIFY(QDir(here.path()).mkdir("in"));
    here.write("in/a", kRows);
    here.write("in/b", kRows);
    QVERIFY(QFile::setPermissions(here.path("in/b"), {}));
    const Finished checked = here.weir({"check", here.topology("\"in/*\"", "\"out\"")});
    QCOMPARE(checked.status, 1);
    QVERIFY2(checked.out.contains("warning WEIR1214: \"in/b\" cannot be read: Permission denied. User "), checked.out);
    QCOMPARE(checked.out.count("WEIR1214"), 1);
  }

  void nothingIsWrittenOverTheTopologyOrInItsHome_data() {
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("the topology") << QByteArray("t.weir")
                                  << QByteArray("WEIR1211: \"out\" writes \"t.weir\", which is the topology itself.");
    QTest::newRow("the journal")
        << QByteArray("t.weir-home/log/journal")
        << QByteArray(
               "WEIR1215: \"out\" writes \"t.weir-home/log/journal\", which belongs to the home \"t.weir-home\".");
  }
  void nothingIsWrittenOverTheTopologyOrInItsHome() {
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, said);
    const Folder here;
    here.write("rows", kRows);
    QCOMPARE(here.weir({"run", here.topology("\"rows\"", "\"out\""), "--until-end"}).status, 0);
    here.topology("\"rows\"", "\"" + to + "\"");
    const QByteArray before = contents(here.path(to));
    const Finished checked = here.weir({"check", "t.weir"});
    QCOMPARE(checked.status, 2);
    QVERIFY2(checked.out.contains("error " + said), checked.out);
    const Finished ran = here.weir({"run", "t.weir", "--until-end"});
    QCOMPARE(ran.status, 2);
    QCOMPARE(ran.error, checked.out);
    QCOMPARE(contents(here.path(to)), before);
  }

  void aPatternReadsNeitherItsHomeNorWhatIsNotCommitted() {
    const Folder here;
    QVERIFY(QDir(here.path()).mkpath("in/deep"));
    here.write("in/deep/rows", kRows);
    here.write("in/out.0123456789abcdef.uncommitted", "{\"n\":9}\n");
    const QString file = here.topology("\"in/**/*\"", "\"out\"");
    const Finished checked = here.weir({"check", file});
    QVERIFY2(!checked.out.contains("WEIR1216"), checked.out);
    for (const char* events : {"2 events in", "0 events in"}) {
      const Finished ran = here.weir({"run", file, "--home", "in/home", "--until-end"});
      QVERIFY2(ran.status == 0 && ran.error.contains(events) && ran.error.contains("0 dead letters"), ran.error);
    }
    const Finished met = here.weir({"check", file});
    QVERIFY2(met.status == 0 && met.out.contains("info WEIR1216: \"in/**/*\" meets what the home "), met.out);
    QCOMPARE(contents(here.path("out")), kRows);
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

  void noOutputOfACommandWritesOverWhatTheTopologyHas_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("topology") << "./t.weir"
                              << QByteArray("WEIR1211: %1 writes \"./t.weir\", which is the topology itself.");
    QTest::newRow("input") << "x/../rows"
                           << QByteArray("WEIR1211: %1 writes \"x/../rows\", which \"in\" reads (\"rows\")");
    QTest::newRow("another name of the input")
        << "hard" << QByteArray("WEIR1211: %1 writes \"hard\", which \"in\" reads");
    QTest::newRow("through a link") << "link" << QByteArray("WEIR1211: %1 writes \"link\", which \"in\" reads");
    QTest::newRow("output") << "out" << QByteArray("WEIR1212: %1 and \"out\" write one file: \"out\".");
    QTest::newRow("home") << "t.weir-home/log/journal"
                          << QByteArray("WEIR1215: %1 writes \"t.weir-home/log/journal\", which belongs to the home");
  }
  void noOutputOfACommandWritesOverWhatTheTopologyHas() {
    QFETCH(QString, path);
    QFETCH(QByteArray, said);
    const Folder here;
    here.write("rows", kRows);
    const QString file = here.topology("\"rows\"", "\"out\"");
    QCOMPARE(here.weir({"run", file, "--until-end"}).status, 0);
    QVERIFY(QFile::link("rows", here.path("link")));
    QCOMPARE(::link(here.path("rows").toUtf8().constData(), here.path("hard").toUtf8().constData()), 0);
    const QByteArray before = contents(here.path(path));
    for (const QStringList& command :
         {QStringList{"run", file, "--until-end", "--summary", path}, QStringList{"draw", file, "-o", path}}) {
      const Finished refused = here.weir(command);
      QCOMPARE(refused.status, 2);
      const QByteArray expected =
          QByteArray("error ") + QByteArray(said).replace("%1", command[command.size() - 2].toUtf8());
      QVERIFY2(refused.error.contains(expected), refused.error);
      QCOMPARE(contents(here.path(path)), before);
    }
  }

  void anOutputOfACommandElsewhereIsWritten() {
    const Folder here;
    here.write("rows", kRows);
    const QString file = here.topology("\"rows\"", "\"out\"");
    QCOMPARE(here.weir({"run", file, "--until-end", "--summary", "summary"}).status, 0);
    QVERIFY(contents(here.path("summary")).contains("\"events_in\":2"));
    QCOMPARE(here.weir({"draw", file, "-o", "summary"}).status, 0);
    QVERIFY(contents(here.path("summary")).startsWith("<svg"));
    QVERIFY(here.weir({"draw", file, "-o", "/dev/stdout"}).out.startsWith("<svg"));
  }

  void anEmptyPathIsAnErrorWithAPlace() {
    const Folder here;
    here.write("rows", kRows);
    for (const auto& [from, to] : {std::pair("\"\"", "\"out\""), std::pair("\"rows\"", "\"\"")}) {
      const QString file = here.topology(from, to);
      const Finished checked = here.weir({"check", file});
      QCOMPARE(checked.status, 2);
      QVERIFY2(
          checked.out.contains(": error WEIR1202: \"path\" is empty.") && checked.out.startsWith(file.toUtf8() + ":"),
          checked.out);
      QCOMPARE(here.run(file).error, checked.out);
    }
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
    QVERIFY2(ran.error.contains("Cannot open rows: Permission denied. User "), ran.error);
  }

  void whatFailsInOneWayIsSaidOnceAndAtTheEnd() {
    Folder here;
    here.write("rows", kRows);
    if (!here.becomeNobody()) QSKIP("another user may not run what was built here");
    QVERIFY(QFile::setPermissions(here.path("rows"), {}));
    const QString file = here.topology("\"rows\"", "\"out\"");
    const Finished ran = here.weir({"run", file, "--home", here.path("home"), "--until-end", "--restarts", "2"});
    QCOMPARE(ran.status, 3);
    QCOMPARE(ran.error.count("Cannot open rows: "), 2);
    QVERIFY2(ran.error.contains("It was tried 2 more times from the last commit, in vain."), ran.error);
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

WEIR_TEST(PathsTest)
#include "paths_test.moc"
