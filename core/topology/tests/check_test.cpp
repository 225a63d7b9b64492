#include "core/topology/check/check.hpp"

#include <QRegularExpression>
#include <ctime>
#include <set>

#include "core/base/json_parser.hpp"
#include "core/topology/file/read_topology.hpp"
#include "core/topology/tests/check_words.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

class CheckTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aGoodTopologyIsClean() {
    QCOMPARE(found(filter("amount > 1")), std::string());
    QCOMPARE(found(around(window("m", "region"))), std::string());
  }

  void shippedTopologiesAreClean() {
    const std::string text =
        contentsOf(weir::places::inRepository("topologies/orders_per_minute_by_region.weir").toStdString());
    QCOMPARE(found(text), std::string());
  }

  void anUnknownPluginIsNamed() {
    const std::string text = around(node("m", "stb.filter", ""));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1101@" + at(text, "\"stb.filter\"") + " m");
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("std.filter"));
  }

  void aRefusedPluginIsNotMissing() {
    catalog::Catalog all = testCatalog();
    all.refuse({"/p/geo.so", "Others may write to it."});
    const auto first = [](const std::string& text, const catalog::Catalog& catalog) {
      return check(topologyOf(text), catalog, testDeriver()).problems.at(0);
    };
    const std::string node = around(testing::node("m", "geo.near", ""));
    QCOMPARE(first(node, all).message, std::string("The plugin \"geo\" was refused."));
    QCOMPARE(first(node, all).help, std::string("/p/geo.so was refused: Others may write to it."));
    const std::string format =
        file(source("a") + "," + testing::node("z", "file.sink", R"("path":"y","format":"geo.json")"),
             edge("a.out", "z.in"));
    QCOMPARE(first(format, all).help, std::string("/p/geo.so was refused: Others may write to it."));
    const std::string other = around(testing::node("m", "stb.filter", ""));
    QVERIFY(first(other, all).help.find("Install it") == 0);
  }

  void whereEveryPluginWasRefusedNoneIsSaidNotToBeFound() {
    catalog::Catalog refused;
    const auto help = [&] {
      return check(topologyOf(filter("amount > 1")), refused, testDeriver()).problems.at(0).help;
    };
    QVERIFY(help().find("No plugins were found: set WEIR_PLUGIN_PATH") == 0);
    refused.refuse({"/p/x.so", "It is not on the allow-list."});
    QCOMPARE(help(), std::string("All that was found was refused: It is not on the allow-list."));
    refused.refuse({"/p/y.so", "Others may write to it."});
    QCOMPARE(help(), std::string("All that was found was refused, 2 files (`weir plugins` lists them). The first: It "
                                 "is not on the allow-list."));
  }
  void anUnknownOperatorIsNamed() {
    const std::string text = around(node("m", "std.fliter", ""));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1102@" + at(text, "\"std.fliter\"") + " m");
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("std.filter"));
    QVERIFY(problems[0].help.find("filter, add, drop, select") != std::string::npos);
  }

  void aFormatIsNoNode() {
    const std::string text = around(node("m", "json.json", ""));
    QCOMPARE(found(text), "WEIR1112@" + at(text, "\"json.json\"", 2) + " m");
  }

  void edgesToNowhereAreNamed() {
    const std::string text = file(source("a") + "," + sink("z"), edge("a.out", "zz.in") + "," + edge("a.out", "z.in"));
    QCOMPARE(found(text), "WEIR1103@" + at(text, "\"zz.in\""));
    const std::string begin = file(source("a") + "," + sink("z"), edge("b.out", "z.in") + "," + edge("a.out", "z.in"));
    QCOMPARE(found(begin), "WEIR1103@" + at(begin, "\"b.out\""));
  }

  void danglingPortsAreNamed() {
    const std::string text = file(source("a") + "," + sink("z"), edge("a.otu", "z.in") + "," + edge("a.out", "z"));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1104@" + at(text, "\"a.otu\"") + "\nWEIR1104@" + at(text, "\"z\"", 2));
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("a.out"));
    QCOMPARE(problems[1].fix->steps[0].value.asText(), std::string("z.in"));
    QCOMPARE(problems[0].edge, std::string("a.otu -> z.in"));
  }

  void aTopicHasNoPorts() {
    const std::string text = file(source("a"), edge("a.out", "t.in"), "{\"id\":\"t\"}");
    QCOMPARE(found(text), "WEIR1104@" + at(text, "\"t.in\""));
  }

  void edgesRunFromOutputsToInputs() {
    const std::string text = file(source("a") + "," + sink("z"), edge("z.in", "a.out") + "," + edge("a.out", "z.in"));
    QCOMPARE(found(text), "WEIR1105@" + at(text, "\"z.in\"") + "\nWEIR1105@" + at(text, "\"a.out\""));
  }

  void aCircleIsSpelledOut() {
    const std::string text =
        file(node("p", "std.filter", "\"where\":\"true\"") + "," + node("q", "std.filter", "\"where\":\"true\""),
             edge("p.out", "q.in") + "," + edge("q.out", "p.in"));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1106@" + at(text, "\"p\"") + " p");
    QVERIFY(problems[0].message.find("p -> q -> p") != std::string::npos);
  }

  void anUnconnectedInputIsNamed() {
    const std::string text = file(source("a") + "," + sink("z") + "," + sink("y"), edge("a.out", "z.in"));
    QCOMPARE(found(text), "WEIR1107@" + at(text, "\"y\"") + " y");
  }

  void anEdgeTwiceIsAWarning() {
    const std::string text = file(source("a") + "," + sink("z"), edge("a.out", "z.in") + "," + edge("a.out", "z.in"));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1108@" + at(text, "\"a.out\"", 2));
    QCOMPARE(problems[0].severity, Severity::Warning);
  }

  void aResultThatGoesNowhereIsAWarning() {
    const std::string text = file(source("a"), "");
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1109@" + at(text, "\"a\"") + " a");
    QCOMPARE(problems[0].severity, Severity::Warning);
  }

  void aUnionNeedsEqualColumns() {
    const std::string text =
        file(source("a") + "," + node("m", "std.drop", "\"fields\":[\"amount\"]") + "," + sink("z"),
             edge("a.out", "m.in") + "," + edge("m.out", "z.in") + "," + edge("a.out", "z.in"));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1110@" + at(text, "{\"from\":\"a.out\",\"to\":\"z.in\"}") + " z");
    QVERIFY(problems[0].message.find("column 3") != std::string::npos);
  }

  void aTableDoesNotFitAStreamInput() {
    const std::string text = file(source("a") + "," + node("m", "odd.table", "") + "," + sink("z"),
                                  edge("a.out", "m.in") + "," + edge("m.out", "z.in"));
    QCOMPARE(found(text), "WEIR1111@" + at(text, "\"z.in\""));
  }

  void aTopicKeepsATableATable() {
    const std::string nodes = source("a") + "," + node("m", "odd.table", "") + "," + sink("z");
    const std::string through =
        file(nodes, edge("a.out", "m.in") + "," + edge("m.out", "t") + "," + edge("t", "z.in"), "{\"id\":\"t\"}");
    QCOMPARE(found(through), "WEIR1111@" + at(through, "\"z.in\""));
    const std::string said = file(source("a") + "," + sink("z"), edge("a.out", "t") + "," + edge("t", "z.in"),
                                  "{\"id\":\"t\",\"table\":true}");
    QCOMPARE(found(said), "WEIR1111@" + at(said, "\"z.in\""));
    const std::string denied =
        file(nodes, edge("a.out", "m.in") + "," + edge("m.out", "t") + "," + edge("a.out", "z.in"),
             "{\"id\":\"t\",\"table\":false}");
    QCOMPARE(found(denied), "WEIR1111@" + at(denied, "false") + " t table");
  }

  void aTableInSeveralPartitionsNeedsAKey() {
    const auto with = [](const std::string& key) {
      return file(source("a") + "," + node("m", "odd.table", ""), edge("a.out", "m.in") + "," + edge("m.out", "t"),
                  "{\"id\":\"t\",\"partitions\":3" + key + "}");
    };
    QCOMPARE(found(with("")), "WEIR1116@" + at(with(""), "3}") + " t partitions");
    QCOMPARE(found(with(",\"key\":\"region\"")), std::string());
  }

  void aTableCannotBeRecords() {
    const auto topic = [](const std::string& format) { return R"({"id":"t","value_format":)" + format + "}"; };
    const std::string table = file(source("a") + "," + node("m", "odd.table", ""),
                                   edge("a.out", "m.in") + "," + edge("m.out", "t"), topic("\"json.json\""));
    QCOMPARE(found(table), "WEIR1117@" + at(table, "\"json.json\"}") + " t value_format");
    QCOMPARE(found(file(source("a"), edge("a.out", "t"), topic("\"json.json\""))), std::string());
    const std::string unknown = file(source("a"), edge("a.out", "t"), topic("\"json.jsn\""));
    QCOMPARE(found(unknown), "WEIR1209@" + at(unknown, "\"json.jsn\"") + " t value_format");
  }

  void namesThatTheLogKeepsForItselfAreRefused_data() {
    QTest::addColumn<QString>("name");
    const std::string tooLong(201, 'a');
    for (const char* const name : {"changelog.rows", "changelog.$home", "repartition.m.in", "$input", "dead-letters",
                                   "a/b", "..", ".", "", "a b", "gr\u00fcn", tooLong.c_str()}) {
      QTest::addRow("'%.20s'", name) << QString(name);
    }
  }
  void namesThatTheLogKeepsForItselfAreRefused() {
    QFETCH(QString, name);
    const std::string quoted = json::quote(name.toStdString());
    const std::string text = file(source("a"), edge("a.out", "t"), "{\"id\":\"t\",\"topic\":" + quoted + "}");
    QCOMPARE(found(text), "WEIR1114@" + at(text, quoted) + " t topic");
    QVERIFY(!makePlan(topologyOf(text), testCatalog(), testDeriver(), {}));
  }

  void aTopicThatIsNamedByItsIdIsCheckedToo() {
    const std::string text = file(source("a"), edge("a.out", "dead-letters"), "{\"id\":\"dead-letters\"}");
    QCOMPARE(found(text), "WEIR1114@" + at(text, "\"dead-letters\"") + " dead-letters topic");
  }

  void topicsWhoseNamesDifferOnlyInCaseAreRefused() {
    const std::string text = file(source("a"), edge("a.out", "t") + "," + edge("a.out", "u"),
                                  "{\"id\":\"t\",\"topic\":\"rows\"},{\"id\":\"u\",\"topic\":\"Rows\"}");
    QCOMPARE(found(text), "WEIR1113@" + at(text, "\"Rows\"") + " u topic");
  }

  void aKeyFormatFitsTheKey() {
    const std::string text =
        file(source("a"), edge("a.out", "t"), "{\"id\":\"t\",\"key\":\"region\",\"key_format\":\"int64\"}");
    QCOMPARE(found(text), "WEIR1203@" + at(text, "\"int64\"", 2) + " t key_format");
  }

  void twoTopicsOfOneNameAreRefused() {
    const std::string text = file(source("a"), edge("a.out", "s") + "," + edge("a.out", "t"),
                                  "{\"id\":\"s\",\"topic\":\"x\"},{\"id\":\"t\",\"topic\":\"x\"}");
    QCOMPARE(found(text), "WEIR1113@" + at(text, "\"x\"", 3) + " t topic");
  }

  void anUnknownParameterIsNamed() {
    const std::string text = around(window("m", "region", ",\"graze\":\"1s\""));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1201@" + at(text, "\"graze\"") + " m graze");
    QCOMPARE(problems[0].fix->title, std::string("Rename to \"grace\""));
    QCOMPARE(problems[0].fix->steps[1].path, std::string("params.grace"));
  }

  void aMissingParameterIsNamed() {
    const std::string text = around(node("m", "std.filter", ""));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1202@" + at(text, "{}") + " m where");
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("amount > 0"));
    const std::string nested =
        around(node("m", "window.tumbling", R"("group_by":["region"],"size":"1m","aggregates":[{"name":"n"}])"));
    QCOMPARE(found(nested), "WEIR1202@" + at(nested, "{\"name\":\"n\"}") + " m aggregates.0.function");
  }

  void mistypedValuesAreNamed() {
    const std::string text =
        file(source("a", R"(,"follow":"yes","tasks":1.5)") + "," + sink("z"), edge("a.out", "z.in"));
    QCOMPARE(found(text), "WEIR1203@" + at(text, "\"yes\"") + " a follow\nWEIR1203@" + at(text, "1.5") + " a tasks");
    const std::string list = around(window("m", "region", R"(,"emit":7)"));
    QCOMPARE(found(list), "WEIR1203@" + at(list, "7}") + " m emit");
  }

  void durationsNeedTheirUnit() {
    const std::string text = around(window("m", "region", ",\"grace\":30"));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1204@" + at(text, "30}") + " m grace");
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("30s"));
    const std::string word = around(window("m", "region", ",\"grace\":\"30 sec\""));
    QCOMPARE(found(word), "WEIR1204@" + at(word, "\"30 sec\"") + " m grace");
  }

  void boundsAreKept() {
    const std::string text = file(source("a", ",\"chunk\":100") + "," + sink("z"), edge("a.out", "z.in"));
    QCOMPARE(found(text), "WEIR1205@" + at(text, "100}") + " a chunk");
  }

  void aFormatIsANameOrANameWithItsParameters() {
    const auto drawn = [](const std::string& format) {
      return file(source("a") + "," + node("z", "file.sink", R"("path":"y-{task}","format":)" + format),
                  edge("a.out", "z.in"));
    };
    QCOMPARE(found(drawn(R"("json.json")")), std::string());
    QCOMPARE(found(drawn(R"({"use":"json.json"})")), std::string());
    QCOMPARE(found(drawn(R"({"use":"csv.csv","separator":";"})")), std::string());
    const auto brief = [&](const std::string& format) { return briefly(problemsOf(drawn(format))); };
    const auto place = [&](const std::string& format, const std::string& part) { return at(drawn(format), part); };
    const std::string nameless = R"({"separator":";"})";
    QCOMPARE(brief(nameless), "WEIR1202@" + place(nameless, nameless) + " z format.use");
    const std::string unknown = R"({"use":"csv.csw","separator":";"})";
    QCOMPARE(brief(unknown), "WEIR1209@" + place(unknown, "\"csv.csw\"") + " z format.use");
    const std::string bare = R"("csv.csv")";
    QCOMPARE(brief(bare), "WEIR1202@" + place(bare, bare) + " z format.separator");
    const std::string missing = R"({"use":"csv.csv"})";
    QCOMPARE(brief(missing), "WEIR1202@" + place(missing, missing) + " z format.separator");
    const std::string extra = R"({"use":"csv.csv","separator":";","seperator":1})";
    QCOMPARE(brief(extra), "WEIR1201@" + place(extra, "\"seperator\"") + " z format.seperator");
    const std::string wrong = R"({"use":"csv.csv","separator":7})";
    QCOMPARE(brief(wrong), "WEIR1203@" + place(wrong, "7}") + " z format.separator");
    QCOMPARE(brief("7"), "WEIR1203@" + place("7", "7}") + " z format");
  }

  void choicesAreKept() {
    const std::string text = around(window("m", "region", ",\"emit\":\"on_closed\""));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1206@" + at(text, "\"on_closed\"") + " m emit");
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("on_close"));
    const std::string tier = file(source("a") + "," + sink("z"), edge("a.out", "z.in"), "", "\"guarantee\":\"once\",");
    QCOMPARE(found(tier), "WEIR1206@" + at(tier, "\"once\""));
  }

  void referencesToUnknownParametersAreNamed() {
    const std::string text = file(node("a", "file.source",
                                       R"("path":"${param:pth}","format":"json.json","schema":[)"
                                       R"({"name":"x","type":"int64"}])") +
                                      "," + sink("z"),
                                  edge("a.out", "z.in"), "", R"("params":[{"name":"path","type":"text"}],)");
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1207@" + at(text, "\"${param:pth}\"") + " a path");
    QVERIFY(problems[0].message.find("Did you mean \"path\"?") != std::string::npos);
  }

  void incompleteReferencesAreNamed() {
    for (const char* const path : {"${param:x", "${x}", "${home:x}"}) {
      const std::string text = file(
          source("a") + "," + node("z", "file.sink", "\"path\":\"" + std::string(path) + "\""), edge("a.out", "z.in"));
      QCOMPARE(found(text), "WEIR1207@" + at(text, "\"" + std::string(path) + "\"") + " z path");
    }
  }

  void theEnvironmentIsLeftToTheStart() {
    QCOMPARE(found(around(window("m", "region", ",\"grace\":\"${env:GRACE}\""))), std::string());
    QCOMPARE(found(around(window("m", "${env:BY}"))), std::string());
    QCOMPARE(found(file(source("a") + "," + node("z", "file.sink", "\"path\":\"$${x}\""), edge("a.out", "z.in"))),
             std::string());
  }

  void secretsAreReferences() {
    const std::string text = file(source("a", ",\"password\":\"hunter2\"") + "," + sink("z"), edge("a.out", "z.in"));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1208@" + at(text, "\"hunter2\"") + " a password");
    QVERIFY(problemsText(problems, "f").find("hunter2") == std::string::npos);
    QCOMPARE(found(file(source("a", ",\"password\":\"${env:P}\"") + "," + sink("z"), edge("a.out", "z.in"))),
             std::string());
  }

  void anUnknownFormatIsNamed() {
    const std::string text =
        file(source("a") + "," + node("z", "file.sink", R"("path":"y","format":"jsn.json")"), edge("a.out", "z.in"));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1209@" + at(text, "\"jsn.json\"") + " z format");
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("json.json"));
  }

  void anUnknownFieldGetsTheNearestName() {
    const std::string text = around(window("m", "regoin"));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1301@" + at(text, "\"regoin\"") + " m group_by.0");
    QCOMPARE(problems[0].fix->steps[0].path, std::string("params.group_by.0"));
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("region"));
    const std::string topic = file(source("a"), edge("a.out", "t"), "{\"id\":\"t\",\"key\":\"regoin\"}");
    QCOMPARE(found(topic), "WEIR1301@" + at(topic, "\"regoin\"") + " t key.0");
  }

  void sourcesAndTopicsNeedASchema() {
    const std::string text =
        file(node("a", "file.source", R"("path":"x","format":"json.json")") + "," + sink("z"), edge("a.out", "z.in"));
    QCOMPARE(found(text), "WEIR1302@" + at(text, "{\"path\"") + " a schema");
    const std::string topic = file(sink("z"), edge("t", "z.in"), "{\"id\":\"t\"}");
    QCOMPARE(found(topic), "WEIR1302@" + at(topic, "\"t\"", 2) + " t schema");
  }

  void anExpressionErrorPointsIntoTheExpression() {
    const std::string text = filter("amount > 1 and amout < 5");
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1303@" + at(text, "amout") + " m where");
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("amount > 1 and amount < 5"));
    const std::string type = filter("amount + 1");
    QCOMPARE(found(type), "WEIR1303@" + at(type, "\"amount + 1\"") + " m where");
  }

  void columnsHaveOneName() {
    const std::string text = file(node("a", "file.source",
                                       R"("path":"x","format":"json.json","schema":[{"name":"x","type":"int64"},)"
                                       R"({"name":"x","type":"string"}])") +
                                      "," + sink("z"),
                                  edge("a.out", "z.in"));
    QCOMPARE(found(text), "WEIR1304@" + at(text, "\"x\"", 3) + " a schema.1.name");
    const std::string added = file(source("a") + "," + node("p", "std.add", "\"value\":\"1\"") + "," +
                                       node("q", "std.add", "\"value\":\"2\"") + "," + sink("z"),
                                   edge("a.out", "p.in") + "," + edge("p.out", "q.in") + "," + edge("q.out", "z.in"));
    QCOMPARE(found(added), "WEIR1304@" + at(added, "\"std.add\"", 2) + " q");
  }

  void anUnknownTypeIsNamed() {
    const std::string text =
        file(node("a", "file.source", R"("path":"x","format":"json.json","schema":[{"name":"x","type":"strin"}])") +
                 "," + sink("z"),
             edge("a.out", "z.in"));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1305@" + at(text, "\"strin\"") + " a schema.0.type");
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("string"));
  }

  void allThatIsWrongWithAnExpressionIsSaidAtOnce() {
    const std::string text = filter("regoin = 'eu' and amuont > 1 and order_id > 2");
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems),
             "WEIR1303@" + at(text, "regoin") + " m where\nWEIR1303@" + at(text, "amuont") + " m where");
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("region = 'eu' and amuont > 1 and order_id > 2"));
    QCOMPARE(problems[1].fix->steps[0].value.asText(), std::string("regoin = 'eu' and amount > 1 and order_id > 2"));
  }

  void whatComesAfterAMisspeltTypeIsCheckedAllTheSame() {
    const std::string text = file(
        node("a", "file.source",
             R"("path":"x","format":"json.json","schema":[{"name":"x","type":"strin"},{"name":"x","type":"int64"}])") +
            "," + node("m", "std.filter", "\"where\":\"y > 1\"") + "," + sink("z"),
        edge("a.out", "m.in") + "," + edge("m.out", "z.in"));
    QCOMPARE(found(text), "WEIR1305@" + at(text, "\"strin\"") + " a schema.0.type\nWEIR1304@" + at(text, "\"x\"", 3) +
                              " a schema.1.name\nWEIR1303@" + at(text, "y > 1") + " m where");
  }

  void whatComesAfterAWrongDurationIsCheckedAllTheSame() {
    const std::string text = file(source("a") + "," + window("w", "region", ",\"grace\":30") + "," +
                                      node("m", "std.filter", "\"where\":\"amount > 1\"") + "," + sink("z"),
                                  edge("a.out", "w.in") + "," + edge("w.out", "m.in") + "," + edge("m.out", "z.in"));
    QCOMPARE(found(text), "WEIR1204@" + at(text, "30}") + " w grace\nWEIR1303@" + at(text, "amount > 1") + " m where");
  }

  void whatComesAfterAUnionOfOtherColumnsIsCheckedAllTheSame() {
    const std::string text =
        file(source("a") + "," + node("p", "std.filter", "\"where\":\"true\"") + "," +
                 node("q", "std.add", "\"value\":\"1\"") + "," +
                 node("m", "std.filter", "\"where\":\"amount > 1 and nowhere > 1\"") + "," + sink("z"),
             edge("a.out", "p.in") + "," + edge("a.out", "q.in") + "," + edge("p.out", "m.in") + "," +
                 edge("q.out", "m.in") + "," + edge("m.out", "z.in"));
    const std::string said = found(text);
    QVERIFY2(said.find("WEIR1110") != std::string::npos, said.c_str());
    QVERIFY2(said.find("WEIR1303@" + at(text, "nowhere")) != std::string::npos, said.c_str());
    QCOMPARE(std::count(said.begin(), said.end(), '\n'), 1);
  }

  void anExampleIsMadeForWhatIsThere() {
    const Problems problems = problemsOf(
        file(node("a", "file.source", R"("path":"x","format":"json.json","schema":[{"name":"city","type":"string"}])") +
                 "," + node("m", "std.filter", "") + "," + sink("z"),
             edge("a.out", "m.in") + "," + edge("m.out", "z.in")));
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems[0].fix->steps[0].value.asText(), std::string("city is not null"));
  }

  void whatAnOperatorRefusesIsPassedOn() {
    const SchemaDeriver refuses = [](const DeriveRequest&) -> Result<std::vector<Schema>> {
      return configError("count needs a name.");
    };
    const std::string text = around(window("m", "region"));
    const Problems problems = check(topologyOf(text), testCatalog(), refuses).problems;
    QCOMPARE(briefly(problems), "WEIR1306@" + at(text, "\"window.tumbling\"") + " m");
    QVERIFY(problems[0].message.find("count needs a name.") != std::string::npos);
  }

  void withoutADeriverColumnsArePending() {
    const std::string text = around(window("m", "region"));
    const Problems problems = check(topologyOf(text), testCatalog(), {}).problems;
    QCOMPARE(briefly(problems, true), "WEIR1307@" + at(text, "\"window.tumbling\"") + " m");
    QVERIFY(!hasErrors(problems));
  }

  void eventTimeIsATimestamp() {
    const std::string text = file(node("a", "file.source",
                                       R"("path":"x","format":"json.json","schema":[{"name":"x","type":"int64"}],)"
                                       R"("event_time":{"field":"x"})") +
                                      "," + sink("z"),
                                  edge("a.out", "z.in"));
    QCOMPARE(found(text), "WEIR1308@" + at(text, "\"x\"", 3) + " a event_time.field");
  }

  void aTopicDeclaresWhatIsWritten() {
    const std::string text =
        file(source("a"), edge("a.out", "t"), R"({"id":"t","schema":[{"name":"order_id","type":"string"}]})");
    QCOMPARE(found(text), "WEIR1309@" + at(text, "[{\"name\":\"order_id\",\"type\":\"string\"}]") + " t schema");
  }

  void aWindowNeedsEventTime() {
    std::string text = around(window("m", "region"));
    const std::string time = R"(,"event_time":{"field":"ts","disorder":"5s"})";
    text.erase(text.find(time), time.size());
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1401@" + at(text, "\"window.tumbling\"") + " m");
    QCOMPARE(problems[0].fix->steps[0].target, std::string("a"));
    QCOMPARE(json::write(problems[0].fix->steps[0].value), std::string(R"({"field":"ts","disorder":"0s"})"));
  }

  void aStoreNeedsABound() {
    const std::string text = around(node("m", "odd.forever", ""));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1402@" + at(text, "\"odd.forever\"") + " m ttl");
    QCOMPARE(problems[0].severity, Severity::Warning);
    QCOMPARE(found(around(node("m", "odd.forever", "\"ttl\":\"1h\""))), std::string());
  }

  void aRepartitionIsToldOfOnly() {
    const std::string text = file(source("a", ",\"tasks\":4") + "," + window("m", "region") + "," + sink("z"),
                                  edge("a.out", "m.in") + "," + edge("m.out", "z.in"));
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems, true), "WEIR1403@" + at(text, "[\"region\"]") + " m group_by");
    QCOMPARE(problems[0].severity, Severity::Info);
    QCOMPARE(briefly(problems), std::string());
  }

  void tiersMeetAtATopic() {
    std::string text = around(node("m", "std.filter", "\"where\":\"true\""));
    text.replace(text.find("\"use\":\"std.filter\""), 0, "\"guarantee\":\"at_least_once\",");
    QCOMPARE(found(text), std::string());
    text.replace(text.find("\"use\":\"file.sink\""), 0, "\"guarantee\":\"exactly_once\",");
    const Problems problems = problemsOf(text);
    QCOMPARE(briefly(problems), "WEIR1404@" + at(text, "\"exactly_once\"") + " z");
    QVERIFY(problems[0].help.find("Put a topic between \"m\" and \"z\"") != std::string::npos);
  }

  void streamsOfDifferentTasksDoNotMeet() {
    const std::string text = file(source("a", ",\"tasks\":2") + "," + source("b", ",\"tasks\":2") + "," + sink("z"),
                                  edge("a.out", "z.in") + "," + edge("b.out", "z.in"));
    QCOMPARE(found(text), "WEIR1406@" + at(text, "\"z\"") + " z");
    QCOMPARE(found(file(source("a") + "," + source("b") + "," + sink("z"),
                        edge("a.out", "z.in") + "," + edge("b.out", "z.in"))),
             std::string());
  }

  void aStartSaysTheSameInTheSamePlaces() {
    QVERIFY(asked().size() > 50);
    QVERIFY(startsCompared() > 40);
  }

  void problemsReadWell() {
    const std::string text = filter("amout > 1");
    QCOMPARE(problemsText(problemsOf(text), "f.weir").substr(0, 7), std::string("f.weir:"));
    const Result<json::Value> parsed = json::parseText(problemsJson(problemsOf(text), "f.weir"));
    QVERIFY(parsed.ok());
    const json::Value& first = parsed->find("problems")->items()[0];
    QCOMPARE(first.find("code")->asText(), std::string("WEIR1303"));
    QCOMPARE(first.find("severity")->asText(), std::string("error"));
    QCOMPARE(first.find("node")->asText(), std::string("m"));
  }

  void everyCodeIsDocumentedAndEveryDocumentedCodeExists() {
    const auto codesIn = [](const QString& path) {
      const std::string text = contentsOf(weir::places::inRepository(path).toStdString());
      static const QRegularExpression pattern("WEIR1[0-9]{3}");
      std::set<std::string> codes;
      for (const QRegularExpressionMatch& hit : pattern.globalMatch(QString::fromStdString(text))) {
        codes.insert(hit.captured().toStdString());
      }
      return codes;
    };
    const std::set<std::string> defined = codesIn("core/topology/model/problem_codes.hpp");
    QVERIFY(!defined.empty());
    QVERIFY(defined == codesIn("docs/problems.md"));
  }

  void twoThousandNodesAreCheckedInFiftyMilliseconds() {
    std::string nodes = source("n0");
    std::string edges;
    for (int i = 1; i < 1999; ++i) {
      nodes += "," + node("n" + std::to_string(i), "std.filter", "\"where\":\"amount > " + std::to_string(i) + "\"");
      edges += (i == 1 ? "" : ",") + edge("n" + std::to_string(i - 1) + ".out", "n" + std::to_string(i) + ".in");
    }
    const std::string text = file(nodes + "," + sink("z"), edges + "," + edge("n1998.out", "z.in"));
    const catalog::Catalog catalog = testCatalog();
    double best = 1e9;
    for (int round = 0; round < 5; ++round) {
      const std::clock_t start = std::clock();  // of this process: other work on the machine does not count
      const ReadOutcome outcome = readTopology(text);
      const CheckOutcome checked = check(*outcome.topology, catalog, testDeriver());
      best = std::min(best, static_cast<double>(std::clock() - start) * 1000 / CLOCKS_PER_SEC);
      QVERIFY(checked.problems.empty());
    }
    qInfo("2000 nodes read and checked in %.1f ms", best);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QVERIFY2(best <= 50, qPrintable(QString::number(best) + " ms"));
#endif
  }
};

WEIR_TEST(CheckTest)
#include "check_test.moc"
