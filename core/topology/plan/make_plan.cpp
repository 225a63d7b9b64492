#include "core/topology/plan/make_plan.hpp"

#include <cstdlib>
#include <set>
#include <utility>

#include "core/base/json_parser.hpp"
#include "core/base/read_file.hpp"
#include "core/catalog/format_use.hpp"
#include "core/topology/check/examine.hpp"
#include "core/topology/check/partitioning.hpp"
#include "core/topology/graph/schema_flow.hpp"
#include "core/topology/model/fingerprint.hpp"
#include "core/topology/model/former_ids.hpp"
#include "core/topology/model/problem_codes.hpp"
#include "core/topology/model/topic_names.hpp"

namespace weir::topology {

namespace {

using catalog::OperatorKind;
using json::Value;

// Where a port of a drawn node is found in the plan.
struct Place {
  std::size_t subTopology = kNone;
  std::size_t node = kNone;
};

std::int64_t integerOr(const Value* value, std::int64_t otherwise) {
  return value == nullptr ? otherwise : value->asInteger().value_or(otherwise);
}

std::optional<EventTime> eventTimeOf(const TypedNode& node) {
  const Value* const time = node.param("event_time");
  if (time == nullptr) return std::nullopt;
  const Value* const field = time->find("field");
  const Value* const disorder = time->find("disorder");
  if (field == nullptr || disorder == nullptr) return std::nullopt;
  return EventTime{field->asText(), disorder->asInteger().value_or(0), integerOr(time->find("max_ahead"), -1)};
}

// From a normalised parameter; nothing changes where there is none.
void setFormat(const Value* format, std::string& use, std::string& params) {
  if (format == nullptr) return;
  Result<catalog::FormatUse> read = catalog::readFormat(format->asText());
  if (!read) return;
  use = std::move(read->use);
  params = std::move(read->params);
}

// Secrets do not change what state means, and must not be readable from it; nor do limits of what is let in.
Value withoutSecrets(const Value& value, const std::vector<catalog::ParamSpec>& specs) {
  Value out = Value::object();
  for (const catalog::ParamSpec& spec : specs) {
    const Value* const found = value.find(spec.name);
    const bool meaningless = spec.standard && (spec.name == "partitions" || spec.name == "max_ahead");
    if (found == nullptr || spec.secret || meaningless) continue;
    const bool deeper = spec.type == catalog::ParamType::Object && found->isObject();
    out.set(spec.name, deeper ? withoutSecrets(*found, spec.members) : *found);
  }
  return out;
}

// The aggregates of plugins that parameters name, and what their states are worth: other versions keep other bytes.
void addAggregates(const Value& value, const catalog::ParamSpec& spec, const catalog::Catalog& catalog,
                   Fingerprint& print) {
  if (spec.aggregates && value.isText()) {
    const catalog::OperatorSpec* const found = catalog.find(value.asText());
    if (found == nullptr || found->kind != OperatorKind::Aggregate) return;
    print.add(value.asText()).add(std::to_string(found->signature.stateVersion));
  }
  for (const Value& item : value.items()) {
    if (!spec.element.empty()) addAggregates(item, spec.element[0], catalog, print);
  }
  for (const catalog::ParamSpec& member : spec.members) {
    if (const Value* const found = value.find(member.name)) addAggregates(*found, member, catalog, print);
  }
}

class Planner {
 public:
  Planner(const TypedGraph& graph, const Cut& cut, const PartitionOptions& options, const SchemaDeriver& deriver,
          const catalog::Catalog& catalog)
      : graph_(graph), cut_(cut), options_(options), deriver_(deriver), catalog_(catalog) {
    places_.resize(graph.nodes.size());
  }

  Result<Plan> run(const std::string& name) {
    plan_.name = name;
    plan_.subTopologies.resize(cut_.tasks.size());
    for (std::size_t subTopology = 0; subTopology < plan_.subTopologies.size(); ++subTopology) {
      plan_.subTopologies[subTopology].tasks = cut_.tasks[subTopology];
      plan_.subTopologies[subTopology].guarantee = cut_.guarantees[subTopology];
    }
    for (const TypedNode& node : graph_.nodes) {
      if (node.topic != nullptr && node.runs()) declareTopic(node);
    }
    for (const std::size_t index : graph_.order) WEIR_TRY(visit(index));
    for (SubTopology& subTopology : plan_.subTopologies) subTopology.id = subTopology.nodes.at(0).id;
    return std::move(plan_);
  }

 private:
  Result<void> visit(std::size_t index) {
    const TypedNode& node = graph_.nodes[index];
    if (node.topic != nullptr) {
      writeTopic(index);
      if (cut_.subTopology[index] != kNone) places_[index] = addNode(cut_.subTopology[index], readNode(node));
      return {};
    }
    return visitOperator(index);
  }

  Place addNode(std::size_t subTopology, PlannedNode node) {
    plan_.subTopologies[subTopology].nodes.push_back(std::move(node));
    return {subTopology, plan_.subTopologies[subTopology].nodes.size() - 1};
  }

  PlannedNode& at(Place place) { return plan_.subTopologies[place.subTopology].nodes[place.node]; }

  void connect(Place from, std::size_t fromPort, Place to, std::size_t toPort) {
    at(from).edges.push_back({fromPort, to.node, toPort});
  }

  void declareTopic(const TypedNode& node) {
    PlannedTopic topic;
    topic.name = topicName(node);
    topic.partitions = topicPartitions(node, options_);
    topic.schema = *node.outputs[0];
    topic.table = node.table;
    topic.keyFields = fieldNames(node.param("key"));
    const Value* const keyFormat = node.param("key_format");
    if (keyFormat != nullptr) {
      topic.keyFormat = keyFormat->asText();
    } else if (!topic.keyFields.empty()) {
      topic.keyFormat = keyFormatOf(topic.schema, topic.keyFields);
    }
    setFormat(node.param("value_format"), topic.valueFormat, topic.valueFormatParams);
    topic.valueFormatShown = shownParams(topic.valueFormat, topic.valueFormatParams);
    topic.eventTime = eventTimeOf(node);
    topic.retentionTime = integerOr(node.param("retention"), -1);
    topic.retentionBytes = integerOr(node.param("retention_bytes"), -1);
    const Value* const onGap = node.param("on_gap");
    topic.skipsGaps = onGap != nullptr && onGap->asText() == "continue";
    plan_.topics.push_back(std::move(topic));
    topics_.emplace(&node, plan_.topics.size() - 1);
  }

  // The parameters of a format without its secrets.
  std::string shownParams(const std::string& use, const std::string& params) const {
    const catalog::OperatorSpec* const spec = catalog_.find(use);
    const Result<Value> given = json::parseText(params);
    if (spec == nullptr || !given) return "{}";
    return json::write(withoutSecrets(*given, spec->params));
  }

  PlannedNode readNode(const TypedNode& topic) {
    PlannedNode out;
    out.id = topic.id();
    out.role = NodeRole::TopicRead;
    out.params = "{}";
    out.outputs.push_back(*topic.outputs[0]);
    out.topic = topics_.at(&topic);
    return out;
  }

  PlannedNode writeNode(std::string id, std::size_t topic) {
    PlannedNode out;
    out.id = std::move(id);
    out.role = NodeRole::TopicWrite;
    out.params = "{}";
    out.inputs.push_back(plan_.topics[topic].schema);
    out.topic = topic;
    return out;
  }

  // One writer a part, whatever number of edges it has: a task says once what it knows about time.
  void writeTopic(std::size_t index) {
    const TypedNode& node = graph_.nodes[index];
    std::map<std::size_t, Place> writers;
    for (const std::size_t edge : node.incoming[0]) {
      const TypedEdge& typed = graph_.edges[edge];
      const Place from = places_[typed.from];
      if (from.subTopology == kNone) continue;
      const auto [writer, fresh] = writers.emplace(from.subTopology, Place{});
      if (fresh) writer->second = addNode(from.subTopology, writeNode(node.id(), topics_.at(&node)));
      connect(from, typed.fromPort, writer->second, 0);
    }
  }

  PlannedNode operatorNode(const TypedNode& node, std::size_t subTopology) {
    PlannedNode out;
    out.id = node.id();
    out.use = node.node->use.value;
    out.role = node.spec->kind == OperatorKind::Source ? NodeRole::Source
               : node.spec->kind == OperatorKind::Sink ? NodeRole::Sink
                                                       : NodeRole::Processor;
    out.params = json::write(node.normalised.params);
    for (const std::optional<Schema>& input : node.inputs) out.inputs.push_back(input.value_or(Schema{}));
    for (const std::optional<Schema>& output : node.outputs) out.outputs.push_back(*output);
    if (out.role == NodeRole::Source) {
      out.eventTime = eventTimeOf(node);
      out.sourceTellsTime = node.spec->givesTime && !out.eventTime;
      out.idleAfter = integerOr(node.param("idle_after"), -1);
      if (!node.spec->givesRows) setFormat(node.param("format"), out.format, out.formatParams);
    }
    if (!node.spec->stores.empty()) out.stateStamp = stamp(node, out, subTopology);
    return out;
  }

  // Equal stamps: the stores of two versions of a node mean the same.
  std::string stamp(const TypedNode& node, const PlannedNode& planned, std::size_t subTopology) const {
    Fingerprint print;
    print.add(planned.use)
        .add(std::to_string(static_cast<int>(planned.stage)))
        .add(std::to_string(cut_.tasks[subTopology]));
    for (const catalog::StoreSpec& store : node.spec->stores) {
      print.add(store.name).add(std::to_string(store.stateVersion));
    }
    print.add(withoutSecrets(node.normalised.params, node.spec->params));
    for (const catalog::ParamSpec& param : node.spec->params) {
      if (const Value* const value = node.param(param.name)) addAggregates(*value, param, catalog_, print);
    }
    for (const Schema& schema : planned.inputs) print.add(schema);
    for (const Schema& schema : planned.outputs) print.add(schema);
    return print.text();
  }

  Result<void> visitOperator(std::size_t index) {
    const TypedNode& node = graph_.nodes[index];
    PlannedNode planned = operatorNode(node, cut_.subTopology[index]);
    std::vector<Place> heads(node.incoming.size());
    for (std::size_t port = 0; port < node.incoming.size(); ++port) {
      const Repartition* const cut = cut_.repartition(index, port);
      if (cut == nullptr) continue;
      WEIR_TRY_ASSIGN(head, repartition(index, *cut, planned));
      heads[port] = head;
    }
    if (planned.stage == WEIR_STAGE_FINAL) planned.stateStamp = stamp(node, planned, cut_.subTopology[index]);
    places_[index] = addNode(cut_.subTopology[index], std::move(planned));
    for (std::size_t port = 0; port < node.incoming.size(); ++port) {
      if (heads[port].subTopology != kNone) {
        connect(heads[port], 0, places_[index], port);
        continue;
      }
      for (const std::size_t edge : node.incoming[port]) {
        const TypedEdge& typed = graph_.edges[edge];
        connect(places_[typed.from], typed.fromPort, places_[index], port);
      }
    }
    return {};
  }

  // Writers at the ends of the parts upstream; answers the node that reads what they write. `planned` becomes the final
  // stage when rows are put together before they move.
  Result<Place> repartition(std::size_t index, const Repartition& cut, PlannedNode& planned) {
    const TypedNode& node = graph_.nodes[index];
    const std::string& port = node.spec->inputs[cut.port].name;
    PlannedTopic topic;
    topic.name = std::string(kRepartitionPrefix) + node.id() + "." + port;
    topic.partitions = cut.partitions;
    topic.schema = *node.inputs[cut.port];
    topic.keyFields = cut.fields;
    topic.repartition = true;
    topic.table = node.spec->inputs[cut.port].acceptsTable;
    std::optional<PlannedNode> partial;
    if (cut.combine) {
      WEIR_TRY_ASSIGN(stage, partialStage(node, planned));
      topic.schema = stage.outputs[0];
      planned.stage = WEIR_STAGE_FINAL;
      planned.inputs[cut.port] = topic.schema;
      partial = std::move(stage);
    }
    topic.keyFormat = cut.broadcast ? "" : keyFormatOf(topic.schema, topic.keyFields);
    topic.broadcast = cut.broadcast;
    plan_.topics.push_back(topic);
    const std::size_t topicIndex = plan_.topics.size() - 1;
    const std::string id = node.id() + "." + port + ".repartition";
    std::map<std::size_t, Place> writers;
    for (const std::size_t edge : node.incoming[cut.port]) {
      const TypedEdge& typed = graph_.edges[edge];
      const Place from = places_[typed.from];
      if (writers.count(from.subTopology) == 0) {
        Place head;
        if (partial) {
          if (!node.spec->stores.empty()) partial->stateStamp = stamp(node, *partial, from.subTopology);
          head = addNode(from.subTopology, *partial);
        }
        const Place writer = addNode(from.subTopology, writeNode(id, topicIndex));
        if (partial) connect(head, 0, writer, 0);
        writers.emplace(from.subTopology, partial ? head : writer);
      }
      connect(from, typed.fromPort, writers.at(from.subTopology), 0);
    }
    PlannedNode reader;
    reader.id = id;
    reader.role = NodeRole::TopicRead;
    reader.params = "{}";
    reader.outputs.push_back(topic.schema);
    reader.topic = topicIndex;
    return addNode(cut_.subTopology[index], std::move(reader));
  }

  Result<PlannedNode> partialStage(const TypedNode& node, const PlannedNode& whole) {
    PlannedNode partial = whole;
    partial.id += ".partial";
    partial.stage = WEIR_STAGE_PARTIAL;
    const Result<std::vector<Schema>> derived = deriveStage(node, deriver_, WEIR_STAGE_PARTIAL);
    if (!derived) {
      return configError("The partial stage of \"" + node.id() + "\" (" + partial.use +
                         ") cannot say what it gives: " + derived.error().message);
    }
    partial.outputs[0] = (*derived)[0];
    for (const std::string& field : fieldNames(node.param(node.spec->partitionBy))) {
      if (partial.outputs[0].find(field)) continue;
      return fatalError("The partial stage of \"" + node.id() + "\" (" + partial.use + ") does not give the column \"" +
                        field + "\" by which its rows move: a defect of the plugin.");
    }
    return partial;
  }

  const TypedGraph& graph_;
  const Cut& cut_;
  const PartitionOptions& options_;
  const SchemaDeriver& deriver_;
  const catalog::Catalog& catalog_;
  Plan plan_;
  std::vector<Place> places_;  // by node
  std::map<const TypedNode*, std::size_t> topics_;
};

// What keeps a topology from running even though each node is well: columns that are not known.
void refuseUnknownSchemas(const TypedGraph& graph, Problems& problems) {
  for (const TypedNode& node : graph.nodes) {
    if (!node.runs()) continue;
    for (const std::optional<Schema>& output : node.outputs) {
      if (output) continue;
      Reporter reporter(problems, node.id(), node.position());
      reporter.report(codes::kDerivePending, {}, "", "The columns that \"" + node.id() + "\" gives are not known.",
                      "Check that its plugin can be loaded (`weir plugins`).");
      break;
    }
  }
}

// What does not run now and may again: under these ids, and those that they had, a home keeps something for them.
std::set<std::string, std::less<>> waitingIds(const Topology& topology, const TypedGraph& graph) {
  std::set<std::string, std::less<>> ids;
  for (const TypedNode& node : graph.nodes) {
    if (!node.runs()) ids.insert(node.id());
  }
  if (ids.empty()) return ids;
  std::set<std::string_view> drawn;
  for (const Part<Edge>& edge : topology.edges) drawn.insert(edge->from.value);
  for (const TypedNode& node : graph.nodes) {
    // A topic that runs, and whose readers all wait.
    if (node.topic != nullptr && node.outgoing[0].empty() && drawn.contains(node.id())) ids.insert(node.id());
  }
  for (const FormerId& former : formerIds(topology)) {
    if (ids.contains(former.now)) ids.insert(former.was.value);
  }
  return ids;
}

}  // namespace

PlanOptions defaultPlanOptions() {
  PlanOptions options;
  options.environment = [](const std::string& name) -> std::optional<std::string> {
    const char* const value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return std::string(value);
  };
  options.around.paths = pathsOfThisMachine();
  options.around.parts = partsOfThisMachine();
  options.file = [](const std::string& path) -> std::optional<std::string> {
    constexpr std::size_t kMostBytes = 1U << 20;
    Result<std::string> text = readFile(path, kMostBytes);
    if (!text) return std::nullopt;
    if (text->ends_with('\n')) text->pop_back();
    return std::move(*text);
  };
  return options;
}

PlanOutcome planTopology(const Topology& topology, const catalog::Catalog& catalog, const SchemaDeriver& deriver,
                         const PlanOptions& options) {
  const References references(topology, options.parameters, options.environment, options.file);
  const PartitionOptions partitions{options.partitions, options.partitionsOf};
  PlanOutcome outcome;
  Reporter whole(outcome.problems, "", {});
  for (const std::string& name : references.unknownParameters()) {
    whole.report(codes::kReference, {}, "", "The topology has no parameter \"" + name + "\"; --param names one.",
                 "Correct the name, or add it to \"params\" of the topology.");
  }
  if (!topology.ports.empty()) {
    whole.report(codes::kIsAPart, topology.ports.front()->position, "",
                 "\"" + topology.name.value + "\" is a part: its ends are open.",
                 "Use it as a node of another topology, as in \"use\": \"file:part.weir\".");
    return outcome;
  }
  if (usesParts(topology) && !options.around.parts) {
    whole.report(codes::kPartUnreadable, topology.name.position, "", "The files of parts are not read here.",
                 "Run it with `weir run`.");
    return outcome;
  }
  const Examined examined =
      examine(topology, catalog, references, deriver, partitions, options.around, outcome.problems);
  if (!hasErrors(outcome.problems)) refuseUnknownSchemas(examined.graph, outcome.problems);
  if (!hasErrors(outcome.problems) && examined.cut.tasks.empty()) {
    whole.report(codes::kNothingToRun, topology.name.position, "",
                 "The topology \"" + topology.name.value + "\" has nothing to run.", "Draw a source, or enable one.");
  }
  if (hasErrors(outcome.problems)) return outcome;
  Result<Plan> plan = Planner(examined.graph, examined.cut, partitions, deriver, catalog).run(topology.name.value);
  if (plan) {
    const Topology& running = examined.expanded == nullptr ? topology : examined.expanded->topology;
    for (FormerId& former : formerIds(running)) {
      plan->formerIds[std::string(former.now)].push_back(std::move(former.was.value));
    }
    plan->waiting = waitingIds(running, examined.graph);
    outcome.plan = std::move(*plan);
  } else {
    whole.report(codes::kDeriveRefused, topology.name.position, "", plan.error().message,
                 "`weir plugin-check` tells more about the plugin.");
  }
  return outcome;
}

Result<Plan> makePlan(const Topology& topology, const catalog::Catalog& catalog, const SchemaDeriver& deriver,
                      const PlanOptions& options) {
  PlanOutcome outcome = planTopology(topology, catalog, deriver, options);
  if (outcome.plan) return std::move(*outcome.plan);
  std::erase_if(outcome.problems, [](const Problem& problem) { return problem.severity != Severity::Error; });
  return configError(problemsText(outcome.problems, topology.name.value));
}

}  // namespace weir::topology
