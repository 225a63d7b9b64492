// `weir run` as people and supervisors see it: exit statuses and sentences.
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

class RunnerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
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
    const Finished run = here.run(here.topology("hanging.sleeper"), {"--hang-limit", "4s"});
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

  // The rules are the same for all commands: what `weir plugins` refuses, `weir run` does not use.
  void aPluginThatOthersMayWriteToIsNotUsedAndSaidSo() {
    Workplace here;
    QVERIFY(QDir().mkdir(here.path("own")));
    const QString copy = here.path("own/open.so");
    QVERIFY(QFile::copy(weir::places::inBuild("fixtures/fixture_good.so"), copy));
    QVERIFY(QFile::setPermissions(copy, QFile::permissions(copy) | QFile::WriteOther));
    here.pluginPath = weir::places::inBuild("plugins") + ":" + here.path("own");
    const Finished run = here.run(here.topology("good.echo"));
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("open.so is not used: Others may write to "), run.error);
    QVERIFY2(run.error.contains("There is no plugin \"good\""), run.error);
    const Finished plugins = here.weir({"plugins"});
    QVERIFY2(plugins.out.contains("Others may write to "), plugins.out);
  }

  void theAllowListCountsForARun() {
    Workplace here;
    here.write("allowed", QByteArray(64, 'a') + "  some.so\n");
    here.allowList = here.path("allowed");
    const Finished run = here.run(here.topology(""));
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("which is not on the allow-list"), run.error);
    QVERIFY(!QFile::exists(here.path("out.ndjson")));
    here.allowList = here.path("nowhere");
    QVERIFY(here.run(here.topology("")).error.contains("cannot be read"));
  }

  void theLimitOfOpenFilesIsRaisedAsFarAsItMay() {
    const Workplace here;
    here.topology("");
    const Finished run = here.shell("ulimit -Sn 12 && exec $weir run t.weir --home home --until-end");
    QVERIFY2(run.status == 0, run.error);
    QCOMPARE(contents(here.path("out.ndjson")).count('\n'), 3);
  }

  void aWrongOptionIsNamed() {
    const Workplace here;
    const Finished run = here.run(here.topology(""), {"--threads", "many"});
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("--threads"), run.error);
  }

  void keepingWindowsOpenAtTheEndNeedsAnEnd() {
    const Workplace here;
    const Finished run = here.weir({"run", here.topology(""), "--home", here.path("home"), "--keep-open"});
    QCOMPARE(run.status, 2);
    QVERIFY2(run.error.contains("it needs --until-end"), run.error);
  }
};

WEIR_TEST(RunnerTest)
#include "run_test.moc"
