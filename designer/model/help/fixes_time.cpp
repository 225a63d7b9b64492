#include "designer/model/help/fixes_time.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <set>

#include "core/topology/model/problem_codes.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

namespace {

namespace codes = topology::codes;
using topology::FixStep;
using topology::QuickFix;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Fixes)
};

QString text(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

const json::Value& settingsOf(const topology::Topology& topology, const std::string& id) {
  static const json::Value kNone = json::Value::object();
  if (const topology::Node* const node = topology.node(id)) return node->params;
  const topology::Topic* const topic = topology.topic(id);
  return topic == nullptr ? kNone : topic->settings;
}

std::vector<std::string> before(const topology::Topology& topology, std::string_view id) {
  std::vector<std::string> ids;
  for (const auto& edge : topology.edges) {
    if (endOf(edge->to.value).node == id) ids.emplace_back(endOf(edge->from.value).node);
  }
  return ids;
}

// The event time has another type: declare the column, where it is declared, as a timestamp.
void addTypeFix(const topology::Problem& problem, const FixScene& scene, Fixes& fixes) {
  const json::Value& settings = settingsOf(scene.topology, problem.node);
  const json::Value* const time = settings.find("event_time");
  const json::Value* const field = time == nullptr ? nullptr : time->find("field");
  const json::Value* const schema = settings.find("schema");
  if (field == nullptr || !field->isText() || schema == nullptr || !schema->isList()) return;
  const std::string prefix = scene.topology.node(problem.node) != nullptr ? "params." : "";
  for (std::size_t i = 0; i < schema->items().size(); ++i) {
    const json::Value* const name = schema->items()[i].find("name");
    if (name == nullptr || *name != *field) continue;
    fixes.push_back(setText(Words::tr("Declare \"%1\" as timestamp").arg(text(field->asText())), problem.node,
                            prefix + "schema." + std::to_string(i) + ".type", "timestamp"));
  }
}

}  // namespace

std::vector<TimeCandidate> timeCandidates(const topology::Topology& topology, const catalog::Catalog& catalog,
                                          const topology::CheckOutcome& checked, const std::string& node) {
  const topology::Node* const asking = topology.node(node);
  const catalog::OperatorSpec* const spec = asking == nullptr ? nullptr : catalog.find(asking->use.value);
  if (spec == nullptr || spec->time != catalog::TimeNeed::Event) return {};
  std::vector<TimeCandidate> candidates;
  std::set<std::string> seen;
  std::vector<std::string> open{node};
  while (!open.empty()) {
    const std::string at = open.back();
    open.pop_back();
    if (!seen.insert(at).second || settingsOf(topology, at).find("event_time") != nullptr) continue;
    const std::vector<std::string> upstream = before(topology, at);
    open.insert(open.end(), upstream.begin(), upstream.end());
    if (!upstream.empty() || at == node) continue;
    std::optional<Schema> columns = declaredSchema(topology, at);
    if (const Schema* const known = schemaAt(checked, at, true)) columns = *known;
    if (!columns) continue;
    for (const Field& field : columns->fields) {
      if (field.type.id == TypeId::Timestamp) candidates.push_back({at, field.name});
    }
  }
  return candidates;
}

QuickFix takeAsEventTime(const topology::Topology& topology, const TimeCandidate& candidate) {
  json::Value time = json::Value::object();
  time.set("field", json::Value::text(candidate.column));
  time.set("disorder", json::Value::text("0s"));
  QuickFix fix{Words::tr("Take \"%1\" of \"%2\" as event time")
                   .arg(text(candidate.column), text(candidate.source))
                   .toStdString(),
               {}};
  const bool isNode = topology.node(candidate.source) != nullptr;
  fix.steps.push_back({FixStep::Kind::Set, candidate.source, isNode ? "params.event_time" : "event_time", time});
  return fix;
}

void addTimeFixes(const topology::Problem& problem, const FixScene& scene, Fixes& fixes) {
  if (problem.code == codes::kTimeFieldType) return addTypeFix(problem, scene, fixes);
  if (problem.fix) return;  // there is one candidate only
  for (const TimeCandidate& candidate : timeCandidates(scene.topology, scene.catalog, scene.checked, problem.node)) {
    fixes.push_back(takeAsEventTime(scene.topology, candidate));
  }
}

}  // namespace weir::designer
