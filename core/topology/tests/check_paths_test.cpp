// What `check` says of the paths that a drawing names.
#include <QTest>

#include "check_words.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

class CheckPathsTest : public QObject {
  Q_OBJECT

 private slots:
  void aSinkDoesNotWriteWhatTheDrawingReads_data() {
    QTest::addColumn<QString>("read");
    QTest::addColumn<QString>("written");
    QTest::addColumn<bool>("refused");
    const auto row = [](const char* read, const char* written, bool refused) {
      QTest::addRow("%s %s", read, written) << QString(read) << QString(written) << refused;
    };
    row("in.ndjson", "in.ndjson", true);
    row("in.ndjson", "./x/../in.ndjson", true);
    row("in/*.ndjson", "in/out.ndjson", true);
    row("in/*.ndjson", "in/out.txt", false);
    row("in/*", "in/deep/out", false);
    row("in/**", "in/deep/out", true);
    row("**", "out", true);
    row("in/part-000?", "in/part-{task}", true);
    row("in/part-0001", "in/part-{task}", true);
    row("in/part-0007", "in/part-{task}", false);
    row("in[1].ndjson", "in1.ndjson", false);
  }
  void aSinkDoesNotWriteWhatTheDrawingReads() {
    QFETCH(QString, read);
    QFETCH(QString, written);
    QFETCH(bool, refused);
    std::string from = source("a", written.contains("{task}") ? ",\"tasks\":2" : "");
    const std::size_t path = from.find("\"path\":\"x\"");
    QVERIFY(path != std::string::npos);
    from.replace(path, 10, "\"path\":" + json::quote(read.toStdString()));
    const std::string text = file(from + "," + node("z", "file.sink", "\"path\":" + json::quote(written.toStdString())),
                                  edge("a.out", "z.in"));
    const std::string place = at(text, json::quote(written.toStdString()), read == written ? 2 : 1);
    QCOMPARE(found(text), refused ? "WEIR1211@" + place + " z path" : std::string());
    PlanOptions options;
    options.paths = pathsOfThisMachine();
    QCOMPARE(makePlan(topologyOf(text), testCatalog(), testDeriver(), options).ok(), !refused);
  }

  void twoSinksWriteTwoFiles() {
    const std::string text =
        file(source("a") + "," + sink("z") + "," + node("q", "file.sink", "\"path\":\"./to_z-0000\""),
             edge("a.out", "z.in") + "," + edge("a.out", "q.in"));
    QCOMPARE(found(text), "WEIR1212@" + at(text, "\"./to_z-0000\"") + " q path");
  }

  void everyTaskOfASinkWritesAFileOfItsOwn() {
    const std::string text = file(
        source("a", ",\"tasks\":2") + "," + node("z", "file.sink", "\"path\":\"out/y.ndjson\""), edge("a.out", "z.in"));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1212@" + at(text, "\"out/y.ndjson\"") + " z path");
    QCOMPARE(problems[0].fix->steps[0].path, std::string("params.path"));
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("out/y-{task}.ndjson"));
  }

  void aPathWithANulIsNotLookedUp() {
    std::vector<std::string> asked;
    const PathLookup lookup = [&](const std::string& path) {
      asked.push_back(path);
      return PathFacts{path, PathKind::Folder, PathKind::Folder};
    };
    std::string from = source("a");
    from.replace(from.find("\"path\":\"x\""), 10, "\"path\":\"in\\u0000put\"");
    const std::string text =
        file(from + "," + node("z", "file.sink", "\"path\":\"out\\u0000put\""), edge("a.out", "z.in"));
    QCOMPARE(
        briefly(check(topologyOf(text), testCatalog(), testDeriver(), nullptr, lookup).problems),
        "WEIR1010@" + at(text, "\"in\\u0000put\"") + " a path\nWEIR1010@" + at(text, "\"out\\u0000put\"") + " z path");
    QCOMPARE(asked, std::vector<std::string>());
  }

  void linksDoNotHideWhatAPathIs() {
    const PathLookup lookup = [](const std::string& path) {
      PathFacts facts;
      facts.own = path == "link" ? PathKind::Link : PathKind::Absent;
      facts.canonical = path == "."        ? "/here"
                        : path == "link"   ? "/real/y"
                        : path == "folder" ? "/here"
                                           : "/here/" + path;
      return facts;
    };
    const auto with = [&](const std::string& to) {
      const std::string text =
          file(source("a") + "," + node("z", "file.sink", "\"path\":\"" + to + "\""), edge("a.out", "z.in"));
      return briefly(check(topologyOf(text), testCatalog(), testDeriver(), nullptr, lookup).problems).substr(0, 8);
    };
    QCOMPARE(with("folder/x"), std::string("WEIR1211"));  // a link to the folder of the source
    QCOMPARE(with("link"), std::string("WEIR1213"));
    QCOMPARE(with("folder/z"), std::string());
  }

  void aStreamWithoutPositionsIsToldOf() {
    const PathLookup lookup = [](const std::string& path) {
      return PathFacts{path, PathKind::Absent, path == "x" ? PathKind::Stream : PathKind::Absent};
    };
    const auto with = [&](const std::string& guarantee) {
      const std::string text = file(source("a") + "," + sink("z"), edge("a.out", "z.in"), "",
                                    guarantee.empty() ? "" : "\"guarantee\":\"" + guarantee + "\",");
      return check(topologyOf(text), testCatalog(), testDeriver(), nullptr, lookup).problems;
    };
    const Problems exact = with("");
    QCOMPARE(briefly(exact).substr(0, 8), std::string("WEIR1407"));
    QCOMPARE(exact[0].severity, Severity::Warning);
    QCOMPARE(with("at_least_once").at(0).severity, Severity::Info);
  }

  void aStartSaysTheSameInTheSamePlaces() { QVERIFY(startsCompared() > 5); }
};

QTEST_APPLESS_MAIN(CheckPathsTest)
#include "check_paths_test.moc"
