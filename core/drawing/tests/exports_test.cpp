#include <QProcess>
#include <QXmlStreamReader>

#include "core/drawing/exports/svg.hpp"
#include "core/drawing/exports/text_exports.hpp"
#include "core/drawing/icons/icons.hpp"
#include "core/drawing/layout/picture_layout.hpp"
#include "core/drawing/tests/shipped.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::drawing;
using namespace weir::drawing::testing;

namespace {

constexpr const char* kOdd = "\"name\":\"a < b & \\\"c\\\" ]] -> \\\\\",\"doc\":\"d\",";

topology::Topology example() {
  std::string nodes = R"({"id":"orders","use":"file.source",)";
  nodes += kOdd;
  nodes += R"("params":{"path":"in.ndjson"}},)"
           R"({"id":"count","use":"window.tumbling","params":{"group_by":["region"],"size":"1m",)"
           R"("aggregates":[{"name":"n","function":"count"}]}},)"
           R"({"id":"late","use":"file.sink","params":{"path":"l"}},)"
           R"({"id":"gone","use":"geo.locate"})";
  return drawn(
      nodes,
      R"({"from":"orders.out","to":"count.in"},{"from":"count.out","to":"result"},{"from":"count.late","to":"late.in"},)"
      R"({"from":"nobody.out","to":"late.in"})",
      R"({"id":"result","topic":"per-minute","key":"region"})",
      R"("groups":[{"id":"g","name":"Count","nodes":["count"]}],)");
}

}  // namespace

class ExportsTest : public QObject {
  Q_OBJECT

  const catalog::Catalog catalog_ = shippedCatalog();
  const InterMeasure measure_{};
  const PictureMaker maker_{catalog_, measure_};

  Picture placed(topology::Topology topology) {
    placeMissing(topology, maker_);
    return maker_.make(topology, {});
  }

  // Texts or ids of the elements of that name; fails when the text is not XML.
  QStringList elements(const std::string& svg, const QString& name) {
    QStringList out;
    QXmlStreamReader reader(QByteArray::fromStdString(svg));
    while (!reader.atEnd()) {
      if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == name) {
        const QString id = reader.attributes().value("id").toString();
        if (name == "title" || name == "text") {
          out << reader.readElementText();
        } else if (!id.isEmpty()) {
          out << id;
        }
      }
    }
    if (reader.hasError()) qCritical("%s", qPrintable(reader.errorString()));
    return reader.hasError() ? QStringList{"not XML"} : out;
  }

 private Q_SLOTS:
  void anSvgHasEveryNode() {
    for (const bool dark : {false, true}) {
      const std::string svg = svgOf(placed(example()), {.dark = dark});
      const QStringList titles{"a < b & \"c\" ]] -> \\", "Count", "Late", "Gone", "per-minute"};
      QCOMPARE(elements(svg, "title"), titles);
      QCOMPARE(elements(svg, "g"), (QStringList{"node-orders", "node-count", "node-late", "node-gone", "node-result"}));
      QVERIFY(elements(svg, "text").contains("count by region, every 1m"));
      QVERIFY(svg.find(dark ? "#14161A" : "#F7F8FA") != std::string::npos);
    }
  }

  void bentWiresGoTheirWayAndLinksAreTagged() {
    topology::Topology topology =
        drawn(R"({"id":"a","use":"file.source"},{"id":"b","use":"file.sink"})", R"({"from":"a.out","to":"b.in"})");
    setPositions(topology.layout, {{"a", {0, 0}}, {"b", {480, 0}}});
    setWireLayout(topology.layout, "a.out -> b.in", {{{344, 400}}, false});
    QVERIFY(svgOf(maker_.make(topology, {})).find(" 400L") != std::string::npos);
    setWireLayout(topology.layout, "a.out -> b.in", {{}, true});
    const std::string linked = svgOf(maker_.make(topology, {}));
    QVERIFY(elements(linked, "text").contains("→ B"));
    QVERIFY(elements(linked, "text").contains("A →"));
  }

  void aNodeHasTheIconOfItsOperator() {
    const std::string svg = svgOf(placed(drawn(R"({"id":"a","use":"std.filter"})", "")));
    QCOMPARE(catalog_.find("std.filter")->icon, std::string("funnel"));
    QVERIFY(svg.find(iconDrawing("funnel")) != std::string::npos);
    QVERIFY(svg.find(iconDrawing("timer")) == std::string::npos);
  }

  void fontsComeAlongWhenTheyAreGiven() {
    const Picture picture = placed(example());
    QVERIFY(svgOf(picture).find("<style>") == std::string::npos);
    std::string written;
    const std::string svg = svgOf(picture, {.fontFaces = [&](const std::string& drawing) {
                                    written = drawing;
                                    return "@font-face{font-family:Inter}";
                                  }});
    QVERIFY(written.find("count by region") != std::string::npos);
    QVERIFY(svg.find("<style>@font-face{font-family:Inter}</style>") != std::string::npos);
  }

  void aFailingWireIsMarkedInItsMiddle() {
    // Straight from (208, 36) to (328, 36).
    const topology::Topology topology =
        drawn(R"({"id":"a","use":"std.filter"},{"id":"b","use":"std.filter"})", R"({"from":"a.out","to":"b.in"})", "",
              R"("layout":{"a":{"x":0,"y":0},"b":{"x":328,"y":0}},)");
    topology::Problem problem;
    problem.code = "WEIR1301";
    problem.edge = "a.out -> b.in";
    problem.severity = topology::Severity::Error;
    const std::string mark = "<circle cx=\"268\" cy=\"36\"";
    QVERIFY(svgOf(maker_.make(topology, {})).find(mark) == std::string::npos);
    QVERIFY(svgOf(maker_.make(topology, {problem})).find(mark) != std::string::npos);
    problem.severity = topology::Severity::Warning;
    QVERIFY(svgOf(maker_.make(topology, {problem})).find(mark) == std::string::npos);
  }

  void shippedTopologiesBecomeSvg() {
    for (const std::string& file : shippedFiles()) {
      const topology::Topology topology = topologyOf(contentsOf(file));
      const QStringList titles = elements(svgOf(placed(topology)), "title");
      QCOMPARE(static_cast<std::size_t>(titles.size()), topology.nodes.size() + topology.topics.size());
    }
  }

  void everythingIsInsideTheFrame() {
    const Picture picture = placed(example());
    const QXmlStreamAttributes frame = [&] {
      QXmlStreamReader reader(QByteArray::fromStdString(svgOf(picture)));
      reader.readNextStartElement();
      return reader.attributes();
    }();
    const QStringList box = frame.value("viewBox").toString().split(' ');
    const Rect inside{box[0].toDouble(), box[1].toDouble(), box[2].toDouble(), box[3].toDouble()};
    for (const auto& node : picture.nodes) {
      QVERIFY(inside.contains(node->rect().corner()));
      QVERIFY(inside.contains({node->rect().right(), node->rect().bottom()}));
    }
  }

  void mermaidIsAsItShouldBe() {
    QCOMPARE(QString::fromStdString(mermaidOf(maker_.make(example(), {}))),
             QString("flowchart LR\n"
                     "  subgraph g0[\"Count\"]\n"
                     "    n1{{\"Count<br/>count by region, every 1m<br/>no grace, when closed\"}}\n"
                     "  end\n"
                     "  n0([\"a #60; b #38; #34;c#34; #93;#93; -#62; #92;<br/>choose the format,<br/>schema\"])\n"
                     "  n2[/\"Late<br/>l\"/]\n"
                     "  n3[\"Gone<br/>geo.locate<br/>plugin missing, settings…\"]\n"
                     "  n4[(\"per-minute<br/>1 partition, keyed by…<br/>kept for ever\")]\n"
                     "  n0 --> n1\n"
                     "  n1 --> n4\n"
                     "  n1 -. late .-> n2\n"));
  }

  void groupsInGroupsAreWrittenSo() {
    const Picture picture = placed(
        drawn(R"({"id":"a","use":"std.filter"},{"id":"b","use":"std.filter"})", "", "",
              R"("groups":[{"id":"in","name":"In","nodes":["a"]},{"id":"out","name":"Out","nodes":["b","in"]}],)"));
    QCOMPARE(QString::fromStdString(mermaidOf(picture)), QString("flowchart LR\n"
                                                                 "  subgraph g0[\"Out\"]\n"
                                                                 "    subgraph g1[\"In\"]\n"
                                                                 "      n0[\"A<br/>choose the condition\"]\n"
                                                                 "    end\n"
                                                                 "    n1[\"B<br/>choose the condition\"]\n"
                                                                 "  end\n"));
    const std::string dot = dotOf(picture, "name");
    QVERIFY(dot.find("  subgraph cluster_0 {\n    label=\"Out\";\n    subgraph cluster_1 {\n      label=\"In\";\n") !=
            std::string::npos);
    const std::string svg = svgOf(picture);
    QVERIFY(svg.find(">Out<") < svg.find(">In<"));
  }

  void whatDoesNotRunIsDashedInTexts() {
    const Picture picture = maker_.make(
        drawn(
            R"({"id":"a","use":"file.source","disabled":"stop"},{"id":"b","use":"std.filter"},{"id":"c","use":"file.source"})",
            R"({"from":"a.out","to":"b.in"})"),
        {});
    const QString mermaid = QString::fromStdString(mermaidOf(picture));
    QVERIFY(mermaid.contains("\"]):::idle\n") && mermaid.contains("\"]:::idle\n"));
    QVERIFY(mermaid.contains("  n0 -.-> n1\n"));
    QVERIFY(mermaid.endsWith("  classDef idle opacity:0.5,stroke-dasharray:4\n"));
    const QString dot = QString::fromStdString(dotOf(picture, "name"));
    QVERIFY(dot.contains("\"a\" [shape=box, style=\"rounded,dashed\", fontcolor=gray50, label="));
    QVERIFY(dot.contains("\"b\" [shape=box, style=\"dashed\", fontcolor=gray50, label="));
    QVERIFY(dot.contains("\"c\" [shape=box, style=\"rounded\", label="));
    QVERIFY(dot.contains("\"a\" -> \"b\" [style=dashed];\n"));
  }

  void graphvizReadsWhatIsWrittenForIt() {
    const std::string text = dotOf(maker_.make(example(), {}), "a \"name\"");
    QVERIFY(text.starts_with("digraph \"a \\\"name\\\"\" {\n"));
    QVERIFY(text.find("\"count\" -> \"late\" [style=dashed, label=\"late\"];\n") != std::string::npos);
    QProcess dot;
    dot.start("dot", {"-Tplain"});
    dot.write(QByteArray::fromStdString(text));
    dot.closeWriteChannel();
    QVERIFY2(dot.waitForFinished(), "the program dot of the Debian package graphviz is needed");
    QCOMPARE(dot.exitCode(), 0);
    QCOMPARE(QString(dot.readAllStandardOutput()).count("\nnode "), 5);
  }
};

WEIR_TEST(ExportsTest)
#include "exports_test.moc"
