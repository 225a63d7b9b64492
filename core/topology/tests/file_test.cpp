#include <random>

#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"
#include "core/topology/plan/diff.hpp"
#include "core/topology/tests/test_catalog.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::topology;
using namespace weir::topology::testing;

namespace {

std::string problemsOf(std::string_view text) {
  return briefly(readTopology(text).problems);
}

// Topologies of any shape, well-formed but not sensible.
class RandomTopology {
 public:
  explicit RandomTopology(unsigned seed) : random_(seed) {}

  Topology make() {
    Topology out;
    out.name = text("t");
    if (chance(2)) out.doc = text(words());
    for (unsigned i = pick(4); i > 0; --i) {
      Parameter parameter;
      parameter.name = text("p" + std::to_string(i));
      parameter.type = text("text");
      parameter.hasDefault = chance(2);
      if (parameter.hasDefault) parameter.defaultValue = value(2);
      out.params.emplace_back(parameter);
    }
    const char* const uses[] = {"file.source", "std.select", "window.tumbling", "no.such"};
    for (unsigned i = pick(8); i > 0; --i) {
      Node node;
      node.id = text("n" + std::to_string(i));
      node.use = text(uses[pick(4)]);
      if (chance(3)) node.doc = text(words());
      if (chance(3)) node.guarantee = text("at_least_once");
      if (chance(3)) node.was = {text("old" + std::to_string(i)), text("older" + std::to_string(i))};
      node.params = object(3);
      out.nodes.emplace_back(node);
    }
    for (unsigned i = pick(3); i > 0; --i) out.topics.emplace_back(Topic{text("t" + std::to_string(i)), object(2), {}});
    for (unsigned i = pick(3); i > 0; --i) {
      out.groups.emplace_back(Group{text("g" + std::to_string(i)), text(words()), {}, {text("n1")}, {}});
    }
    for (unsigned i = pick(6); i > 0; --i) {
      out.edges.emplace_back(Edge{text("n" + std::to_string(i) + ".out"), text("t1"), {}});
    }
    out.layout = layoutEntries(object(2));
    return out;
  }

 private:
  unsigned pick(unsigned below) { return random_() % below; }
  bool chance(unsigned of) { return pick(of) == 0; }
  static Text text(std::string value) { return {std::move(value), {}}; }

  std::string words() {
    static const char* const kPieces[] = {
        "a", "Z", " ", "\"", "\\", "\n", "\t", "\x01", "\xC3\xA4", "\xF0\x9F\x98\x80", "${x}"};
    std::string out = "w";
    for (unsigned i = pick(40); i > 0; --i) out += kPieces[pick(11)];
    return out;
  }

  json::Value object(unsigned depth) {
    static const char* const kNames[] = {"path", "schema", "size", "group_by", "fields", "key", "odd", "x", "y"};
    json::Value out = json::Value::object();
    for (unsigned i = pick(6); i > 0; --i) out.set(kNames[pick(9)], value(depth));
    return out;
  }

  json::Value value(unsigned depth) {
    static const char* const kNumbers[] = {"0",    "-1",   "9007199254740993",
                                           "0.10", "1e-7", "123456789012345678901234567890"};
    switch (pick(depth == 0 ? 4 : 6)) {
      case 0: return {};
      case 1: return json::Value::boolean(chance(2));
      case 2: return json::Value::numberText(kNumbers[pick(6)]);
      case 3: return json::Value::text(words());
      case 4: return object(depth - 1);
      default: {
        json::Value out = json::Value::list();
        for (unsigned i = pick(5); i > 0; --i) out.items().push_back(value(depth - 1));
        return out;
      }
    }
  }

  std::mt19937 random_;
};

}  // namespace

class FileTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void wrongFormIsNamedWithCodeAndPlace_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) {
      QTest::newRow(name) << QString(text) << QString(expected);
    };
    row("no JSON", "{\n  \"weir\": 1,,\n}", "WEIR1001@2:13");
    row("trailing rubbish", "{\"weir\":1,\"name\":\"t\"} x", "WEIR1001@1:23");
    row("duplicate member", "{\"weir\":1,\n\"name\":\"t\",\n\"name\":\"u\"}", "WEIR1002@3:1");
    row("newer version", "{\"weir\":2,\"name\":\"t\",\"new\":1}", "WEIR1003@1:9");
    row("version zero", "{\"weir\":0,\"name\":\"t\"}", "WEIR1003@1:9");
    row("no version", "{\"name\":\"t\"}", "WEIR1005@1:1");
    row("no name", "{\"weir\":1}", "WEIR1005@1:1");
    row("unknown member", "{\"weir\":1,\"name\":\"t\",\n \"node\":[]}", "WEIR1004@2:2");
    row("unknown member of a node",
        "{\"weir\":1,\"name\":\"t\",\"nodes\":[\n{\"id\":\"a\",\"use\":\"x.y\",\"parms\":{}}]}", "WEIR1004@2:23 a");
    row("nodes are no list", "{\"weir\":1,\"name\":\"t\",\"nodes\":{}}", "WEIR1006@1:30");
    row("a node is no object", "{\"weir\":1,\"name\":\"t\",\"nodes\":[7]}", "WEIR1006@1:31");
    row("params are no object",
        "{\"weir\":1,\"name\":\"t\",\"nodes\":[\n{\"id\":\"a\",\"use\":\"x.y\",\"params\":[]}]}", "WEIR1006@2:32 a");
    row("the file is a list", "[]", "WEIR1006@1:1");
    row("an id with a point", "{\"weir\":1,\"name\":\"t\",\"nodes\":[\n{\"id\":\"a.b\",\"use\":\"x.y\"}]}",
        "WEIR1007@2:7 a.b");
    row("an id twice",
        "{\"weir\":1,\"name\":\"t\",\"nodes\":[\n{\"id\":\"a\",\"use\":\"x.y\"}],\n\"topics\":[{\"id\":\"a\"}]}",
        "WEIR1008@3:17 a");
    const std::string was = "{\"weir\":1,\"name\":\"t\",\"nodes\":[\n{\"id\":\"a\",\"use\":\"x.y\",\"was\":";
    const std::string next = "},\n{\"id\":\"b\",\"use\":\"x.y\",\"was\":";
    row("it was what it is", (was + "[\"a\"]}]}").c_str(), "WEIR1011@2:30 a");
    row("it was what is there", (was + "[\"b\"]" + next + "[]}]}").c_str(), "WEIR1011@2:30 a");
    row("two in a circle", (was + "[\"b\"]" + next + "[\"a\"]}]}").c_str(), "WEIR1011@2:30 a\nWEIR1011@3:30 b");
    row("it was something twice", (was + "[\"c\",\"c\"]}]}").c_str(), "WEIR1012@2:34 a");
    row("two were one", (was + "[\"c\"]" + next + "[\"c\"]}]}").c_str(), "WEIR1012@3:30 b");
    row("it was what no id can be", (was + "[\"c.d\"]}]}").c_str(), "WEIR1007@2:30 a");
    row("it was no text", (was + "[7]}]}").c_str(), "WEIR1006@2:30 a");
    row("a topic whose rows would be left behind",
        "{\"weir\":1,\"name\":\"t\",\"topics\":[\n{\"id\":\"a\",\"was\":[\"c\"]}]}", "WEIR1013@2:18 a was");
    row("a topic that keeps its name in the log",
        "{\"weir\":1,\"name\":\"t\",\"topics\":[\n{\"id\":\"a\",\"topic\":\"c\",\"was\":[\"c\"]}]}", "");
    row("an edge without end", "{\"weir\":1,\"name\":\"t\",\"edges\":[\n{\"from\":\"a.out\"}]}", "WEIR1005@2:1");
    row("unknown type of a parameter", "{\"weir\":1,\"name\":\"t\",\"params\":[\n{\"name\":\"a\",\"type\":\"txt\"}]}",
        "WEIR1206@2:20");
  }

  void wrongFormIsNamedWithCodeAndPlace() {
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(problemsOf(text.toStdString())), expected);
  }

  void anUnknownMemberGetsTheNearestName() {
    const ReadOutcome outcome = readTopology("{\"weir\":1,\"name\":\"t\",\"node\":[]}");
    QCOMPARE(outcome.problems[0].help, std::string("Did you mean \"nodes\"?"));
    QVERIFY(outcome.topology.has_value());
  }

  void aNewerFileIsNotReadAtAll() { QVERIFY(!readTopology("{\"weir\":2,\"name\":\"t\"}").topology.has_value()); }

  void depthIsLimited() {
    const std::string deep = std::string(70, '[') + std::string(70, ']');
    QCOMPARE(problemsOf("{\"weir\":1,\"name\":\"t\",\"layout\":{\"a\":" + deep + "}}"), std::string("WEIR1001@1:99"));
  }

  void shippedTopologiesAreCanonical_data() {
    QTest::addColumn<QString>("path");
    for (const char* const name : {"orders_per_minute_by_region", "flight_departures"}) {
      QTest::newRow(name) << weir::places::inRepository("topologies/") + name + ".weir";
    }
  }

  void shippedTopologiesAreCanonical() {
    QFETCH(QString, path);
    const std::string text = contentsOf(path.toStdString());
    QCOMPARE(formatTopology(topologyOf(text), testCatalog()), text);
  }

  void parametersStandInTheOrderOfTheManifest() {
    const std::string text = formatTopology(
        topologyOf(file(node("w", "window.tumbling",
                             R"("zzz":1,"aggregates":[{"function":"count","name":"n"}],"aaa":2,"size":"1m")"),
                        "")),
        testCatalog());
    const std::size_t size = text.find("\"size\"");
    QVERIFY(size < text.find("\"aggregates\""));
    QVERIFY(text.find("[{ \"name\": \"n\", \"function\": \"count\" }]") != std::string::npos);
    QVERIFY(text.find("\"aggregates\"") < text.find("\"zzz\""));
    QVERIFY(text.find("\"zzz\"") < text.find("\"aaa\""));
  }

  void aFormatStandsBeforeItsParameters() {
    const std::string text = formatTopology(
        topologyOf(
            file(node("z", "file.sink", R"("format":{"pause":"2s","separator":";","use":"csv.csv"},"path":"y")"), "")),
        testCatalog());
    QVERIFY(text.find(R"("format": { "use": "csv.csv", "separator": ";", "pause": "2s" })") != std::string::npos);
  }

  void parametersOfAMissingPluginStayAsTheyAre() {
    const Topology topology = topologyOf(file(node("w", "gone.away", R"("b":1.50,"a":{"z":1,"y":[1e3]})"), ""));
    const std::string text = formatTopology(topology, testCatalog());
    QVERIFY(text.find("\"b\": 1.50,\n        \"a\": { \"z\": 1, \"y\": [1e3] }") != std::string::npos);
  }

  void linesBreakAfterAHundredCharacters() {
    const auto lines = [](std::size_t length) {
      // Eight spaces and "x": ["<length>"] are length + 17 characters.
      const std::string params = "\"x\":[\"" + std::string(length, 'a') + "\"]";
      const std::string text = formatTopology(topologyOf(file(node("w", "gone.away", params), "")), testCatalog());
      return std::count(text.begin(), text.end(), '\n');
    };
    QCOMPARE(lines(84) - lines(83), 2);
    QCOMPARE(lines(83), lines(1));
  }

  void writingAndReadingGivesTheSameTopology() {
    const catalog::Catalog catalog = testCatalog();
    for (unsigned seed = 1; seed <= 400; ++seed) {
      const Topology topology = RandomTopology(seed).make();
      const std::string text = formatTopology(topology, catalog);
      const ReadOutcome outcome = readTopology(text);
      QVERIFY2(outcome.topology.has_value(), ("seed " + std::to_string(seed) + "\n" + text).c_str());
      const Topology& again = *outcome.topology;
      QVERIFY2(formatTopology(again, catalog) == text, ("seed " + std::to_string(seed) + "\n" + text).c_str());
      QVERIFY2(topologyHash(again) == topologyHash(topology), ("seed " + std::to_string(seed)).c_str());
      QVERIFY2(diff(topology, again).empty(), ("seed " + std::to_string(seed) + "\n" + text).c_str());
    }
  }
};

WEIR_TEST(FileTest)
#include "file_test.moc"
