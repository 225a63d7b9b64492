// Rows of a topic that a reader of the home had still to read, and that are gone all the same: as damage, a home that
// was restored in part or an older version leaves it.
#include "tests/runner/workplace.hpp"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/adapters/embedded/embedded_log/embedded_log.hpp"
#include "core/adapters/embedded/files/posix_files.hpp"
#include "tests/program/test.hpp"

using namespace weir;

namespace {

const runtime::PartitionId kKept{"kept", 0};
constexpr int kRows = 4;           // that the first run reads
constexpr std::int64_t kLost = 4;  // that come after it, and go
constexpr int kLeft = 4;           // and stay

// Rows of a file go through a topic into a file.
QByteArray throughATopic(const QByteArray& onGap) {
  return R"({ "weir": 1, "name": "t", "nodes": [
    { "id": "rows", "use": "file.source", "params": { "path": "in.ndjson", "format": "json.json",
      "schema": [{ "name": "id", "type": "int64", "nullable": false }] } },
    { "id": "out", "use": "file.sink", "params": { "path": "out.ndjson", "format": "json.json" } } ],
    "topics": [{ "id": "kept", "on_gap": ")" +
         onGap + R"(" }],
    "edges": [{ "from": "rows.out", "to": "kept" }, { "from": "kept", "to": "out.in" }] })";
}

// Somebody else writes the rows of the topic twice more, and the first ones of these go before they are read.
void loseRows(const Workplace& here) {
  embedded::PosixFiles files;
  embedded::EmbeddedLogOptions options;
  options.folder = here.path("home/log").toStdString();
  auto opened = embedded::EmbeddedLog::open(files, options);
  QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().message.c_str());
  embedded::EmbeddedLog& log = **opened;
  runtime::TopicSpec small;
  const auto topics = log.topics();
  for (const runtime::TopicSpec& spec : *topics) {
    if (spec.name == kKept.topic) small = spec;
  }
  runtime::RunToAppend run;
  auto reader = log.read(kKept, {});
  QVERIFY(reader.ok());
  while (run.header.rows == 0) {
    auto next = (*reader)->next();
    QVERIFY(next.ok() && *next);
    run.header.rows = (*next)->header.rows;
    run.body.assign((*next)->body.bytes.begin(), (*next)->body.bytes.end());
  }
  QCOMPARE(run.header.rows, kRows);
  small.segmentBytes = 1;  // each run has one of its own
  QVERIFY(log.ensureTopic(small).ok());
  for (int i = 0; i < 2; ++i) QVERIFY(log.append({{kKept, {run}}}).ok());
  small.retentionBytes = 1;
  QVERIFY(log.ensureTopic(small).ok());
  QVERIFY(log.release("kept").ok());
  QVERIFY(log.append({}).ok());
  const auto figures = log.figures();
  for (const runtime::TopicFigures& topic : *figures) {
    if (topic.topic == kKept.topic) QCOMPARE(topic.rowsRemoved, kRows + kLost);
  }
}

void readTheFirstRows(const Workplace& here, const QByteArray& onGap) {
  QByteArray rows;
  for (int id = 1; id <= kRows; ++id) rows += "{\"id\":" + QByteArray::number(id) + "}\n";
  here.write("in.ndjson", rows);
  here.write("t.weir", throughATopic(onGap));
  const Finished first = here.run("t.weir");
  QVERIFY2(first.status == 0, first.error);
  QCOMPARE(contents(here.path("out.ndjson")), rows);
}

}  // namespace

class GapTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsThatAreGoneStopTheirReaderWithASentence() {
    const Workplace here;
    readTheFirstRows(here, "stop");
    loseRows(here);
    const Finished ran = here.run("t.weir");
    QVERIFY(ran.status != 0);
    QVERIFY2(ran.error.contains("4 rows of topic 'kept', partition 0, which node 'kept' had still to read, are gone"),
             ran.error);
    QVERIFY2(ran.error.contains("\"on_gap\": \"continue\""), ran.error);
    QCOMPARE(contents(here.path("out.ndjson")).count('\n'), qsizetype{kRows});
  }

  void whereTheTopicSaysSoTheyAreCountedAndTheRestIsRead() {
    const Workplace here;
    readTheFirstRows(here, "continue");
    loseRows(here);
    const Finished ran = here.run("t.weir", {"--summary", "summary.json"});
    QVERIFY2(ran.status == 0, ran.error);
    QVERIFY2(ran.error.contains("are gone") && ran.error.contains("Going on without them."), ran.error);
    QCOMPARE(contents(here.path("out.ndjson")).count('\n'), qsizetype{kRows + kLeft});
    std::int64_t missing = 0;
    const QJsonObject summary = QJsonDocument::fromJson(contents(here.path("summary.json"))).object();
    for (const auto& node : summary["nodes"].toArray()) missing += node.toObject()["rows_missing"].toInteger();
    QCOMPARE(missing, kLost);
  }
};

WEIR_TEST(GapTest)
#include "gap_test.moc"
