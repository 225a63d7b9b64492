#include "core/topology/graph/connect.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/base/closest_name.hpp"
#include "core/topology/model/edge_ids.hpp"
#include "core/topology/model/nul_text.hpp"
#include "core/topology/model/problem_codes.hpp"

namespace weir::topology {

namespace {

using catalog::PortRole;
using catalog::PortSpec;

using NodeIndex = std::unordered_map<std::string_view, std::size_t>;

// One end of an edge, looked up.
struct End {
  std::size_t node = kNone;
  std::size_t port = kNone;
};

class Connector {
 public:
  Connector(TypedGraph& graph, const NodeIndex& index, Problems& problems)
      : graph_(graph), index_(index), problems_(problems) {}

  void connect(const Edge& edge) {
    const End from = end(edge, edge.from, true);
    const End to = end(edge, edge.to, false);
    if (to.node != kNone) graph_.nodes[to.node].fed = true;
    if (from.port == kNone || to.port == kNone) return;
    const std::pair<std::string_view, std::string_view> key(edge.from.value, edge.to.value);
    if (!seen_.insert(key).second) {
      report(codes::kDuplicateEdge, edge, edge.from, "This edge is drawn twice; every row would pass once.",
             "Remove one of the two.")
          .severity = Severity::Warning;
      return;
    }
    TypedEdge& typed = graph_.edges.emplace_back();
    typed = {from.node, from.port, to.node, to.port, &edge};
    graph_.nodes[from.node].outgoing[from.port].push_back(graph_.edges.size() - 1);
    graph_.nodes[to.node].incoming[to.port].push_back(graph_.edges.size() - 1);
  }

  // An end that is open: what leads there, or on from there, is drawn where the part is used.
  void open(const Port& port) {
    const Edge edge{port.from, port.to, port.position};
    const End at = end(edge, port.output() ? port.from : port.to, port.output());
    if (at.node == kNone || port.output()) return;
    TypedNode& node = graph_.nodes[at.node];
    node.fed = true;
    if (at.port == kNone) return;
    node.open[at.port] = true;
    const Result<Schema> schema = declaredSchema(port.schema);
    if (!schema) {
      report(codes::kUnknownType, edge, port.name,
             "The schema of the port \"" + port.name.value + "\": " + schema.error().message,
             "Declare its columns as those of a source.");
    } else if (!schema->fields.empty()) {
      node.inputs[at.port] = *schema;
    }
  }

 private:
  // Of an open end: none, as problems of edges name two ends.
  static std::string label(const Edge& edge) {
    return edge.from.empty() || edge.to.empty() ? std::string() : edgeId(edge);
  }

  static Result<Schema> declaredSchema(const json::Value& declared) {
    Schema schema;
    for (const json::Value& column : declared.items()) {
      WEIR_TRY_ASSIGN(field, columnOf(column));
      schema.fields.push_back(std::move(field));
    }
    return schema;
  }

  Problem& report(std::string_view code, const Edge& edge, const Text& end, std::string message, std::string help) {
    Reporter reporter(problems_, "", edge.position);
    Problem& problem = reporter.report(code, end.position, "", std::move(message), std::move(help));
    problem.edge = label(edge);
    return problem;
  }

  void suggest(Problem& problem, const Edge& edge, bool from, const std::optional<std::string>& text) {
    if (text && !label(edge).empty()) problem.fix = changeTo(label(edge), from ? "from" : "to", *text);
  }

  // Of nodes and topics, in their alphabet, so that of two that are as near the same one is always meant.
  const std::vector<std::string_view>& names() {
    if (names_.empty()) {
      for (const auto& [name, node] : index_) names_.push_back(name);
      std::sort(names_.begin(), names_.end());
    }
    return names_;
  }

  End end(const Edge& edge, const Text& text, bool from) {
    if (text.empty()) return {};
    return lookUp(edge, {withoutNul(text.value), text.position}, from);
  }

  End lookUp(const Edge& edge, const Text& text, bool from) {
    const std::size_t point = text.value.find('.');
    const std::string id = text.value.substr(0, point);
    const auto found = index_.find(id);
    if (found == index_.end()) {
      const std::optional<std::string> near = closestName(id, names());
      Problem& problem = report(codes::kUnknownNode, edge, text,
                                "The edge " + std::string(from ? "begins" : "ends") + " at \"" + id +
                                    "\", which is neither a node nor a topic." + didYouMean(near),
                                "Correct the name, or add the node.");
      if (near) suggest(problem, edge, from, point == std::string::npos ? *near : *near + text.value.substr(point));
      return {};
    }
    const TypedNode& node = graph_.nodes[found->second];
    if (node.topic != nullptr) return topicEnd(edge, text, from, found->second, point);
    if (node.spec == nullptr) return {};  // an unknown operator has unknown ports
    return {found->second, port(edge, text, from, node, point)};
  }

  End topicEnd(const Edge& edge, const Text& text, bool from, std::size_t index, std::size_t point) {
    if (point == std::string::npos) return {index, 0};
    const std::string id = text.value.substr(0, point);
    Problem& problem = report(codes::kUnknownPort, edge, text, "A topic has no ports: \"" + text.value + "\".",
                              "Write \"" + id + "\" alone.");
    suggest(problem, edge, from, id);
    return {index, kNone};
  }

  std::size_t port(const Edge& edge, const Text& text, bool from, const TypedNode& node, std::size_t point) {
    const std::vector<PortSpec>& ports = from ? node.spec->outputs : node.spec->inputs;
    const std::vector<PortSpec>& others = from ? node.spec->inputs : node.spec->outputs;
    const std::string name = point == std::string::npos ? "" : text.value.substr(point + 1);
    std::vector<std::string_view> names;
    std::string list;
    for (const PortSpec& candidate : ports) {
      if (candidate.name == name) return static_cast<std::size_t>(&candidate - ports.data());
      names.push_back(candidate.name);
      list += (list.empty() ? "" : ", ") + candidate.name;
    }
    const std::string side = from ? "output" : "input";
    const bool reversed =
        std::any_of(others.begin(), others.end(), [&](const PortSpec& other) { return other.name == name; });
    if (ports.empty() || reversed) {
      report(codes::kPortDirection, edge, text,
             ports.empty()
                 ? "\"" + node.id() + "\" has no " + side + ": an edge cannot " + (from ? "begin" : "end") + " there."
                 : "\"" + text.value + "\" is an " + (from ? "input" : "output") + ": an edge cannot " +
                       (from ? "begin" : "end") + " there.",
             ports.empty() ? "Remove the edge, or turn it round." : "Its " + side + "s are: " + list + ".");
      return kNone;
    }
    const std::optional<std::string> near =
        ports.size() == 1 ? std::optional<std::string>(ports[0].name) : closestName(name, names);
    Problem& problem = report(codes::kUnknownPort, edge, text,
                              name.empty() ? "\"" + text.value + "\" names a node, but not which of its " + side + "s."
                                           : "\"" + node.id() + "\" has no " + side + " \"" + name + "\".",
                              "Its " + side + "s are: " + list + ".");
    if (near) suggest(problem, edge, from, node.id() + "." + *near);
    return kNone;
  }

  TypedGraph& graph_;
  const NodeIndex& index_;
  Problems& problems_;
  std::set<std::pair<std::string_view, std::string_view>> seen_;
  std::vector<std::string_view> names_;  // when somebody asked
};

}  // namespace

void connectEdges(const Topology& topology, TypedGraph& graph, Problems& problems) {
  NodeIndex index;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) index.emplace(graph.nodes[i].id(), i);
  Connector connector(graph, index, problems);
  for (const Part<Edge>& edge : topology.edges) connector.connect(*edge);
  // Ends without a name have been judged where they are drawn.
  Problems unsaid;
  Connector silent(graph, index, unsaid);
  for (const Part<Port>& port : topology.ports) (port->name.empty() ? silent : connector).open(*port);
}

void orderNodes(TypedGraph& graph, Problems& problems) {
  std::vector<std::size_t> waiting(graph.nodes.size());
  for (const TypedEdge& edge : graph.edges) ++waiting[edge.to];
  // Ready nodes leave in the order of the file, so that the same topology always gives the same plan.
  std::set<std::size_t> ready;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    if (waiting[i] == 0) ready.insert(i);
  }
  while (!ready.empty()) {
    const std::size_t next = *ready.begin();
    ready.erase(ready.begin());
    graph.order.push_back(next);
    for (const std::vector<std::size_t>& edges : graph.nodes[next].outgoing) {
      for (const std::size_t edge : edges) {
        if (--waiting[graph.edges[edge].to] == 0) ready.insert(graph.edges[edge].to);
      }
    }
  }
  if (graph.order.size() == graph.nodes.size()) return;
  graph.cyclic = true;
  // Going backwards from a node that waits only ever meets nodes that wait: sooner or later one of them again.
  std::size_t at = static_cast<std::size_t>(
      std::find_if(waiting.begin(), waiting.end(), [](std::size_t count) { return count != 0; }) - waiting.begin());
  std::vector<std::size_t> path;
  while (std::find(path.begin(), path.end(), at) == path.end()) {
    path.push_back(at);
    for (const TypedEdge& edge : graph.edges) {
      if (edge.to == at && waiting[edge.from] != 0) {
        at = edge.from;
        break;
      }
    }
  }
  path.erase(path.begin(), std::find(path.begin(), path.end(), at));
  std::string circle = graph.nodes[at].id();
  std::reverse(path.begin(), path.end());
  for (const std::size_t step : path) circle += " -> " + graph.nodes[step].id();
  Reporter reporter(problems, graph.nodes[at].id(), graph.nodes[at].position());
  reporter.report(codes::kCycle, {}, "", "The topology runs in a circle: " + circle + ".",
                  "Remove one of these edges: time could not move on in a circle.");
}

void checkConnections(const Topology& topology, const TypedGraph& graph, Problems& problems) {
  // An edge that could not be looked up has been reported; its ends count as connected.
  std::unordered_set<std::string> from;
  std::unordered_set<std::string> to;
  for (const Part<Edge>& edge : topology.edges) {
    from.insert(withoutNul(edge->from.value));
    to.insert(withoutNul(edge->to.value));
  }
  for (const Part<Port>& port : topology.ports) {
    from.insert(withoutNul(port->from.value));
    to.insert(withoutNul(port->to.value));
  }
  for (const TypedNode& node : graph.nodes) {
    if (node.spec == nullptr || node.disabled()) continue;
    Reporter reporter(problems, node.id(), node.position());
    for (const PortSpec& port : node.spec->inputs) {
      if (port.optional || to.count(node.id() + "." + port.name) != 0 || to.count(node.id()) != 0) continue;
      reporter.report(codes::kInputUnconnected, {}, "",
                      "Nothing is connected to the input \"" + port.name + "\" of \"" + node.id() + "\".",
                      "Draw an edge to \"" + node.id() + "." + port.name + "\", or remove the node.");
    }
    const auto used = [&](const PortSpec& port) {
      return port.role == PortRole::Data &&
             (from.count(node.id() + "." + port.name) != 0 || from.count(node.id()) != 0);
    };
    const std::vector<PortSpec>& outputs = node.spec->outputs;
    const bool gives =
        std::any_of(outputs.begin(), outputs.end(), [](const PortSpec& port) { return port.role == PortRole::Data; });
    if (!gives || std::any_of(outputs.begin(), outputs.end(), used)) continue;
    reporter
        .report(codes::kOutputUnused, {}, "", "The result of \"" + node.id() + "\" goes nowhere.",
                "Draw an edge from \"" + node.id() + "." + outputs[0].name + "\", or remove the node.")
        .severity = Severity::Warning;
  }
}

}  // namespace weir::topology
