#include "core/topology/graph/leave_out.hpp"

#include <algorithm>
#include <functional>

#include "core/topology/model/idle_parts.hpp"
#include "core/topology/model/problem_codes.hpp"

namespace weir::topology {

namespace {

bool isPassed(const TypedNode& node) {
  return node.node != nullptr && passes(*node.node) && !node.idle;
}

// Rows can only go past what takes one stream and gives one.
bool canBePassed(const catalog::OperatorSpec& spec) {
  return spec.inputs.size() == 1 && spec.outputs.size() == 1 && spec.outputs[0].shape != catalog::PortShape::Table;
}

void report(const TypedNode& node, Problems& problems) {
  const Text& disabled = node.node->disabled;
  Reporter reporter(problems, node.id(), node.position());
  if (disabled.value != kStop && disabled.value != kPass) {
    reporter.report(codes::kNotAChoice, disabled.position, "",
                    "\"disabled\" is " + json::quote(disabled.value) + ", which is none of its choices.",
                    "Choose one of: stop, pass.");
    return;
  }
  const bool pass = disabled.value == kPass;
  if (pass && (node.spec == nullptr || !canBePassed(*node.spec))) {
    Problem& problem = reporter.report(
        codes::kCannotPass, disabled.position, "",
        node.spec == nullptr
            ? "Rows cannot pass \"" + node.id() + "\": what it is is not known, and so are its inputs and outputs."
            : "Rows cannot pass \"" + node.id() + "\": it is no node with one input and one output, both streams.",
        "Say \"disabled\": \"stop\", or take the node out of its wires.");
    problem.fix = changeTo(node.id(), "disabled", std::string(kStop));
    return;
  }
  reporter
      .report(codes::kDisabled, disabled.position, "",
              "\"" + node.id() + "\" is disabled: " +
                  (pass ? "rows go past it." : "it does not run, nor does what only it feeds or what only feeds it."),
              "Enable it by taking \"disabled\" out; it goes on where it stopped.")
      .severity = Severity::Info;
}

void connectAnew(TypedGraph& graph, std::vector<TypedEdge> edges) {
  for (TypedNode& node : graph.nodes) {
    for (auto* const ports : {&node.incoming, &node.outgoing}) {
      for (std::vector<std::size_t>& port : *ports) port.clear();
    }
  }
  graph.edges = std::move(edges);
  for (std::size_t index = 0; index < graph.edges.size(); ++index) {
    const TypedEdge& edge = graph.edges[index];
    graph.nodes[edge.from].outgoing[edge.fromPort].push_back(index);
    graph.nodes[edge.to].incoming[edge.toPort].push_back(index);
  }
}

// Where the rows come from that go past a node.
std::vector<TypedOutput> originsOf(const TypedGraph& graph, std::size_t index) {
  std::vector<TypedOutput> origins;
  std::vector<std::size_t> met = {index};  // nodes on the way: a circle of them has no beginning
  const std::function<void(std::size_t)> visit = [&](std::size_t at) {
    for (const std::vector<std::size_t>& port : graph.nodes[at].incoming) {
      for (const std::size_t edge : port) {
        const TypedEdge& typed = graph.edges[edge];
        if (!isPassed(graph.nodes[typed.from])) {
          origins.push_back({typed.from, typed.fromPort});
        } else if (std::find(met.begin(), met.end(), typed.from) == met.end()) {
          met.push_back(typed.from);
          visit(typed.from);
        }
      }
    }
  };
  visit(index);
  return origins;
}

}  // namespace

void leaveOut(const Topology& topology, TypedGraph& graph, Problems& problems) {
  const std::set<std::string, std::less<>> idle = idleParts(topology);
  bool any = false;
  for (TypedNode& node : graph.nodes) {
    node.idle = idle.contains(node.id());
    if (!node.disabled()) continue;
    any = true;
    report(node, problems);
  }
  if (!any) return;
  std::vector<TypedEdge> edges;
  for (const TypedEdge& edge : graph.edges) {
    const TypedNode& from = graph.nodes[edge.from];
    const TypedNode& to = graph.nodes[edge.to];
    if (isPassed(to) || (from.disabled() && from.idle) || (from.idle && !to.idle)) continue;
    if (!isPassed(from)) {
      edges.push_back(edge);
      continue;
    }
    for (const TypedOutput& origin : originsOf(graph, edge.from)) {
      if (graph.nodes[origin.node].idle && !to.idle) continue;
      edges.push_back({origin.node, origin.port, edge.to, edge.toPort, edge.edge});
    }
  }
  for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
    if (!isPassed(graph.nodes[index])) continue;
    const std::vector<TypedOutput> origins = originsOf(graph, index);
    if (!origins.empty()) graph.nodes[index].passed = origins.front();
  }
  connectAnew(graph, std::move(edges));
}

void keepRunning(TypedGraph& graph) {
  const bool any = std::any_of(graph.nodes.begin(), graph.nodes.end(),
                               [](const TypedNode& node) { return node.idle || node.disabled(); });
  if (!any) return;
  for (TypedNode& node : graph.nodes) {
    if (!node.passed || node.inputs.size() != 1 || node.outputs.size() != 1) continue;
    node.inputs[0] = graph.nodes[node.passed->node].outputs[node.passed->port];
    node.outputs[0] = node.inputs[0];
  }
  std::erase_if(graph.order, [&](std::size_t index) { return !graph.nodes[index].runs(); });
  std::vector<TypedEdge> edges = graph.edges;
  std::erase_if(edges,
                [&](const TypedEdge& edge) { return !graph.nodes[edge.from].runs() || !graph.nodes[edge.to].runs(); });
  connectAnew(graph, std::move(edges));
}

}  // namespace weir::topology
