// Commands and the files that people name to them: FIFOs, folders, what is not permitted, and output that nobody reads.
#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

#include <sys/stat.h>

namespace {

// A topology that is well and in canonical form.
const QByteArray kClean = R"({
  "weir": 1,
  "name": "t",
  "nodes": [
    {
      "id": "rows",
      "use": "file.source",
      "params": {
        "path": "rows.ndjson",
        "format": "json.json",
        "schema": [{ "name": "id", "type": "int64", "nullable": false }]
      }
    },
    {
      "id": "out",
      "use": "file.sink",
      "params": {
        "path": "out.ndjson",
        "format": "json.json"
      }
    }
  ],
  "edges": [
    { "from": "rows.out", "to": "out.in" }
  ]
}
)";

class Files : public Workplace {
 public:
  Files() {
    write("rows.ndjson", "{\"id\":1}\n{\"id\":2}\n");
    write("t.weir", kClean);
    made_ = ::mkfifo(path("fifo").toUtf8(), 0666) == 0 && QDir(path()).mkdir("folder");
  }
  bool made() const { return made_; }

 private:
  bool made_ = false;
};

}  // namespace

class CommandsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aFifoThatNobodyWritesToHoldsNoCommand_data() {
    QTest::addColumn<QStringList>("command");
    QTest::newRow("check") << QStringList{"check", "fifo"};
    QTest::newRow("fmt") << QStringList{"fmt", "fifo"};
    QTest::newRow("fmt --check") << QStringList{"fmt", "--check", "fifo"};
    QTest::newRow("diff") << QStringList{"diff", "t.weir", "fifo"};
    QTest::newRow("draw") << QStringList{"draw", "fifo"};
    QTest::newRow("draw -o") << QStringList{"draw", "t.weir", "-o", "fifo"};
    QTest::newRow("run") << QStringList{"run", "fifo"};
    QTest::newRow("run --summary") << QStringList{"run", "t.weir", "--until-end", "--summary", "fifo"};
    QTest::newRow("home list") << QStringList{"home", "list", "fifo"};
    QTest::newRow("plugin-check") << QStringList{"plugin-check", "fifo"};
  }
  void aFifoThatNobodyWritesToHoldsNoCommand() {
    QFETCH(QStringList, command);
    const Files here;
    QVERIFY(here.made());
    const Finished ended = here.weir(command);
    QVERIFY2(ended.status == 2 || ended.status == 3, ended.out + ended.error);
    QVERIFY2((ended.out + ended.error).contains("fifo"), ended.out + ended.error);
    QVERIFY(QFileInfo(here.path("fifo")).exists() && !QFileInfo(here.path("fifo")).isFile());
  }

  void aFolderIsNoTopology_data() {
    QTest::addColumn<QStringList>("command");
    for (const char* command : {"check", "fmt", "draw", "run"})
      QTest::newRow(command) << QStringList{command, "folder"};
    QTest::newRow("diff") << QStringList{"diff", "t.weir", "folder"};
    QTest::newRow("home list") << QStringList{"home", "list", "folder"};
  }
  void aFolderIsNoTopology() {
    QFETCH(QStringList, command);
    const Files here;
    const Finished ended = here.weir(command);
    QCOMPARE(ended.status, 2);
    QVERIFY2(ended.error.contains("folder is "), ended.error);
  }

  void whatMayNotBeReadSaysWhoMayNotAndWhatToChange() {
    Files here;
    if (!here.becomeNobody()) QSKIP("another user may not run what was built here");
    QVERIFY(QFile::setPermissions(here.path("t.weir"), {}));
    for (const char* command : {"check", "fmt", "draw", "run"}) {
      const Finished ended = here.weir({command, "t.weir"});
      QCOMPARE(ended.status, 2);
      QVERIFY2(ended.error.contains("t.weir cannot be opened: Permission denied. User "), ended.error);
      QVERIFY2(ended.error.contains("may not read t.weir, which belongs to "), ended.error);
      QVERIFY2(ended.error.contains("with mode 0000: change one or the other (chown, chmod), or run Weir as "),
               ended.error);
    }
  }

  void aHomeThatMayNotBeMadeIsNotTakenForABusyOne() {
    Files here;
    if (!here.becomeNobody()) QSKIP("another user may not run what was built here");
    QVERIFY(QFile::setPermissions(here.path("folder"), QFile::ReadOwner | QFile::ExeOwner | QFile::ExeOther));
    const Finished ended = here.weir({"run", "t.weir", "--until-end", "--home", "folder/home"});
    QCOMPARE(ended.status, 2);
    QVERIFY2(ended.error.contains("may not write to folder, which belongs to "), ended.error);
    QVERIFY2(ended.error.contains("--home names another folder."), ended.error);
  }

  void whatComesOutOfAPipeIsReadWhereNothingIsWrittenBack() {
    const Files here;
    for (const char* input : {"<(cat t.weir)", "/dev/stdin < t.weir", "- < t.weir", "/dev/stdin < <(cat t.weir)"}) {
      const Finished checked = here.shell(QString("$weir check ") + input);
      QVERIFY2(checked.status == 0, checked.out + checked.error);
      QCOMPARE(here.shell(QString("$weir fmt --check ") + input).status, 0);
      QVERIFY(here.shell(QString("$weir draw ") + input).out.startsWith("<svg"));
    }
    QCOMPARE(here.shell("$weir diff t.weir <(sed s/out.ndjson/other/ t.weir)").status, 1);
    const Finished both = here.shell("cat t.weir > fifo & $weir check fifo; wait");
    QVERIFY2(both.status == 0, both.out + both.error);
    for (const char* input : {"<(cat t.weir)", "- < t.weir"}) {
      const Finished refused = here.shell(QString("$weir fmt ") + input);
      QCOMPARE(refused.status, 2);
      QVERIFY2(refused.error.contains("is no regular file: `weir fmt` writes a file anew in its place."),
               refused.error);
    }
    QVERIFY(!QFile::exists(here.path("-")));
  }

  void anOutputThatNobodyReadsAnyMoreEndsTheCommandQuietly_data() {
    QTest::addColumn<QString>("command");
    QTest::newRow("read --follow") << "topic read rows --follow";
    QTest::newRow("read") << "topic read rows";
    QTest::newRow("list") << "topic list --all";
  }
  // Whoever reads takes a row and goes, or goes at once: both are known without another row.
  void anOutputThatNobodyReadsAnyMoreEndsTheCommandQuietly() {
    QFETCH(QString, command);
    const Files here;
    QByteArray rows;
    for (int id = 0; id < 200'000; ++id) rows += "{\"id\":" + QByteArray::number(id) + "}\n";
    here.write("rows.ndjson", rows);
    QByteArray text = kClean;
    text.replace("\"edges\": [\n",
                 "\"topics\": [{ \"id\": \"rows_kept\", \"topic\": \"rows\" }],\n  \"edges\": [\n"
                 "    { \"from\": \"rows.out\", \"to\": \"rows_kept\" },\n");
    here.write("t.weir", text);
    const Finished ran = here.weir({"run", "t.weir", "--until-end"});
    QVERIFY2(ran.status == 0, ran.error);
    const Finished one = here.shell("$weir " + command + " | head -n 1; echo ${PIPESTATUS[0]}");
    QVERIFY2(one.out.endsWith("\n141\n") || (command.startsWith("topic list") && one.out.endsWith("\n0\n")), one.out);
    QCOMPARE(one.out.count('\n'), 2);
    QCOMPARE(one.error, QByteArray());
    // Where the signal is ignored the write is what tells.
    const Finished none = here.shell("trap '' PIPE; $weir " + command + " | true; echo ${PIPESTATUS[0]}");
    QVERIFY2(none.out == "141\n" || none.out == "0\n", none.out);
    QCOMPARE(none.error, QByteArray());
  }

  void whatTheLogKeepsForItselfIsNoTopicToRead() {
    const Files here;
    QCOMPARE(here.weir({"run", "t.weir", "--until-end"}).status, 0);
    for (const char* name : {"changelog.rows", "changelog.$home"}) {
      const Finished ended = here.weir({"topic", "read", name});
      QCOMPARE(ended.status, 2);
      QVERIFY2(ended.error.contains(QByteArray("'") + name + "' holds what the log keeps for itself"), ended.error);
    }
    QVERIFY(here.weir({"topic", "read", "changelog.nobody"}).error.contains("There is no topic 'changelog.nobody'"));
  }
};

WEIR_TEST(CommandsTest)
#include "commands_test.moc"
