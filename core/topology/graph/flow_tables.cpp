#include "core/topology/graph/flow_tables.hpp"

#include <algorithm>

#include "core/topology/model/edge_ids.hpp"
#include "core/topology/model/problem_codes.hpp"

namespace weir::topology {

namespace {

bool givesTable(const TypedGraph& graph, const TypedEdge& edge) {
  const TypedNode& node = graph.nodes[edge.from];
  if (node.topic != nullptr) return node.table;
  return node.spec != nullptr && node.spec->outputs[edge.fromPort].shape == catalog::PortShape::Table;
}

void visitTopic(const TypedGraph& graph, TypedNode& topic, Problems& problems) {
  const json::Value* const said = topic.param("table");
  const bool declared = said != nullptr && said->kind() == json::Kind::Boolean;
  const std::vector<std::size_t>& edges = topic.incoming[0];
  const auto writer =
      std::find_if(edges.begin(), edges.end(), [&](std::size_t edge) { return givesTable(graph, graph.edges[edge]); });
  topic.table = writer != edges.end() || (declared && said->asBoolean());
  Reporter reporter(problems, topic.id(), topic.position(), "");
  if (declared && !said->asBoolean() && writer != edges.end()) {
    Problem& problem = reporter.report(codes::kPortShape, said->position(), "table",
                                       "The topic \"" + topic.id() + "\" is said to be no table, but \"" +
                                           graph.edges[*writer].edge->from.value + "\" writes one to it.",
                                       "Remove \"table\": it follows from what is written.");
    problem.fix = QuickFix{"Remove it", {{FixStep::Kind::Remove, topic.id(), "table", {}}}};
  }
  const json::Value* const partitions = topic.param("partitions");
  const bool several = partitions != nullptr && partitions->asInteger().value_or(1) > 1;
  if (topic.table && several && fieldNames(topic.param("key")).empty()) {
    reporter.report(
        codes::kTableKey, partitions->position(), "partitions",
        "The topic \"" + topic.id() +
            "\" holds a table in several partitions and has no key: the changes of one row would come apart.",
        "Add \"key\" with the columns that tell its rows apart, or use one partition.");
  }
  if (const json::Value* const format = topic.param("value_format"); topic.table && format != nullptr) {
    Problem& problem = reporter.report(
        codes::kTableAsRecords, format->position(), "value_format",
        "The topic \"" + topic.id() +
            "\" holds a table, and its rows would be records of a format, which cannot say what a row was before.",
        "Remove \"value_format\", or write a stream to it.");
    problem.fix = QuickFix{"Remove it", {{FixStep::Kind::Remove, topic.id(), "value_format", {}}}};
  }
}

}  // namespace

void flowTables(TypedGraph& graph, Problems& problems) {
  for (const std::size_t index : graph.order) {
    if (graph.nodes[index].topic != nullptr) visitTopic(graph, graph.nodes[index], problems);
  }
  for (const TypedEdge& edge : graph.edges) {
    const TypedNode& target = graph.nodes[edge.to];
    if (target.spec == nullptr || target.spec->inputs[edge.toPort].acceptsTable || !givesTable(graph, edge)) continue;
    Reporter reporter(problems, "", edge.edge->position);
    reporter
        .report(codes::kPortShape, edge.edge->to.position, "",
                "\"" + edge.edge->from.value + "\" gives a table (rows that change), which \"" + edge.edge->to.value +
                    "\" does not take.",
                "Connect it to an input that takes tables.")
        .edge = edgeId(*edge.edge);
  }
}

}  // namespace weir::topology
