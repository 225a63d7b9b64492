
#include "core/base/json_parser.hpp"
#include "core/drawing/look/measures.hpp"
#include "core/drawing/picture/picture.hpp"
#include "core/drawing/tests/shipped.hpp"
#include "core/drawing/words/fit_text.hpp"
#include "core/drawing/words/summary.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::drawing;
using namespace weir::drawing::testing;

namespace {

const InterMeasure kMeasure;

// Both lines of what a node says, with a bar between them.
QString wordsOf(const std::string& use, const std::string& params, const std::string& more = "") {
  static const catalog::Catalog catalog = shippedCatalog();
  const topology::Topology topology =
      drawn(R"({"id":"n","use":")" + use + R"(","params":{)" + params + "}}", "", "", more);
  const NodePicture picture = PictureMaker(catalog, kMeasure).pictureOfNode(*topology.nodes[0], topology);
  return QString::fromStdString(picture.words[0] + (picture.words[1].empty() ? "" : "|" + picture.words[1]));
}

// A template over these parameters.
QString filledIn(const std::string& pattern, const std::string& params) {
  catalog::OperatorSpec spec;
  spec.summary = {pattern};
  catalog::ParamSpec secret;
  secret.name = "password";
  secret.secret = true;
  spec.params.push_back(secret);
  const topology::Topology topology;
  const std::vector<std::string> lines = summaryLines(spec, *json::parseText(params), 8, {topology, Wording()});
  return lines.empty() ? QString() : QString::fromStdString(lines[0]);
}

constexpr const char* kWindow =
    R"("group_by":["region"],"size":"1m","aggregates":[{"name":"orders","function":"count"}])";

}  // namespace

class WordsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void shippedOperatorsSayWhatTheyDo_data() {
    QTest::addColumn<QString>("use");
    QTest::addColumn<QString>("params");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const char* use, const QString& params, const char* words) {
      QTest::newRow(name) << use << params << words;
    };
    row("window", "window.tumbling", kWindow, "count by region, every 1m|no grace, when closed");
    row("window with grace", "window.tumbling", QString(kWindow) + R"(,"grace":"30s","emit":"on_update")",
        "count by region, every 1m|30s grace, after each row");
    row("window of many aggregates", "window.tumbling",
        R"("group_by":["origin"],"size":"1h","aggregates":[{"name":"a","function":"count"},)"
        R"({"name":"b","function":"avg","field":"dep_delay"},{"name":"c","function":"max","field":"dep_delay"}])",
        "count, avg dep_delay and|1 more by origin, every 1h");
    row("filter", "std.filter", R"j("where":"amount > 100 and region in ('eu', 'us')")j",
        "amount > 100 and region|in ('eu', 'us')");
    row("select", "std.select", R"("fields":[{"name":"key","expression":"a"},{"name":"orders","expression":"b"}])",
        "key, orders");
    row("extend", "std.extend", R"("fields":[{"name":"gross","expression":"amount * 1.19"}])",
        "add gross = amount * 1.19");
    row("drop", "std.drop", R"("fields":["a","b"])", "without a, b");
    row("rename", "std.rename", R"("fields":[{"from":"ts","to":"ordered_at"}])", "ts to ordered_at");
    row("source", "file.source",
        R"("format":"json.json","schema":[{"name":"ts","type":"timestamp"}],"path":"data/o?.ndjson","event_time":{"field":"ts","disorder":"5s"})",
        "data/o?.ndjson|by ts, 5s disorder");
    row("source without a schema", "file.source", R"("path":"data/o?.ndjson")", "choose the format,|schema");
    row("source without time", "file.source",
        R"("format":"json.json","schema":[{"name":"a","type":"int64"}],"path":"data/o?.ndjson")", "data/o?.ndjson");
    row("sink", "file.sink", R"("path":"out/late.ndjson")", "out/late.ndjson");
  }

  void shippedOperatorsSayWhatTheyDo() {
    QFETCH(QString, use);
    QFETCH(QString, params);
    QFETCH(QString, words);
    QCOMPARE(wordsOf(use.toStdString(), params.toStdString()), words);
  }

  // A new operator without words, or with words that name a parameter it does not have, is found here.
  void everyShippedOperatorHasWordsForItsExamples() {
    const catalog::Catalog catalog = shippedCatalog();
    for (const catalog::CatalogEntry& entry : catalog.entries()) {
      for (const catalog::OperatorSpec& spec : entry.manifest.operators) {
        if (catalog::isPure(spec.kind)) continue;  // stands in no picture
        QVERIFY2(!spec.summary.empty(), spec.id.c_str());
        json::Value params = json::Value::object();
        for (const catalog::ParamSpec& param : spec.params) {
          if (!param.required || param.standard) continue;
          QVERIFY2(!param.examples.empty() || param.type == catalog::ParamType::Choice, param.name.c_str());
          params.set(param.name, param.examples.empty() ? json::Value::text(param.choices[0]) : param.examples[0]);
        }
        const topology::Topology topology;
        for (const std::string& line : summaryLines(spec, params, 8, {topology, Wording()})) {
          QVERIFY2(!line.empty(), spec.id.c_str());
        }
        std::string text;
        for (const std::string& line : spec.summary) text += line;
        for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
          const std::string name = text.substr(at + 1, text.find_first_of(":|}", at) - at - 1);
          bool known = spec.param(name) != nullptr;
          for (const catalog::ParamSpec& param : spec.params) {
            const auto& members = param.element.empty() ? param.members : param.element[0].members;
            for (const catalog::ParamSpec& member : members) known = known || member.name == name;
          }
          QVERIFY2(known, (spec.id + " has no parameter " + name).c_str());
        }
      }
    }
  }

  void whatIsMissingIsAskedFor() {
    QCOMPARE(wordsOf("std.filter", ""), "choose the condition");
    QCOMPARE(wordsOf("std.filter", R"("where":"")"), "choose the condition");
    QCOMPARE(wordsOf("std.select", R"("fields":[])"), "choose the columns");
  }

  void aMissingPluginIsSaid() { QCOMPARE(wordsOf("geo.locate", ""), "geo.locate|plugin missing, settings…"); }

  void parametersOfTheTopologyShowTheirDefault() {
    QCOMPARE(wordsOf("file.sink", R"("path":"${param:results}")",
                     R"("params":[{"name":"results","type":"text","default":"out/a.ndjson"}],)"),
             "out/a.ndjson");
    QCOMPARE(wordsOf("file.sink", R"("path":"${env:OUT}")"), "${env:OUT}");
  }

  void longPathsBreakAfterSlashes() {
    QCOMPARE(wordsOf("file.sink", R"("path":"data/flights/departures-2013.ndjson")"),
             "data/flights/|departures-2013.ndjson");
  }

  void templatesKnowAlternativesListsAndOptionalParts() {
    QCOMPARE(filledIn("{a|x=one|y=two|other {a}}", R"({"a":"y"})"), "two");
    QCOMPARE(filledIn("{a|x=one|y=two|other {a}}", R"({"a":"z"})"), "other z");
    QCOMPARE(filledIn("by {a:{k} {v}}", R"({"a":[{"k":"p","v":1},{"k":"q"}]})"), "by p 1, q");
    QCOMPARE(filledIn("{a}[, of {b}]", R"({"a":1})"), "1");
    QCOMPARE(filledIn("{a}[, of {b}]", R"({"a":1,"b":2})"), "1, of 2");
    QCOMPARE(filledIn("{a} rows/s", R"({"a":1234567})"), "1,234,567 rows/s");
    QCOMPARE(filledIn("{a}", R"({"a":true})"), "yes");
    QCOMPARE(filledIn("{password}", R"({"password":"hidden"})"), "•••");
    QCOMPARE(filledIn("{a", R"({"a":1})"), "1");
  }

  void longListsSayHowManyMore() {
    QCOMPARE(filledIn("{a}", R"({"a":[1,2,3,4,5,6,7,8,9,10]})"), "1, 2, 3, 4, 5, 6, 7, 8 and 2 more");
  }

  void textsAreCutOnWordBorders() {
    QCOMPARE(cutText("one two three", 60, FontRole::Words, kMeasure), std::string("one two…"));
    QCOMPARE(cutText("one", 60, FontRole::Words, kMeasure), std::string("one"));
    QCOMPARE(cutText("onetwothreefour", 60, FontRole::Words, kMeasure), std::string("onet…four"));
  }

  void namesAreCutInTheMiddle() {
    const std::string name = "orders-per-minute-by-region-and-country";
    const std::string shown = elideMiddle(name, 150, FontRole::NodeName, kMeasure);
    QVERIFY(shown.starts_with("orders-per") && shown.ends_with("country"));
    QVERIFY(kMeasure.width(shown, FontRole::NodeName) <= 150);
    QCOMPARE(elideMiddle("short", 150, FontRole::NodeName, kMeasure), std::string("short"));
  }

  void charactersAreNeverTornApart() {
    const std::string text = "größenänderungsübersichtsfläche";
    for (double width = 20; width < 220; width += 3) {
      for (const std::string& out :
           {cutText(text, width, FontRole::Words, kMeasure), elideMiddle(text, width, FontRole::Words, kMeasure)}) {
        const QString read = QString::fromStdString(out);
        QCOMPARE(read.toStdString(), out);
        QVERIFY2(!read.contains(QChar::ReplacementCharacter), out.c_str());
      }
    }
  }

  void wrappedLinesFit() {
    const std::vector<std::string> lines =
        wrapText("a remark of some length\nwith a line feed", 80, 10, FontRole::Comment, kMeasure);
    QVERIFY(lines.size() >= 4);
    for (const std::string& line : lines) QVERIFY(kMeasure.width(line, FontRole::Comment) <= 80);
  }
};

WEIR_TEST(WordsTest)
#include "words_test.moc"
