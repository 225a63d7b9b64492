#include "core/topology/check/partitioning.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "core/topology/model/problem_codes.hpp"

namespace weir::topology {

namespace {

using catalog::OperatorKind;
using catalog::PortRole;
using catalog::SchemaRule;
using json::Value;

std::int32_t integerOr(const Value* value, std::int32_t otherwise) {
  if (value == nullptr) return otherwise;
  const std::optional<std::int64_t> number = value->asInteger();
  return number ? static_cast<std::int32_t>(*number) : otherwise;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// Nodes that share their tasks. Parts grow together when their streams meet.
class Parts {
 public:
  std::size_t add(std::int32_t tasks, bool onLog) {
    parent_.push_back(parent_.size());
    tasks_.push_back(tasks);
    onLog_.push_back(onLog);
    return parent_.size() - 1;
  }
  std::size_t root(std::size_t subTopology) const {
    while (parent_[subTopology] != subTopology) subTopology = parent_[subTopology];
    return subTopology;
  }
  std::size_t merge(std::size_t left, std::size_t right) {
    left = root(left);
    right = root(right);
    // The older one stays, so that the order of the file decides.
    if (right < left) std::swap(left, right);
    parent_[right] = left;
    if (left != right) onLog_[left] = onLog_[left] && onLog_[right];
    return left;
  }
  std::int32_t tasks(std::size_t subTopology) const { return tasks_[root(subTopology)]; }
  // Whether all it reads are topics: then task i reads partition i of each.
  bool onLog(std::size_t subTopology) const { return onLog_[root(subTopology)]; }
  std::size_t count() const { return parent_.size(); }

 private:
  std::vector<std::size_t> parent_;
  std::vector<std::int32_t> tasks_;
  std::vector<bool> onLog_;
};

// What is known about the rows of an output port.
struct Stream {
  std::size_t subTopology = kNone;
  std::vector<std::string> key;  // rows with equal values here are in one task; empty: nothing is known
  std::string keyFormat;
};

class Cutter {
 public:
  Cutter(const TypedGraph& graph, const PartitionOptions& options, Problems& problems)
      : graph_(graph), options_(options), problems_(problems) {
    streams_.resize(graph.nodes.size());
    cut_.subTopology.assign(graph.nodes.size(), kNone);
  }

  Cut run(const Topology& topology) {
    for (const std::size_t index : graph_.order) visit(index);
    number();
    decideGuarantees(topology);
    return std::move(cut_);
  }

 private:
  const Stream& stream(std::size_t edge) const {
    const TypedEdge& typed = graph_.edges[edge];
    return streams_[typed.from][typed.fromPort];
  }

  void visit(std::size_t index) {
    const TypedNode& node = graph_.nodes[index];
    streams_[index].resize(node.outputs.size());
    if (node.topic != nullptr) {
      visitTopic(index);
    } else if (node.spec != nullptr && node.spec->kind == OperatorKind::Source) {
      place(index, subTopologies_.add(integerOr(node.param("tasks"), 1), false), {}, "");
    } else if (node.spec != nullptr) {
      visitOperator(index);
    }
  }

  void place(std::size_t index, std::size_t subTopology, const std::vector<std::string>& key,
             const std::string& keyFormat) {
    cut_.subTopology[index] = subTopology;
    for (std::size_t port = 0; port < streams_[index].size(); ++port) {
      Stream& out = streams_[index][port];
      out.subTopology = subTopology;
      out.keyFormat = keyFormat;
      out.key = survives(graph_.nodes[index], port, key) ? key : std::vector<std::string>();
    }
  }

  // Whether all of these columns come out of a port as they went in.
  static bool survives(const TypedNode& node, std::size_t port, const std::vector<std::string>& key) {
    if (node.topic != nullptr) return true;
    std::set<std::string> kept;
    bool all = false;
    for (const SchemaRule& rule : node.spec->outputs[port].schemaRules) {
      const std::vector<std::string> names = fieldNames(node.param(rule.param));
      if (rule.kind == SchemaRule::Kind::Pass) all = true;
      if (rule.kind == SchemaRule::Kind::Fields) kept.insert(names.begin(), names.end());
      if (rule.kind == SchemaRule::Kind::Drop) {
        for (const std::string& name : names) {
          kept.erase(name);
          if (std::find(key.begin(), key.end(), name) != key.end()) return false;
        }
      }
    }
    return all || std::all_of(key.begin(), key.end(), [&](const std::string& name) { return kept.count(name) != 0; });
  }

  void visitTopic(std::size_t index) {
    const TypedNode& node = graph_.nodes[index];
    if (node.outgoing[0].empty()) return;
    const std::vector<std::string> key = fieldNames(node.param("key"));
    std::string format;
    if (const Value* const given = node.param("key_format")) {
      format = given->asText();
    } else if (node.outputs[0]) {
      format = keyFormatOf(*node.outputs[0], key);
    }
    place(index, subTopologies_.add(topicPartitions(node, options_), true), key, format);
  }

  std::vector<std::size_t> partsOf(const std::vector<std::size_t>& edges) const {
    std::vector<std::size_t> subTopologies;
    for (const std::size_t edge : edges) {
      if (stream(edge).subTopology == kNone) continue;
      const std::size_t subTopology = subTopologies_.root(stream(edge).subTopology);
      if (std::find(subTopologies.begin(), subTopologies.end(), subTopology) == subTopologies.end())
        subTopologies.push_back(subTopology);
    }
    return subTopologies;
  }

  std::size_t mergeAll(const std::vector<std::size_t>& subTopologies) {
    std::size_t all = subTopologies[0];
    for (const std::size_t subTopology : subTopologies) all = subTopologies_.merge(all, subTopology);
    return all;
  }

  bool canMerge(const std::vector<std::size_t>& subTopologies) const {
    const std::int32_t tasks = subTopologies_.tasks(subTopologies[0]);
    const bool equal = std::all_of(subTopologies.begin(), subTopologies.end(),
                                   [&](std::size_t subTopology) { return subTopologies_.tasks(subTopology) == tasks; });
    const bool onLog = std::all_of(subTopologies.begin(), subTopologies.end(),
                                   [&](std::size_t subTopology) { return subTopologies_.onLog(subTopology); });
    return subTopologies.size() == 1 || (equal && (tasks == 1 || onLog));
  }

  // Of the key of an input port; empty: any row anywhere.
  static std::vector<std::string> keyFields(const TypedNode& node, std::size_t port) {
    const std::string& param = node.spec->keyOf(node.spec->inputs[port]);
    return param.empty() ? std::vector<std::string>() : fieldNames(node.param(param));
  }

  void visitOperator(std::size_t index) {
    const TypedNode& node = graph_.nodes[index];
    std::vector<std::size_t> edges;
    std::size_t first = kNone;  // port that decides where the node runs
    for (std::size_t port = 0; port < node.incoming.size(); ++port) {
      if (node.spec->inputs[port].broadcast || node.incoming[port].empty()) continue;
      if (first == kNone) first = port;
      edges.insert(edges.end(), node.incoming[port].begin(), node.incoming[port].end());
    }
    const std::vector<std::size_t> subTopologies = partsOf(edges);
    if (subTopologies.empty()) return;  // nothing reaches it: reported
    const std::vector<std::string> fields = keyFields(node, first);
    if (fields.empty()) {
      visitKeyless(index, edges, subTopologies);
    } else if (staysTogether(node, edges, subTopologies)) {
      const std::vector<std::string>& key = stream(edges[0]).key;
      place(index, mergeAll(subTopologies), key.empty() ? fields : key, stream(edges[0]).keyFormat);
    } else {
      repartition(index, edges, subTopologies, fields);
    }
    for (std::size_t port = 0; port < node.incoming.size(); ++port) {
      if (node.spec->inputs[port].broadcast) broadcast(index, port);
    }
  }

  // Every task of the node gets every row of the port.
  void broadcast(std::size_t index, std::size_t port) {
    const TypedNode& node = graph_.nodes[index];
    std::vector<std::size_t> subTopologies = partsOf(node.incoming[port]);
    if (subTopologies.empty()) return;
    const std::size_t own = subTopologies_.root(cut_.subTopology[index]);
    const bool through = std::find(subTopologies.begin(), subTopologies.end(), own) != subTopologies.end();
    subTopologies.insert(subTopologies.begin(), own);
    const auto alone = [this](std::size_t subTopology) { return subTopologies_.tasks(subTopology) == 1; };
    if (std::all_of(subTopologies.begin(), subTopologies.end(), alone)) {
      cut_.subTopology[index] = mergeAll(subTopologies);
    } else if (through) {
      reportMeeting(node, subTopologies);  // its tasks would wait for each other's ends
    } else {
      cut_.repartitions.push_back({index, port, {}, subTopologies_.tasks(own), false, true});
    }
  }

  void visitKeyless(std::size_t index, const std::vector<std::size_t>& edges,
                    const std::vector<std::size_t>& subTopologies) {
    const TypedNode& node = graph_.nodes[index];
    if (!canMerge(subTopologies)) reportMeeting(node, subTopologies);
    const std::size_t subTopology = mergeAll(subTopologies);
    const Stream& first = stream(edges[0]);
    const bool same = std::all_of(edges.begin(), edges.end(), [&](std::size_t edge) {
      return stream(edge).key == first.key && stream(edge).keyFormat == first.keyFormat;
    });
    place(index, subTopology, same ? first.key : std::vector<std::string>(), first.keyFormat);
  }

  void reportMeeting(const TypedNode& node, const std::vector<std::size_t>& subTopologies) {
    std::string counts;
    for (const std::size_t subTopology : subTopologies)
      counts += (counts.empty() ? "" : " and ") + std::to_string(subTopologies_.tasks(subTopology));
    Reporter reporter(problems_, node.id(), node.position());
    reporter.report(codes::kSourcesMeet, {}, "",
                    "Streams that different tasks work on (" + counts + " of them) meet in \"" + node.id() + "\".",
                    "Let each write to one topic and read that, or give their sources \"tasks\": 1.");
  }

  // No row has to move: one task sees all rows of a key already.
  bool staysTogether(const TypedNode& node, const std::vector<std::size_t>& edges,
                     const std::vector<std::size_t>& subTopologies) const {
    const std::int32_t asked = integerOr(node.param("partitions"), 0);
    const bool alone = subTopologies_.tasks(subTopologies[0]) == 1 && canMerge(subTopologies);
    if (alone) return asked <= 1;
    const bool onePort = node.spec->inputs.size() == 1;
    const Stream& first = stream(edges[0]);
    const bool keyed = std::all_of(edges.begin(), edges.end(), [&](std::size_t edge) {
      const Stream& in = stream(edge);
      if (in.key.empty()) return false;
      const std::vector<std::string> fields = keyFields(node, graph_.edges[edge].toPort);
      // Rows from several places meet only when all were placed by the same key, written in the same way.
      if (subTopologies.size() > 1 || !onePort) return in.key == fields && in.keyFormat == first.keyFormat;
      return std::all_of(in.key.begin(), in.key.end(), [&](const std::string& name) {
        return std::find(fields.begin(), fields.end(), name) != fields.end();
      });
    });
    return keyed && canMerge(subTopologies);
  }

  void repartition(std::size_t index, const std::vector<std::size_t>& edges,
                   const std::vector<std::size_t>& subTopologies, const std::vector<std::string>& fields) {
    const TypedNode& node = graph_.nodes[index];
    std::int32_t most = 1;
    for (const std::size_t subTopology : subTopologies) most = std::max(most, subTopologies_.tasks(subTopology));
    const std::int32_t partitions = integerOr(node.param("partitions"), most);
    const bool combine = mayCombine(node) && subTopologies.size() == 1 && node.spec->inputs.size() == 1;
    std::string format;
    for (std::size_t port = 0; port < node.incoming.size(); ++port) {
      if (node.incoming[port].empty() || node.spec->inputs[port].broadcast) continue;
      const std::vector<std::string> key = keyFields(node, port);
      cut_.repartitions.push_back({index, port, key, partitions, combine});
      if (!node.inputs[port]) continue;
      const std::string written = keyFormatOf(*node.inputs[port], key);
      if (!format.empty() && written != format) reportKeys(node, port, format, written);
      format = written;
    }
    reportRepartition(node, stream(edges[0]), most, partitions, fields, combine);
    const std::size_t subTopology = subTopologies_.add(partitions, true);
    place(index, subTopology, fields, format);
  }

  // Keys that are written differently never meet.
  void reportKeys(const TypedNode& node, std::size_t port, const std::string& first, const std::string& second) {
    const std::string& param = node.spec->keyOf(node.spec->inputs[port]);
    const Value* const value = node.param(param);
    Reporter reporter(problems_, node.id(), node.position());
    reporter.report(codes::kFieldType, value == nullptr ? json::Position{} : value->position(), param,
                    "The keys of the inputs of \"" + node.id() + "\" are of different types (" + first + " and " +
                        second + "), so equal ones would not meet.",
                    "Cast one of them before, with std.select.");
  }

  static bool mayCombine(const TypedNode& node) {
    if (!node.spec->combine) return false;
    // Rows that leave as they came (late ones) are found where a window is closed, which is in the final stage: there
    // they would be a part of a sum. A partial stage alone cannot find them all, since time may pass a task that has
    // nothing to read for a while.
    for (std::size_t port = 0; port < node.outgoing.size(); ++port) {
      if (node.spec->outputs[port].role != PortRole::Data && !node.outgoing[port].empty()) return false;
    }
    const std::string& when = node.spec->combineWhen;
    if (when.empty()) return true;
    const std::size_t sign = when.find('=');
    const Value* const value = node.param(when.substr(0, sign));
    if (value == nullptr) return false;
    return (value->isText() ? value->asText() : json::write(*value)) == when.substr(sign + 1);
  }

  void reportRepartition(const TypedNode& node, const Stream& from, std::int32_t tasks, std::int32_t partitions,
                         const std::vector<std::string>& fields, bool combine) {
    const std::string& keyParam = node.spec->keyOf(node.spec->inputs[0]);
    const Value* const param = node.param(keyParam);
    Reporter reporter(problems_, node.id(), node.position());
    std::string message = "Rows move to other tasks here: \"" + node.id() + "\" works by " + joined(fields) +
                          ", and its rows come from " + std::to_string(tasks) + (tasks == 1 ? " task" : " tasks") +
                          (from.key.empty() ? " in no order of keys" : " by " + joined(from.key)) + ".";
    reporter
        .report(codes::kRepartition, param == nullptr ? json::Position{} : param->position(), keyParam,
                std::move(message),
                "They go through a topic of " + std::to_string(partitions) +
                    (partitions == 1 ? " partition" : " partitions") + (combine ? ", put together before it." : "."))
        .severity = Severity::Info;
  }

  // Parts get numbers in the order in which their first nodes stand in the topology's order.
  void number() {
    std::map<std::size_t, std::size_t> numbers;
    for (const std::size_t index : graph_.order) {
      if (cut_.subTopology[index] == kNone) continue;
      const std::size_t root = subTopologies_.root(cut_.subTopology[index]);
      const auto [entry, fresh] = numbers.emplace(root, numbers.size());
      if (fresh) cut_.tasks.push_back(subTopologies_.tasks(root));
      cut_.subTopology[index] = entry->second;
    }
  }

  static bool readGuarantee(const Text& text, Guarantee& out) {
    if (text.value == "exactly_once") out = Guarantee::ExactlyOnce;
    if (text.value == "at_least_once") out = Guarantee::AtLeastOnce;
    return text.value == "exactly_once" || text.value == "at_least_once";
  }

  void decideGuarantees(const Topology& topology) {
    Guarantee byDefault = Guarantee::ExactlyOnce;
    readGuarantee(topology.guarantee, byDefault);
    cut_.guarantees.assign(cut_.tasks.size(), byDefault);
    std::vector<const TypedNode*> deciders(cut_.tasks.size());
    for (const std::size_t index : graph_.order) {
      const TypedNode& node = graph_.nodes[index];
      Guarantee wanted = byDefault;
      if (node.node == nullptr || cut_.subTopology[index] == kNone || !readGuarantee(node.node->guarantee, wanted))
        continue;
      const std::size_t subTopology = cut_.subTopology[index];
      if (deciders[subTopology] == nullptr) {
        deciders[subTopology] = &node;
        cut_.guarantees[subTopology] = wanted;
      } else if (cut_.guarantees[subTopology] != wanted) {
        Reporter reporter(problems_, node.id(), node.position());
        reporter.report(codes::kGuaranteeConflict, node.node->guarantee.position, "",
                        "\"" + node.id() + "\" wants " + node.node->guarantee.value + ", and \"" +
                            deciders[subTopology]->id() + "\" in the same part " +
                            deciders[subTopology]->node->guarantee.value + ".",
                        "Put a topic between \"" + deciders[subTopology]->id() + "\" and \"" + node.id() +
                            "\": tiers meet at a topic.");
      }
    }
  }

  const TypedGraph& graph_;
  const PartitionOptions& options_;
  Problems& problems_;
  Parts subTopologies_;
  std::vector<std::vector<Stream>> streams_;  // by node and output port
  Cut cut_;
};

}  // namespace

const Repartition* Cut::repartition(std::size_t node, std::size_t port) const {
  for (const Repartition& candidate : repartitions) {
    if (candidate.node == node && candidate.port == port) return &candidate;
  }
  return nullptr;
}

std::string topicName(const TypedNode& topic) {
  const Value* const name = topic.param("topic");
  return name != nullptr && name->isText() ? name->asText() : topic.id();
}

std::int32_t topicPartitions(const TypedNode& topic, const PartitionOptions& options) {
  const auto existing = options.partitionsOf.find(topicName(topic));
  if (existing != options.partitionsOf.end()) return existing->second;
  return integerOr(topic.param("partitions"), options.partitions);
}

std::string keyFormatOf(const Schema& schema, const std::vector<std::string>& fields) {
  if (fields.size() != 1) return "state";
  const std::optional<std::size_t> index = schema.find(fields[0]);
  if (!index) return "state";
  switch (schema.fields[*index].type.id) {
    case TypeId::String: return "string";
    case TypeId::Int64: return "int64";
    case TypeId::Int32: return "int32";
    default: return "state";
  }
}

Cut cutGraph(const Topology& topology, const TypedGraph& graph, const PartitionOptions& options, Problems& problems) {
  return Cutter(graph, options, problems).run(topology);
}

}  // namespace weir::topology
