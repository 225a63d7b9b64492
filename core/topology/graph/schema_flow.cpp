#include "core/topology/graph/schema_flow.hpp"

#include <algorithm>
#include <set>

#include "core/base/closest_name.hpp"
#include "core/base/duration.hpp"
#include "core/base/type_name.hpp"
#include "core/topology/graph/check_memory.hpp"
#include "core/topology/graph/column_check.hpp"
#include "core/topology/graph/schema_rules.hpp"
#include "core/topology/model/edge_ids.hpp"
#include "core/topology/model/problem_codes.hpp"

namespace weir::topology {

namespace {

using catalog::OperatorKind;
using catalog::PortSpec;
using catalog::SchemaRule;
using json::Value;

std::string columnsText(const Schema& schema) {
  std::string out;
  for (const Field& field : schema.fields) {
    out += (out.empty() ? "" : ", ") + field.name + " " + typeName(field.type) + (field.nullable ? "" : " not null");
  }
  return out;
}

// The first column in which two schemas differ, in words.
std::string difference(const Schema& left, const Schema& right) {
  for (std::size_t i = 0; i < std::max(left.fields.size(), right.fields.size()); ++i) {
    if (i < left.fields.size() && i < right.fields.size() && left.fields[i] == right.fields[i]) continue;
    const auto text = [&](const Schema& schema) {
      return i < schema.fields.size() ? "\"" + columnsText(Schema{{schema.fields[i]}}) + "\"" : std::string("nothing");
    };
    return "column " + std::to_string(i + 1) + " is " + text(left) + " in one and " + text(right) + " in the other";
  }
  return "they are equal";
}

// The columns of both: what comes after them is checked with these, as if they had been made equal.
Schema eitherOf(Schema left, const Schema& right) {
  for (const Field& field : right.fields) {
    if (!left.find(field.name)) left.fields.push_back(field);
  }
  return left;
}

// A value for a number or a duration that is wrong or missing, which says nothing about columns.
std::optional<Value> standIn(const catalog::ParamSpec& spec) {
  using catalog::ParamType;
  const Value* given = spec.defaultValue ? &*spec.defaultValue : nullptr;
  if (given == nullptr && !spec.examples.empty()) given = &spec.examples.front();
  if (given == nullptr) return std::nullopt;
  if (spec.type == ParamType::Integer || spec.type == ParamType::Number) return *given;
  if (spec.type != ParamType::Duration || !given->isText()) return std::nullopt;
  const Result<Duration> length = parseDuration(given->asText());
  return length ? std::optional(Value::number(*length)) : std::nullopt;
}

// The parameters, where nothing is wrong with them that could tell of columns.
std::optional<Value> paramsForColumns(const TypedNode& node) {
  Value params = node.normalised.params;
  for (const std::string& path : node.normalised.wrong) {
    const catalog::ParamSpec* const spec = node.spec->param(path);
    const std::optional<Value> value = spec == nullptr ? std::nullopt : standIn(*spec);
    if (!value) return std::nullopt;
    params.set(path, *value);
  }
  return params;
}

Result<std::vector<Schema>> deriveWith(const TypedNode& node, const Value& params, const SchemaDeriver& deriver,
                                       weir_stage stage) {
  DeriveRequest request;
  request.node = node.id();
  request.use = node.node->use.value;
  request.params = json::write(params);
  request.stage = stage;
  for (const std::optional<Schema>& input : node.inputs) request.inputs.push_back(input.value_or(Schema{}));
  Result<std::vector<Schema>> answer = deriver(request);
  if (answer && answer->size() != node.outputs.size()) {
    return fatalError("it answered " + std::to_string(answer->size()) + " schemas for " +
                      std::to_string(node.outputs.size()) + " outputs, a defect of the plugin.");
  }
  return answer;
}

class Flow {
 public:
  Flow(TypedGraph& graph, const SchemaDeriver& deriver, const expr::Functions& functions, Problems& problems,
       CheckMemory* memory)
      : graph_(graph), deriver_(deriver), functions_(functions), problems_(problems), memory_(memory) {}

  void visit(TypedNode& node) {
    Reporter reporter(problems_, node.id(), node.position(), node.topic != nullptr ? "" : "params.");
    for (std::size_t port = 0; port < node.incoming.size(); ++port) joinInput(node, port);
    if (node.topic != nullptr) {
      visitTopic(node, reporter);
    } else if (node.spec != nullptr && !node.disabled() && !catalog::isPartUse(node.node->use.value)) {
      visitOperator(node, reporter);
    }
  }

 private:
  const TypedNode& from(std::size_t edge) const { return graph_.nodes[graph_.edges[edge].from]; }

  // Several edges into one port are a union: their schemas are equal.
  void joinInput(TypedNode& node, std::size_t port) {
    for (const std::size_t index : node.incoming[port]) {
      const TypedEdge& edge = graph_.edges[index];
      const std::optional<Schema>& schema = graph_.nodes[edge.from].outputs[edge.fromPort];
      if (!schema) {
        node.inputs[port].reset();
        return;
      }
      if (!node.inputs[port]) {
        node.inputs[port] = schema;
      } else if (*node.inputs[port] != *schema) {
        Reporter reporter(problems_, node.id(), edge.edge->position);
        reporter
            .report(codes::kUnionDiffers, {}, "",
                    "Edges with different columns meet in \"" + edge.edge->to.value +
                        "\": " + difference(*node.inputs[port], *schema) + ".",
                    "Put a node before it that makes the columns equal.")
            .edge = edgeId(*edge.edge);
        node.inputs[port] = eitherOf(*node.inputs[port], *schema);
        return;
      }
    }
  }

  bool allTimed(const std::vector<std::size_t>& edges) const {
    return std::all_of(edges.begin(), edges.end(), [&](std::size_t edge) { return from(edge).timed; });
  }

  void visitTopic(TypedNode& node, Reporter& reporter) {
    const Value* const declared = node.param("schema");
    const bool known = declared != nullptr && !node.normalised.pending && !isWrong(node.normalised, "schema");
    if (known) node.outputs[0] = schemaOf(*declared);
    if (node.outputs[0] && node.inputs[0] && *node.outputs[0] != *node.inputs[0]) {
      reporter.report(codes::kTopicSchema, declared->position(), "schema",
                      "The topic \"" + node.id() + "\" declares other columns than what is written to it: " +
                          difference(*node.outputs[0], *node.inputs[0]) + ".",
                      "Remove the schema: it follows from what is written.");
    }
    if (!node.outputs[0]) node.outputs[0] = node.inputs[0];
    if (!node.outputs[0] && declared == nullptr && !node.fed) {
      reporter.report(codes::kNoSchema, {}, "schema",
                      "Nothing here writes the topic \"" + node.id() + "\", and it has no schema.",
                      "Add \"schema\" with its columns, or draw an edge to it.");
    }
    const Value* const time = node.param("event_time");
    node.timed = time != nullptr || (!node.incoming[0].empty() && allTimed(node.incoming[0]));
    if (!node.outputs[0]) return;
    for (const char* const name : {"key"}) {
      const Value* const fields = node.param(name);
      if (fields == nullptr) continue;
      for (std::size_t i = 0; i < fields->items().size(); ++i) {
        const std::string path = std::string(name) + "." + std::to_string(i);
        if (!isReported(node.normalised, path)) column(*node.outputs[0], fields->items()[i], path, reporter);
      }
    }
    keyFormat(*node.outputs[0], node, reporter);
    if (time != nullptr) timeField(*node.outputs[0], *time, reporter);
  }

  static void keyFormat(const Schema& schema, const TypedNode& node, Reporter& reporter) {
    const Value* const format = node.param("key_format");
    const std::vector<std::string> key = fieldNames(node.param("key"));
    if (format == nullptr || !format->isText() || key.empty()) return;
    std::string types;
    for (const std::string& name : key) {
      const std::optional<std::size_t> column = schema.find(name);
      if (!column) return;  // reported
      types += (types.empty() ? "" : ", ") + typeName(schema.fields[*column].type);
    }
    const std::string& wanted = format->asText();
    const bool fits = wanted == "string"  ? types == "string" || types == "bytes"
                      : wanted == "int64" ? types == "int64" || types == "timestamp"
                      : wanted == "int32" ? types == "int32" || types == "date"
                                          : true;
    if (fits) return;
    reporter.report(codes::kParameterType, format->position(), "key_format",
                    "The key format \"" + wanted + "\" does not fit a key of type " + types + ".",
                    "Remove it: the format follows from the key.");
  }

  bool column(const Schema& schema, const Value& name, const std::string& path, Reporter& reporter) {
    if (schema.find(name.asText())) return true;
    std::vector<std::string_view> names;
    for (const Field& field : schema.fields) names.push_back(field.name);
    Problem& problem =
        reporter.report(codes::kUnknownField, name.position(), path,
                        "There is no column \"" + name.asText() + "\" here." + didYouMean(name.asText(), names),
                        "Its columns are: " + columnsText(schema) + ".");
    if (const std::optional<std::string> near = closestName(name.asText(), names)) {
      problem.fix = changeTo(reporter.node(), reporter.place(path), *near);
    }
    return false;
  }

  void timeField(const Schema& schema, const Value& time, Reporter& reporter) {
    const Value* const field = time.find("field");
    if (field == nullptr || !field->isText()) return;
    const std::optional<std::size_t> index = schema.find(field->asText());
    if (!index || schema.fields[*index].type.id == TypeId::Timestamp) return;
    reporter.report(codes::kTimeFieldType, field->position(), "event_time.field",
                    "The event time \"" + field->asText() + "\" is of type " + typeName(schema.fields[*index].type) +
                        ", not timestamp.",
                    "Declare the column as timestamp.");
  }

  // Whether the columns of a source are those of its `schema`.
  static bool declaresColumns(const catalog::OperatorSpec& spec) {
    return std::any_of(spec.outputs.begin(), spec.outputs.end(), [](const catalog::PortSpec& port) {
      return std::any_of(port.schemaRules.begin(), port.schemaRules.end(), [](const catalog::SchemaRule& rule) {
        return rule.kind == catalog::SchemaRule::Kind::Declared;
      });
    });
  }

  void visitOperator(TypedNode& node, Reporter& reporter) {
    const catalog::OperatorSpec& spec = *node.spec;
    std::vector<const Schema*> readable;
    Schema own;
    bool known = true;
    if (spec.kind == OperatorKind::Source) {
      const Value* const schema = node.param("schema");
      if (schema != nullptr && schema->isList()) {
        own = schemaOf(*schema);
        readable.push_back(&own);
      }
      const Value* const time = node.param("event_time");
      node.timed = time != nullptr || spec.givesTime;
      if (time != nullptr && schema != nullptr) timeField(own, *time, reporter);
      known = (!readable.empty() || !declaresColumns(spec)) && !isWrong(node.normalised, "schema");
    } else {
      node.timed = true;
      for (std::size_t port = 0; port < node.incoming.size(); ++port) {
        if (node.incoming[port].empty()) {
          const bool open = node.open[port];
          if (open && node.inputs[port]) readable.push_back(&*node.inputs[port]);
          known = known && (spec.inputs[port].optional || (open && node.inputs[port]));
          continue;
        }
        known = known && node.inputs[port].has_value();
        node.timed = node.timed && allTimed(node.incoming[port]);
        if (node.inputs[port]) readable.push_back(&*node.inputs[port]);
      }
      if (spec.time == catalog::TimeNeed::Event && !node.timed) reportNoTime(node, reporter);
    }
    checkStores(node, reporter);
    if (!known) return;
    // A reference that has no value yet may get one, so what hangs on it is looked at each time.
    const Normalised& given = node.normalised;
    const bool remember = memory_ != nullptr && !given.pending && given.wrong.empty() && given.nuls.empty();
    if (remember && memory_->recall(node)) return;
    const std::size_t before = problems_.size();
    if (spec.kind == OperatorKind::Source && readable.empty()) {
      // What it gives is its own affair, and what its parameters may name.
      fillOutputs(node, reporter);
      if (!node.outputs[0]) return;
      const Value* const time = node.param("event_time");
      if (time != nullptr) timeField(*node.outputs[0], *time, reporter);
      checkColumns(node, {&*node.outputs[0]}, functions_, reporter);
    } else {
      checkColumns(node, readable, functions_, reporter);
      fillOutputs(node, reporter);
    }
    if (remember && problems_.size() == before) memory_->keep(node);
  }

  // Finds the sources without event time, and offers to add it where one timestamp column makes that certain.
  void reportNoTime(const TypedNode& node, Reporter& reporter) {
    std::vector<const TypedNode*> culprits;
    std::set<const TypedNode*> seen;
    std::vector<const TypedNode*> queue = {&node};
    while (!queue.empty()) {
      const TypedNode* const next = queue.back();
      queue.pop_back();
      for (const std::vector<std::size_t>& edges : next->incoming) {
        for (const std::size_t edge : edges) {
          const TypedNode& upstream = from(edge);
          if (upstream.timed || !seen.insert(&upstream).second) continue;
          const bool head =
              upstream.topic != nullptr ? upstream.incoming[0].empty() : upstream.spec->kind == OperatorKind::Source;
          (head ? culprits : queue).push_back(&upstream);
        }
      }
    }
    std::string names;
    for (const TypedNode* const culprit : culprits) names += (names.empty() ? "\"" : ", \"") + culprit->id() + "\"";
    Problem& problem = reporter.report(codes::kNoEventTime, node.node->use.position, "",
                                       "\"" + node.id() + "\" works by event time, but its input has none" +
                                           (names.empty() ? "." : ": it comes from " + names + "."),
                                       "Add \"event_time\": {\"field\": ..., \"disorder\": ...} " +
                                           (names.empty() ? "at the source." : "to " + names + "."));
    if (culprits.size() != 1 || !culprits[0]->outputs[0]) return;
    const Field* only = nullptr;
    for (const Field& field : culprits[0]->outputs[0]->fields) {
      if (field.type.id != TypeId::Timestamp) continue;
      if (only != nullptr) return;
      only = &field;
    }
    if (only == nullptr) return;
    Value time = Value::object();
    time.set("field", Value::text(only->name));
    time.set("disorder", Value::text("0s"));
    const std::string path = culprits[0]->topic != nullptr ? "event_time" : "params.event_time";
    problem.fix = QuickFix{"Take \"" + only->name + "\" of \"" + culprits[0]->id() + "\" as event time",
                           {{FixStep::Kind::Set, culprits[0]->id(), path, std::move(time)}}};
  }

  void checkStores(const TypedNode& node, Reporter& reporter) {
    constexpr std::string_view kParam = "param:";
    for (const catalog::StoreSpec& store : node.spec->stores) {
      const bool byParam = store.bound.starts_with(kParam);
      const std::string param = byParam ? store.bound.substr(kParam.size()) : "";
      const Value* const value = byParam ? node.param(param) : nullptr;
      const bool bounded = byParam ? value != nullptr : !store.bound.empty();
      if (bounded || (byParam && isReported(node.normalised, param))) continue;
      reporter
          .report(codes::kUnboundedStore, node.node->use.position, param,
                  "The store \"" + store.name + "\" of \"" + node.id() + "\" has no bound: it may grow for ever.",
                  byParam ? "Set \"" + param + "\"." : "The plugin's author has to declare a bound for it.")
          .severity = Severity::Warning;
    }
  }

  // Nothing when the rules cannot tell.
  std::optional<Schema> applyRules(const TypedNode& node, const PortSpec& port) const {
    for (const SchemaRule& rule : port.schemaRules) {
      const bool hangs = !rule.param.empty();
      if (hangs && holdsReference(node.normalised, node.param(rule.param))) return std::nullopt;
      if (hangs && isWrong(node.normalised, rule.param)) return std::nullopt;
      if (rule.kind == SchemaRule::Kind::Declared && node.param("schema") == nullptr) return std::nullopt;
    }
    std::vector<Schema> inputs;
    for (const std::optional<Schema>& input : node.inputs) inputs.push_back(input.value_or(Schema{}));
    Result<Schema> schema = schemaByRules(*node.spec, port, node.normalised.params, inputs, functions_);
    if (!schema) return std::nullopt;  // what is wrong with the parameters has been reported
    return std::move(*schema);
  }

  void fillOutputs(TypedNode& node, Reporter& reporter) {
    bool derives = false;
    for (std::size_t port = 0; port < node.outputs.size(); ++port) {
      const PortSpec& spec = node.spec->outputs[port];
      if (asksOperator(spec)) {
        derives = true;
        node.outputs[port].reset();
      } else {
        node.outputs[port] = applyRules(node, spec);
      }
    }
    if (derives) derive(node, reporter);
    for (std::size_t port = 0; port < node.outputs.size(); ++port) refuseDuplicateColumns(node, port, reporter);
  }

  void derive(TypedNode& node, Reporter& reporter) {
    if (node.normalised.pending) return;  // the values of its references come with the start
    // It would refuse what has been reported, in other words.
    const bool wrong = !node.normalised.wrong.empty();
    const std::optional<Value> standIns = wrong && deriver_ ? paramsForColumns(node) : std::nullopt;
    if (wrong && !standIns) return;
    if (!deriver_) {
      reporter
          .report(codes::kDerivePending, node.node->use.position, "",
                  "The columns that \"" + node.id() + "\" gives are not known: its plugin was not asked.",
                  "What comes after it is checked when the topology starts.")
          .severity = Severity::Info;
      return;
    }
    Result<std::vector<Schema>> derived =
        deriveWith(node, wrong ? *standIns : node.normalised.params, deriver_, WEIR_STAGE_WHOLE);
    if (!derived && wrong) return;
    if (!derived) {
      const bool refused = derived.error().kind == ErrorKind::Config;
      reporter.report(codes::kDeriveRefused, node.node->use.position, "",
                      (refused ? "\"" + node.node->use.value + "\" refuses these parameters: "
                               : "\"" + node.node->use.value + "\" could not be asked for its columns: ") +
                          derived.error().message,
                      refused ? "Change its parameters." : "`weir plugin-check` tells more about the plugin.");
      return;
    }
    for (std::size_t port = 0; port < node.outputs.size(); ++port) {
      if (asksOperator(node.spec->outputs[port])) node.outputs[port] = std::move((*derived)[port]);
    }
  }

  void refuseDuplicateColumns(TypedNode& node, std::size_t port, Reporter& reporter) {
    if (!node.outputs[port]) return;
    std::set<std::string_view> names;
    for (const Field& field : node.outputs[port]->fields) {
      if (names.insert(field.name).second) continue;
      reporter.report(codes::kDuplicateColumn, node.node->use.position, "",
                      "\"" + node.id() + "\" gives two columns named \"" + field.name + "\" on \"" +
                          node.spec->outputs[port].name + "\".",
                      "Give one of them another name.");
      node.outputs[port].reset();
      return;
    }
  }

  TypedGraph& graph_;
  const SchemaDeriver& deriver_;
  const expr::Functions& functions_;
  Problems& problems_;
  CheckMemory* memory_;
};

}  // namespace

Result<std::vector<Schema>> deriveStage(const TypedNode& node, const SchemaDeriver& deriver, weir_stage stage) {
  return deriveWith(node, node.normalised.params, deriver, stage);
}

void flowSchemas(TypedGraph& graph, const SchemaDeriver& deriver, const expr::Functions& functions, Problems& problems,
                 CheckMemory* memory) {
  Flow flow(graph, deriver, functions, problems, memory);
  for (const std::size_t index : graph.order) flow.visit(graph.nodes[index]);
}

}  // namespace weir::topology
