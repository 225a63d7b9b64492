// Looking into a home: `weir topic` and `weir home list`, with a runner at work and without.
#include <QJsonDocument>
#include <QJsonObject>

#include "tests/program/test.hpp"
#include "tests/runner/workplace.hpp"

namespace {

class Home : public Workplace {
 public:
  Home() { write("rows.ndjson", ""); }
  void append(const QByteArray& rows) const { Workplace::append("rows.ndjson", rows); }
  // rows -> topic `kept` -> a filter that keeps positions -> out
  QString topology(const QByteArray& columns, const QByteArray& settings = "",
                   const QByteArray& reader = "read") const {
    write("t.weir", R"({ "weir": 1, "name": "t", "nodes": [
        { "id": "rows", "use": "file.source", "params": { "path": ")" +
                        path("rows.ndjson").toUtf8() + R"(", "follow": true, "format": "json.json", "schema": [)" +
                        columns + R"(] } },
        { "id": ")" + reader +
                        R"(", "use": "file.sink", "params": { "path": ")" + path("out.ndjson").toUtf8() +
                        R"(", "format": "json.json" } } ],
        "topics": [{ "id": "kept")" +
                        settings + R"( }],
        "edges": [{ "from": "rows.out", "to": "kept" }, { "from": "kept", "to": ")" +
                        reader + R"(.in" }] })");
    return path("t.weir");
  }
  // rows -> topic `kept`, which nobody reads yet
  QString writer(const QByteArray& columns) const {
    write("writer.weir",
          R"({ "weir": 1, "name": "t", "nodes": [
        { "id": "rows", "use": "file.source", "params": { "path": ")" +
              path("rows.ndjson").toUtf8() + R"(", "format": "json.json", "schema": [)" + columns +
              R"(] } }], "topics": [{ "id": "kept" }], "edges": [{ "from": "rows.out", "to": "kept" }] })");
    return path("writer.weir");
  }
  QStringList with(const QStringList& arguments) const { return arguments + QStringList{"--home", path("home")}; }
  Finished weir(const QStringList& arguments) const { return Workplace::weir(with(arguments)); }
  Finished run(const QString& topology) const { return weir({"run", topology, "--until-end"}); }
};

const QByteArray kId = R"({ "name": "id", "type": "int64", "nullable": false })";
const QByteArray kTextId = R"({ "name": "id", "type": "string", "nullable": false })";
const QByteArray kIdAndName = kId + R"(, { "name": "name", "type": "string" })";

}  // namespace

class LookTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void topicsAreReadAndFollowedWhileTheJobRuns() {
    const Home home;
    home.append("{\"id\":1}\n{\"id\":2}\n");
    Running job(home, home.with({"run", home.topology(kId)}));
    QTRY_COMPARE_WITH_TIMEOUT(contents(home.path("out.ndjson")).count('\n'), 2, kLimit);
    Running following(home, home.with({"topic", "read", "kept", "--follow"}));
    QCOMPARE(following.lines(2), QByteArray("{\"id\":1}\n{\"id\":2}\n"));
    home.append("{\"id\":3}\n");
    QCOMPARE(following.lines(3), QByteArray("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n"));
    QCOMPARE(home.weir({"topic", "read", "kept"}).out, QByteArray("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n"));
    const Finished list = home.weir({"topic", "list"});
    QVERIFY2(list.out.contains("kept\t1 partition\t3 rows\t"), list.out);
    QCOMPARE(job.process.state(), QProcess::Running);
    QCOMPARE(job.stop().status, 0);
  }

  void followingEndsAtItsLimit() {
    const Home home;
    home.append("{\"id\":1}\n{\"id\":2}\n");
    QCOMPARE(home.run(home.topology(kId)).status, 0);
    const Finished read = home.weir({"topic", "read", "kept", "--follow", "--limit", "1"});
    QCOMPARE(read.status, 0);
    QCOMPARE(read.out, QByteArray("{\"id\":1}\n"));
  }

  void aHomeThatIsNoneIsNotMade() {
    const Home home;
    const Finished list = home.weir({"topic", "list"});
    QCOMPARE(list.status, 2);
    QVERIFY2(list.error.contains("There is no home"), list.error);
    QVERIFY(!QFile::exists(home.path("home")));
  }

  void rowsFromBeforeAColumnWasAddedStayReadable() {
    const Home home;
    home.append("{\"id\":1}\n");
    QCOMPARE(home.run(home.topology(kId)).status, 0);
    home.append("{\"id\":2,\"name\":\"b\"}\n");
    const Finished second = home.run(home.topology(kIdAndName));
    QVERIFY2(second.status == 0, second.error);
    QCOMPARE(home.weir({"topic", "read", "kept"}).out, QByteArray("{\"id\":1}\n{\"id\":2,\"name\":\"b\"}\n"));
  }

  void aReaderThatComesLaterGetsOldRowsWithNull() {
    const Home home;
    home.append("{\"id\":1}\n");
    QCOMPARE(home.run(home.writer(kId)).status, 0);
    home.append("{\"id\":2,\"name\":\"b\"}\n");
    const Finished both = home.run(home.topology(kIdAndName));
    QVERIFY2(both.status == 0, both.error);
    QCOMPARE(contents(home.path("out.ndjson")), QByteArray("{\"id\":1,\"name\":null}\n{\"id\":2,\"name\":\"b\"}\n"));
  }

  void theHomeSaysWhatItKeepsAndWhoseItIs() {
    const Home home;
    home.append("{\"id\":1}\n");
    QCOMPARE(home.run(home.topology(kId)).status, 0);
    const QByteArray all = home.weir({"home", "list"}).out;
    QVERIFY2(all.contains("rows\t") && all.contains("read\t") && all.contains("(log)\t"), all);
    const QByteArray some = home.weir({"home", "list", home.writer(kId)}).out;
    QVERIFY2(some.contains("\tunclaimed"), some);
    for (const QByteArray& line : some.split('\n')) {
      if (line.startsWith("rows\t")) QVERIFY2(line.endsWith("\tclaimed"), line);
      if (line.startsWith("read\t")) QVERIFY2(line.endsWith("\tunclaimed"), line);
    }
  }

  void whatNobodyDrawsIsDropped() {
    const Home home;
    home.append("{\"id\":1}\n");
    const QString topology = home.topology(kId);
    QCOMPARE(home.run(topology).status, 0);
    const Finished claimed = home.weir({"home", "drop", "read", topology});
    QCOMPARE(claimed.status, 2);
    QVERIFY2(claimed.error.contains("goes on from"), claimed.error);
    QCOMPARE(home.weir({"home", "drop", "read"}).status, 2);  // no topology says that it is gone
    QVERIFY(home.weir({"home", "list"}).out.contains("read\t"));
    const Finished dropped = home.weir({"home", "drop", "read", home.writer(kId)});
    QVERIFY2(dropped.status == 0, dropped.error);
    QVERIFY(!home.weir({"home", "list"}).out.contains("read\t"));
    QVERIFY(!home.weir({"topic", "list", "--all"}).out.contains("changelog.read\t"));
    QCOMPARE(home.weir({"home", "drop", "read", home.writer(kId)}).status, 2);
  }

  void deadLettersGoByTheirRetentionAndAreCounted() {
    const Home home;
    const QByteArray bad(4000, 'x');  // and a number: equal texts of a block are stored once
    const QString topology = home.topology(kId);
    constexpr int kRuns = 4;
    qlonglong removed = 0;
    for (int i = 0; i < kRuns; ++i) {
      QByteArray lines;
      for (int line = 0; line < 400; ++line) lines += bad + QByteArray::number(400 * i + line) + "\n";
      home.append(lines);
      const Finished run = home.weir(
          {"run", topology, "--until-end", "--dead-letter-disk", "1", "--summary", home.path("summary.json")});
      QVERIFY2(run.status == 0, run.error);
      const QJsonObject summary = QJsonDocument::fromJson(contents(home.path("summary.json"))).object();
      QCOMPARE(summary["dead_letters"].toInteger(), 400);
      removed += summary["dead_letters_removed"].toInteger();
    }
    const qlonglong kept = home.weir({"topic", "read", "dead-letters"}).out.count('\n');
    QCOMPARE(removed + kept, 400 * kRuns);
    QVERIFY(kept <= 800);  // a MiB holds some 260 of them, and those of the last commit are still there
  }

  void aTopicKeepsNoMoreThanItsBytes() {
    const Home home;
    const QString topology = home.topology(kIdAndName, R"(, "retention_bytes": 300000)");
    for (int i = 0; i < 4; ++i) {
      QByteArray lines;
      for (int line = 0; line < 400; ++line) {
        const QByteArray id = QByteArray::number(400 * i + line);
        lines += "{\"id\":" + id + ",\"name\":\"" + QByteArray(1000, 'x') + id + "\"}\n";
      }
      home.append(lines);
      QCOMPARE(home.run(topology).status, 0);
    }
    QVERIFY(home.weir({"topic", "read", "kept"}).out.count('\n') < 1200);
  }

  void whatNobodyReadsAnyMoreCanBeGivenUp() {
    const Home home;
    home.append("{\"id\":1}\n");
    QCOMPARE(home.run(home.topology(kId)).status, 0);
    const QString topology = home.writer(kId);
    const Finished refused = home.run(topology);
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.error.contains("with --forget kept --forget read."), refused.error);
    QCOMPARE(home.weir({"run", topology, "--until-end", "--forget", "kept", "--forget", "read"}).status, 0);
  }

  void whatIsNotThereIsNotMadeByLooking() {
    const Home home;
    const Finished dropped = home.weir({"home", "drop", "read"});
    QCOMPARE(dropped.status, 2);
    QVERIFY2(dropped.error.contains("There is no home"), dropped.error);
    QVERIFY(!QFile::exists(home.path("home")));
  }

  void aPartitionThatIsNotThereIsNamed() {
    const Home home;
    home.append("{\"id\":1}\n");
    QCOMPARE(home.run(home.topology(kId)).status, 0);
    QVERIFY(home.weir({"topic", "read", "kept", "--partition", "5"}).error.contains("has no partition 5"));
    for (const char* count : {"-1", "x", ""}) {
      QCOMPARE(home.weir({"topic", "read", "kept", "--limit", count}).status, 2);
    }
  }

  void aTopicThatGetsAnotherNameInTheLogIsRefusedAndStaysAsItWas() {
    const Home home;
    home.append("{\"id\":1}\n");
    QCOMPARE(home.run(home.topology(kId)).status, 0);
    home.topology(kId, R"(, "topic": "other", "was": ["kept"])");
    const QByteArray renamed = contents(home.path("t.weir"))
                                   .replace(R"({ "id": "kept")", R"({ "id": "saved")")
                                   .replace(R"("to": "kept")", R"("to": "saved")")
                                   .replace(R"("from": "kept")", R"("from": "saved")");
    home.write("t.weir", renamed);
    const Finished refused = home.run(home.path("t.weir"));
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.error.contains("what this home has read of it is the topic 'kept'"), refused.error);
    QVERIFY(!home.weir({"topic", "list"}).out.contains("other"));
    home.append("{\"id\":2}\n");
    QCOMPARE(home.run(home.topology(kId)).status, 0);
    // As it says: with its name in the log it goes on.
    home.append("{\"id\":3}\n");
    home.write("t.weir", QByteArray(renamed).replace(R"("topic": "other")", R"("topic": "kept")"));
    const Finished goesOn = home.run(home.path("t.weir"));
    QVERIFY2(goesOn.status == 0, goesOn.error);
    QCOMPARE(contents(home.path("out.ndjson")), QByteArray("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n"));
  }

  void anIncompatibleColumnIsRefusedAtTheStart() {
    const Home home;
    home.append("{\"id\":1}\n");
    QCOMPARE(home.run(home.topology(kId)).status, 0);
    const Finished refused = home.run(home.topology(kTextId));
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.error.contains("column 'id' is of type int64 and not string"), refused.error);
    QCOMPARE(home.run(home.topology(kId)).status, 0);
  }
};

WEIR_TEST(LookTest)
#include "look_test.moc"
