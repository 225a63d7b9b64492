// What `check` says of the paths that a topology names.

#include "core/topology/tests/check_words.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

namespace {

// Source "a" of one path into sink "z" of another.
std::string copying(const std::string& read, const std::string& written) {
  std::string from = source("a");
  from.replace(from.find("\"path\":\"x\""), 10, "\"path\":" + json::quote(read));
  return file(from + "," + node("z", "file.sink", "\"path\":" + json::quote(written)), edge("a.out", "z.in"));
}

// By what the names say, in the home "h", and with what the command writes.
Problems problemsIn(const std::string& text, std::vector<CommandOutput> outputs = {}) {
  return check(topologyOf(text), testCatalog(), testDeriver(), nullptr, {{}, "t.weir", "h", std::move(outputs)})
      .problems;
}

}  // namespace

class CheckPathsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aSinkDoesNotWriteWhatTheTopologyReads_data() {
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
  void aSinkDoesNotWriteWhatTheTopologyReads() {
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
    options.around.paths = pathsOfThisMachine();
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
        briefly(check(topologyOf(text), testCatalog(), testDeriver(), nullptr, {.paths = lookup}).problems),
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
      return briefly(check(topologyOf(text), testCatalog(), testDeriver(), nullptr, {lookup}).problems).substr(0, 8);
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
      return check(topologyOf(text), testCatalog(), testDeriver(), nullptr, {lookup}).problems;
    };
    const Problems exact = with("");
    QCOMPARE(briefly(exact).substr(0, 8), std::string("WEIR1407"));
    QCOMPARE(exact[0].severity, Severity::Warning);
    QCOMPARE(with("at_least_once").at(0).severity, Severity::Info);
  }

  void nothingOfAHomeIsReadOrWritten_data() {
    QTest::addColumn<QString>("read");
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("param");  // that is refused; empty: none
    const auto row = [](const char* read, const char* written, const char* param) {
      QTest::addRow("%s %s", read, written) << QString(read) << QString(written) << QString(param);
    };
    row("h/log/journal", "out", "a path");
    row("h/log/*", "out", "a path");
    row("x/../h/state/**/*", "out", "a path");
    row("in", "h/log/journal", "z path");
    row("in", "h/home.lock", "z path");
    row("in", "h", "z path");
    row("h/in", "h/out", "");
    row("log/in", "hh/log/journal", "");
  }
  void nothingOfAHomeIsReadOrWritten() {
    QFETCH(QString, read);
    QFETCH(QString, written);
    QFETCH(QString, param);
    const std::string text = copying(read.toStdString(), written.toStdString());
    const std::string place = at(text, json::quote((param.startsWith('a') ? read : written).toStdString()));
    QCOMPARE(briefly(problemsIn(text)),
             param.isEmpty() ? std::string() : "WEIR1215@" + place + " " + param.toStdString());
  }

  void aPatternPassesOverTheHome() {
    for (const char* const pattern : {"**/*", "*/log/*", "**"}) {
      const std::string text = copying(pattern, ".out/x");
      QCOMPARE(briefly(problemsIn(text), true), "WEIR1216@" + at(text, json::quote(pattern)) + " a path");
    }
    QCOMPARE(briefly(problemsIn(copying("in/**", "out")), true), std::string());
    QCOMPARE(briefly(problemsIn(copying("*", ".out/x")), true), std::string());
  }

  void aPatternPassesOverWhatASinkHasNotCommitted() {
    const std::string text = copying("un/*ed", "un/out");
    QCOMPARE(briefly(problemsIn(text), true), "WEIR1216@" + at(text, "\"un/*ed\"") + " a path");
    QCOMPARE(briefly(problemsIn(copying("un/**/o*ed", "un/out")), true).substr(0, 8), std::string("WEIR1216"));
    QCOMPARE(briefly(problemsIn(copying("un/*ed", "other/out")), true), std::string());
    QCOMPARE(briefly(problemsIn(copying("un/*.log", "un/out")), true), std::string());
    const std::string itself = copying("out.0123456789abcdef.uncommitted", "out");
    QCOMPARE(briefly(problemsIn(itself)), "WEIR1211@" + at(itself, "\"out.0123456789abcdef.uncommitted\"") + " a path");
  }

  void theTopologyIsNotWrittenOver() {
    const std::string text = copying("in", "./x/../t.weir");
    QCOMPARE(briefly(problemsIn(text)), "WEIR1211@" + at(text, "\"./x/../t.weir\"") + " z path");
  }

  void aCommandDoesNotWriteOverWhatItsTopologyHas_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("found");
    QTest::newRow("topology") << "./t.weir"
                              << "WEIR1211@0:0";
    QTest::newRow("home") << "h/log/journal"
                          << "WEIR1215@0:0";
    QTest::newRow("input") << "x/../in"
                           << "WEIR1211@\"in\" a path";
    QTest::newRow("output") << "out"
                            << "WEIR1212@\"out\" z path";
    QTest::newRow("output that is not committed") << "out.1.uncommitted"
                                                  << "WEIR1212@\"out\" z path";
    QTest::newRow("secret") << "secret"
                            << "WEIR1211@\"${file:secret}\" z";
    QTest::newRow("nothing") << "summary"
                             << "";
  }
  void aCommandDoesNotWriteOverWhatItsTopologyHas() {
    QFETCH(QString, path);
    QFETCH(QString, found);
    std::string text = copying("in", "out");
    text.replace(text.find("\"path\":\"out\""), 12, "\"path\":\"out\",\"format\":\"${file:secret}\"");
    std::string expected = found.toStdString();
    if (const std::size_t quote = expected.find('"'); quote != std::string::npos) {
      const std::string word = expected.substr(quote, expected.rfind('"') + 1 - quote);
      expected.replace(quote, word.size(), at(text, word));
    }
    const Surroundings around{{}, "t.weir", "h", {{"--summary", path.toStdString()}}};
    QCOMPARE(briefly(checkOutputs(topologyOf(text), testCatalog(), around)), expected);
    QCOMPARE(briefly(problemsIn(text, around.outputs)), expected);
  }

  void aTopologyThatRunsInACircleHasInputsAllTheSame() {
    const std::string text = file(source("a") + "," + node("f", "std.filter", "\"where\":\"true\""),
                                  edge("a.out", "f.in") + "," + edge("f.out", "f.in"));
    const Problems problems = checkOutputs(topologyOf(text), testCatalog(), {{}, "t.weir", "h", {{"-o", "x"}}});
    QCOMPARE(briefly(problems).substr(0, 8), std::string("WEIR1211"));
  }

  void aFileOfSeveralNamesIsOneFile() {
    const PathLookup lookup = [](const std::string& path) {
      PathFacts facts{"/" + path, PathKind::File, PathKind::File};
      if (path == "in" || path == "other") facts.file = "1:2";
      return facts;
    };
    const std::string text = copying("in", "out");
    QCOMPARE(briefly(check(topologyOf(text), testCatalog(), testDeriver(), nullptr, {lookup, "", "", {{"-o", "other"}}})
                         .problems)
                 .substr(0, 8),
             std::string("WEIR1211"));
  }

  void aPathThatIsEmptyIsRefusedWithItsPlace() {
    const std::string source = copying("", "out");
    QCOMPARE(found(source), "WEIR1202@" + at(source, "\"\"") + " a path");
    const std::string sink = copying("in", "");
    QCOMPARE(found(sink), "WEIR1202@" + at(sink, "\"\"") + " z path");
  }

  void aStartSaysTheSameInTheSamePlaces() { QVERIFY(startsCompared() > 5); }
};

WEIR_TEST(CheckPathsTest)
#include "check_paths_test.moc"
