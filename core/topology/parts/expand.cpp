#include "core/topology/parts/expand.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include "core/topology/file/read_topology.hpp"
#include "core/topology/graph/connect.hpp"
#include "core/topology/graph/look_up_nodes.hpp"
#include "core/topology/model/problem_codes.hpp"
#include "core/topology/model/reporter.hpp"
#include "core/topology/model/topic_names.hpp"
#include "core/topology/parts/part_operator.hpp"
#include "core/topology/parts/put_in_place.hpp"

namespace weir::topology {

namespace {

constexpr std::size_t kDeepest = 16;
constexpr std::size_t kMostNodes = 100'000;  // two uses of a part in a part in a part ... are many
constexpr std::string_view kArrow = " -> ";  // in ids of edges

std::string_view nodeOf(std::string_view end) {
  return end.substr(0, end.find('.'));
}

std::string labelOf(const std::string& from, const std::string& to) {
  return from + std::string(kArrow) + to;
}

std::string placeText(const std::string& file, json::Position at) {
  return at.known() ? file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) : file;
}

std::string fileOf(const Node& user) {
  return user.use.value.substr(catalog::kPartUse.size());
}

// The file of a part, with all parts in it in their places.
struct LoadedPart {
  std::string refusal;  // why it cannot be used, as a code and two sentences; empty: it can
  std::string_view code;
  std::string help;
  Topology topology;
  Expanded inside;
};

using Loaded = std::shared_ptr<const LoadedPart>;  // shared: one file is used in several places

class Expander {
 public:
  Expander(const catalog::Catalog& catalog, const PartReader& reader) : catalog_(catalog), reader_(reader) {}

  Expanded expand(const Topology& drawn, const References& references, const std::string& file) {
    Expanded out;
    std::map<const Node*, Loaded> users;
    for (const Part<Node>& node : drawn.nodes) {
      if (!catalog::isPartUse(node->use.value)) continue;
      Loaded part = load(*node, file);
      if (part->refusal.empty() && !out.operators.contains(node->use.value)) {
        out.operators.emplace(node->use.value,
                              partOperator(part->topology, part->inside.topology, fileOf(*node), catalog_));
      }
      if (!node->disabled.empty()) continue;
      if (!part->refusal.empty()) {
        Reporter(out.problems, node->id.value, node->position)
            .report(part->code, node->use.position, "", part->refusal, part->help);
      } else {
        users.emplace(&*node, std::move(part));
      }
    }
    judgeAsDrawn(drawn, references, out);
    place(drawn, users, out);
    return out;
  }

 private:
  Loaded refused(std::string_view code, std::string refusal, std::string help) const {
    auto part = std::make_shared<LoadedPart>();
    part->code = code;
    part->refusal = std::move(refusal);
    part->help = std::move(help);
    return part;
  }

  Loaded load(const Node& user, const std::string& userFile) {
    const std::string path = partPath(user.use.value, userFile);
    const std::string name = json::quote(fileOf(user));
    if (const auto around = std::find(chain_.begin(), chain_.end(), path); around != chain_.end()) {
      std::string circle;
      for (auto step = around; step != chain_.end(); ++step) circle += *step + " -> ";
      return refused(codes::kPartCircle, "Parts use each other in a circle: " + circle + path + ".",
                     "Take one of them out.");
    }
    if (chain_.size() >= kDeepest) {
      return refused(codes::kPartCircle,
                     "Parts are nested deeper than " + std::to_string(kDeepest) + ": " + chain_.front() +
                         " uses parts that use parts, down to " + path + ".",
                     "Put less into each other.");
    }
    if (const auto known = loaded_.find(path); known != loaded_.end()) return known->second;
    Loaded part = read(path, name);
    loaded_.emplace(path, part);
    return part;
  }

  Loaded read(const std::string& path, const std::string& name) {
    const Result<std::string> text =
        reader_ ? reader_(path) : Result<std::string>(configError("No files are read here."));
    if (!text) {
      return refused(codes::kPartUnreadable, "The part " + name + " cannot be read: " + text.error().message,
                     "Correct the path: it begins at the folder of the file that uses the part.");
    }
    ReadOutcome outcome = readTopology(*text);
    const auto wrong = std::find_if(outcome.problems.begin(), outcome.problems.end(),
                                    [](const Problem& problem) { return problem.severity == Severity::Error; });
    if (wrong != outcome.problems.end()) {
      return refused(
          codes::kNoPart,
          "The part " + name + " is no good topology: " + placeText(path, wrong->position) + ": " + wrong->message,
          "`weir check` says all that is wrong with it.");
    }
    if (outcome.topology->ports.empty()) {
      return refused(codes::kNoPart, "The topology " + name + " has no ports, so that it is no part.",
                     "Say in it which ends are open: \"ports\": [{ \"name\": \"in\", \"to\": \"node.port\" }].");
    }
    auto part = std::make_shared<LoadedPart>();
    part->topology = std::move(*outcome.topology);
    chain_.push_back(path);
    part->inside = expand(part->topology, References(part->topology), path);
    chain_.pop_back();
    if (part->inside.topology.nodes.size() > kMostNodes) {
      return refused(codes::kPartCircle,
                     "The part " + name + " holds more than " + std::to_string(kMostNodes) +
                         " nodes once all parts in it are in their places.",
                     "Put less into each other.");
    }
    return part;
  }

  // Ports and parameters of nodes that use parts are those of operators like others, and so are edges to them.
  void judgeAsDrawn(const Topology& drawn, const References& references, Expanded& out) const {
    std::set<std::string_view> judged;
    for (const Part<Node>& node : drawn.nodes) {
      if (catalog::isPartUse(node->use.value)) judged.insert(node->id.value);
    }
    std::set<std::string> edges;
    for (const Part<Edge>& edge : drawn.edges) {
      if (judged.contains(nodeOf(edge->from.value)) || judged.contains(nodeOf(edge->to.value))) {
        edges.insert(labelOf(edge->from.value, edge->to.value));
      }
    }
    for (const Part<Group>& group : drawn.groups) judged.insert(group->id.value);
    Problems all;
    TypedGraph graph;
    lookUpNodes(drawn, catalog_, references, graph, all, &out.operators);
    connectEdges(drawn, graph, all);
    checkConnections(drawn, graph, all);
    for (Problem& problem : all) {
      const bool ofAPort = problem.node.empty() && problem.edge.empty();
      if (ofAPort || judged.contains(problem.node) || edges.contains(problem.edge))
        out.problems.push_back(std::move(problem));
    }
  }

  void place(const Topology& drawn, const std::map<const Node*, Loaded>& users, Expanded& out) {
    Topology& flat = out.topology;
    flat.name = drawn.name;
    flat.doc = drawn.doc;
    flat.guarantee = drawn.guarantee;
    flat.params = drawn.params;
    flat.topics = drawn.topics;
    std::map<std::string, std::vector<std::string>, std::less<>> inputs;  // ends inside, by "node.port"
    std::map<std::string, std::vector<std::string>, std::less<>> outputs;
    std::vector<Part<Port>> settled;
    for (const Part<Node>& node : drawn.nodes) {
      const auto part = users.find(&*node);
      if (part == users.end()) {
        flat.nodes.push_back(node);
        continue;
      }
      const Topology placed = putInPlace(part->second->inside.topology, part->second->topology, *node,
                                         wrongParameters(node->id.value, out.problems));
      refuseNames(drawn, *node, placed, out);
      add(placed, flat);
      learn(*node, *part->second, placed, out);
      for (const Part<Port>& port : placed.ports) {
        auto& ends = port->output() ? outputs : inputs;
        const std::string& inside = port->output() ? port->from.value : port->to.value;
        ends[node->id.value + "." + port->name.value].push_back(inside);
        out.ends.push_back({node->id.value, port->name.value, port->output(), inside});
        Port judged = *port;  // whether anything is connected is judged where it is drawn
        judged.name = {};
        settled.emplace_back(std::move(judged));
      }
    }
    std::set<std::string_view> gone;
    for (const auto& [node, part] : users) gone.insert(node->id.value);
    const auto endsOf = [&](const Text& end, const auto& ends) {
      if (!gone.contains(nodeOf(end.value))) return std::vector<std::string>{end.value};
      const auto found = ends.find(end.value);
      return found == ends.end() ? std::vector<std::string>{} : found->second;
    };
    for (const Part<Edge>& edge : drawn.edges) {
      const std::vector<std::string> from = endsOf(edge->from, outputs);
      const std::vector<std::string> to = endsOf(edge->to, inputs);
      for (const std::string& begin : from) {
        for (const std::string& end : to) {
          flat.edges.emplace_back(Edge{{begin, edge->from.position}, {end, edge->to.position}, edge->position});
          out.wires.emplace(labelOf(begin, end), labelOf(edge->from.value, edge->to.value));
        }
      }
      if (from.empty())
        for (const std::string& end : to) settled.emplace_back(Port{{}, {end, {}}, {}, {}, {}, {}});
      if (to.empty())
        for (const std::string& begin : from) settled.emplace_back(Port{{}, {}, {begin, {}}, {}, {}, {}});
    }
    for (const Part<Port>& port : drawn.ports) {
      const bool output = port->output();
      for (const std::string& end : endsOf(output ? port->from : port->to, output ? outputs : inputs)) {
        Port moved = *port;
        (output ? moved.from : moved.to).value = end;
        flat.ports.emplace_back(std::move(moved));
      }
    }
    out.settled.insert(out.settled.end(), settled.begin(), settled.end());
  }

  static std::set<std::string> wrongParameters(const std::string& node, const Problems& problems) {
    std::set<std::string> names;
    for (const Problem& problem : problems) {
      if (problem.node == node && !problem.parameter.empty()) {
        names.emplace(problem.parameter.substr(0, problem.parameter.find('.')));
      }
    }
    return names;
  }

  static void add(const Topology& placed, Topology& flat) {
    flat.params.insert(flat.params.end(), placed.params.begin(), placed.params.end());
    flat.nodes.insert(flat.nodes.end(), placed.nodes.begin(), placed.nodes.end());
    flat.topics.insert(flat.topics.end(), placed.topics.begin(), placed.topics.end());
    flat.edges.insert(flat.edges.end(), placed.edges.begin(), placed.edges.end());
  }

  // Where its contents were drawn, and what is wrong with them whoever uses them.
  static void learn(const Node& user, const LoadedPart& part, const Topology& placed, Expanded& out) {
    const std::string prefix = user.id.value + std::string(kInPart);
    const auto remember = [&](const std::string& id) {
      const std::string inside = id.substr(prefix.size());
      const auto deeper = part.inside.origins.find(inside);
      out.origins[id] = deeper == part.inside.origins.end()
                            ? Origin{user.id.value, fileOf(user), inside}
                            : Origin{user.id.value, deeper->second.file, deeper->second.id};
    };
    for (const Part<Node>& node : placed.nodes) remember(node->id.value);
    for (const Part<Topic>& topic : placed.topics) remember(topic->id.value);
    for (const Part<Port>& port : part.inside.settled) {
      Port moved = *port;
      if (!moved.to.empty()) moved.to.value.insert(0, prefix);
      if (!moved.from.empty()) moved.from.value.insert(0, prefix);
      out.settled.emplace_back(std::move(moved));
    }
    for (const Problem& problem : part.inside.problems) {
      Problem told = problem;
      const std::string about = !problem.node.empty() ? problem.node : problem.edge;
      told.message = "In " + placeText(fileOf(user), problem.position) +
                     (about.empty() ? "" : ", " + json::quote(about)) + ": " + problem.message;
      told.node = user.id.value;
      told.edge.clear();
      told.parameter.clear();
      told.position = user.use.position;
      told.fix.reset();
      out.problems.push_back(std::move(told));
    }
  }

  // Ids and parameters of the part as they are known outside, which something else may be called already.
  static void refuseNames(const Topology& drawn, const Node& user, const Topology& placed, Expanded& out) {
    Reporter reporter(out.problems, user.id.value, user.position);
    const auto refuse = [&](const std::string& id, bool taken) {
      if (taken) {
        reporter.report(codes::kDuplicateId, user.id.position, "",
                        "\"" + id + "\" stands for what is in the part of \"" + user.id.value +
                            "\", and something else in this topology is called so.",
                        "Give one of them another name.");
      } else if (id.size() > kLongestName) {
        reporter.report(codes::kBadName, user.id.position, "",
                        "\"" + id + "\", as what is in the part of \"" + user.id.value +
                            "\" is called here, is longer than " + std::to_string(kLongestName) + " characters.",
                        "Give the node a shorter id.");
      }
    };
    const Topology& flat = out.topology;
    const auto taken = [&](const std::string& id) {
      return drawn.node(id) != nullptr || drawn.topic(id) != nullptr || flat.node(id) != nullptr ||
             flat.topic(id) != nullptr;
    };
    for (const Part<Node>& node : placed.nodes) refuse(node->id.value, taken(node->id.value));
    for (const Part<Topic>& topic : placed.topics) refuse(topic->id.value, taken(topic->id.value));
    for (const Part<Parameter>& parameter : placed.params) {
      const bool known = std::any_of(flat.params.begin(), flat.params.end(),
                                     [&](const auto& other) { return other->name == parameter->name; });
      if (known) refuse(parameter->name.value, true);
    }
  }

  const catalog::Catalog& catalog_;
  const PartReader& reader_;
  std::vector<std::string> chain_;        // the files that are being expanded, from the outermost on
  std::map<std::string, Loaded> loaded_;  // by path
};

void replaceAll(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

}  // namespace

bool usesParts(const Topology& topology) {
  return std::any_of(topology.nodes.begin(), topology.nodes.end(),
                     [](const Part<Node>& node) { return catalog::isPartUse(node->use.value); });
}

Expanded expanded(const Topology& topology, const catalog::Catalog& catalog, const References& references,
                  const PartReader& reader, const std::string& file) {
  Expanded out = Expander(catalog, reader).expand(topology, references, file);
  std::vector<Part<Port>>& ports = out.topology.ports;
  ports.insert(ports.end(), out.settled.begin(), out.settled.end());
  return out;
}

catalog::PartOperators partOperators(const Topology& topology, const catalog::Catalog& catalog,
                                     const PartReader& reader, const std::string& file) {
  if (!usesParts(topology)) return {};
  return expanded(topology, catalog, References(topology), reader, file).operators;
}

void tellAsDrawn(const Topology& drawn, const Expanded& expanded, Problems& problems) {
  for (Problem& problem : problems) {
    if (const auto wire = expanded.wires.find(problem.edge); wire != expanded.wires.end()) {
      if (wire->first != wire->second) problem.fix.reset();
      const std::size_t was = wire->first.find(kArrow);
      const std::size_t now = wire->second.find(kArrow);
      for (std::string* const text : {&problem.message, &problem.help}) {
        replaceAll(*text, wire->first.substr(0, was), wire->second.substr(0, now));
        replaceAll(*text, wire->first.substr(was + kArrow.size()), wire->second.substr(now + kArrow.size()));
      }
      problem.edge = wire->second;
    }
    std::string_view about = problem.node.empty() ? nodeOf(problem.edge) : std::string_view(problem.node);
    auto origin = expanded.origins.find(about);
    if (const std::size_t arrow = problem.edge.find(kArrow);
        origin == expanded.origins.end() && problem.node.empty() && arrow != std::string::npos) {
      about = nodeOf(std::string_view(problem.edge).substr(arrow + kArrow.size()));
      origin = expanded.origins.find(about);
    }
    if (origin == expanded.origins.end()) continue;
    const Origin& from = origin->second;
    const std::string prefix(about.substr(0, about.size() - from.id.size()));
    replaceAll(problem.message, prefix, "");
    replaceAll(problem.help, prefix, "");
    const std::string parameter = problem.parameter.empty() ? "" : " " + problem.parameter;
    problem.message = "In " + placeText(from.file, problem.position) + ", " + json::quote(from.id) + parameter + ": " +
                      problem.message;
    const Node* const user = drawn.node(from.user);
    problem.position = user == nullptr ? json::Position() : user->use.position;
    problem.node = from.user;
    problem.edge.clear();
    problem.parameter.clear();
    problem.fix.reset();
  }
}

}  // namespace weir::topology
