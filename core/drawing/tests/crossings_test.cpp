#include <QProcess>

#include "core/drawing/look/measures.hpp"
#include "core/drawing/tests/graphs.hpp"
#include "tests/program/test.hpp"

using namespace weir::drawing;
using namespace weir::drawing::testing;

namespace {

// Where Graphviz puts the nodes. Upside down and in inches, which crosses as much.
std::vector<Point> placedByDot(const LayoutInput& graph) {
  QByteArray text = "digraph g { rankdir=LR; nodesep=0.78; ranksep=1.56; node [shape=box, fixedsize=true];\n";
  for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
    text += "n" + QByteArray::number(qulonglong(node)) +
            " [width=" + QByteArray::number(graph.nodes[node].size.width / 72) +
            ", height=" + QByteArray::number(graph.nodes[node].size.height / 72) + "];\n";
  }
  for (const LayoutEdge& edge : graph.edges) {
    text += "n" + QByteArray::number(qulonglong(edge.from)) + " -> n" + QByteArray::number(qulonglong(edge.to)) + ";\n";
  }
  text += "}\n";
  QProcess dot;
  dot.start("dot", {"-Tplain"});
  dot.write(text);
  dot.closeWriteChannel();
  std::vector<Point> out(graph.nodes.size());
  if (!dot.waitForFinished(60'000) || dot.exitCode() != 0) return {};
  for (const QByteArray& line : dot.readAllStandardOutput().split('\n')) {
    const QList<QByteArray> words = line.split(' ');
    if (words.size() < 4 || words[0] != "node") continue;
    const std::size_t node = words[1].mid(1).toULongLong();
    const Size size = graph.nodes[node].size;
    out[node] = {words[2].toDouble() * 72 - size.width / 2, words[3].toDouble() * 72 - size.height / 2};
  }
  return out;
}

}  // namespace

class CrossingsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void thereAreThirtyGraphs() { QVERIFY(corpus().size() >= 30); }

  void atMostHalfAsManyAgainAsDot_data() {
    QTest::addColumn<int>("index");
    int index = 0;
    for (const NamedGraph& graph : corpus()) QTest::newRow(graph.name.c_str()) << index++;
  }

  // Graphviz is installed by `./dev test`: without it this fails.
  void atMostHalfAsManyAgainAsDot() {
    QFETCH(int, index);
    static const std::vector<NamedGraph> graphs = corpus();
    const LayoutInput& graph = graphs[static_cast<std::size_t>(index)].graph;
    const std::vector<Point> dots = placedByDot(graph);
    QVERIFY2(!dots.empty(), "the program dot of the Debian package graphviz is needed");
    const std::optional<std::vector<Point>> ours = layOut(graph);
    QVERIFY(ours.has_value());
    const std::size_t ourCount = straightCrossings(graph, *ours);
    const std::size_t dotCount = straightCrossings(graph, dots);
    const std::string said = std::to_string(ourCount) + " crossings, dot has " + std::to_string(dotCount);
    if (qEnvironmentVariableIsSet("WEIR_SAY_CROSSINGS")) qInfo("%s", said.c_str());
    QVERIFY2(2 * ourCount <= 3 * dotCount, said.c_str());
  }
};

WEIR_TEST(CrossingsTest)
#include "crossings_test.moc"
