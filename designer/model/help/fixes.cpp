#include "designer/model/help/fixes.hpp"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <set>

#include "core/topology/model/problem_codes.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/reach.hpp"
#include "designer/model/help/fix_check.hpp"
#include "designer/model/help/fix_parts.hpp"
#include "designer/model/help/fixes_columns.hpp"
#include "designer/model/help/fixes_time.hpp"

namespace weir::designer {

namespace {

namespace codes = topology::codes;
using catalog::ParamSpec;
using catalog::ParamType;
using topology::FixStep;
using topology::Problem;
using topology::QuickFix;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Fixes)
};

QuickFix removal(const QString& title, const std::string& target) {
  QuickFix fix{title.toStdString(), {}};
  fix.steps.push_back({FixStep::Kind::Remove, target, "", {}});
  return fix;
}

// A wire that leads nowhere, cannot be, or is there twice.
void addWireFixes(const Problem& problem, Fixes& fixes) {
  if (problem.edge.empty()) return;
  if (problem.code == codes::kDuplicateEdge) {
    fixes.push_back(removal(Words::tr("Remove the second one"), problem.edge));
  } else {
    fixes.push_back(removal(Words::tr("Remove the wire"), problem.edge));
  }
}

// Of a circle, the wire that was drawn last.
void addCycleFix(const Problem& problem, const FixScene& scene, Fixes& fixes) {
  const Reach downstream(scene.topology, Flow::Downstream);
  const std::set<std::string_view> ahead = downstream.from({problem.node});
  const auto& edges = scene.topology.edges;
  const auto last = std::find_if(edges.rbegin(), edges.rend(), [&](const auto& edge) {
    const std::string_view from = endOf(edge->from.value).node;
    return ahead.contains(from) && downstream.from({endOf(edge->to.value).node}).contains(from);
  });
  if (last == edges.rend()) return;
  const std::string id = edgeId(**last);
  fixes.push_back(removal(Words::tr("Remove the wire %1").arg(QString::fromStdString(id)), id));
}

// What a row takes in state, about: its columns, and what is kept beside them.
double bytesOfRow(const Schema& schema) {
  constexpr double kBeside = 32;
  constexpr double kText = 24;
  constexpr double kNumber = 8;
  double bytes = kBeside;
  for (const Field& field : schema.fields) {
    const bool plain = field.type.id != TypeId::String && field.type.id != TypeId::Bytes &&
                       field.type.id != TypeId::List && field.type.id != TypeId::Struct;
    bytes += plain ? kNumber : kText;
  }
  return bytes;
}

void addBoundFixes(const Problem& problem, const FixScene& scene, Fixes& fixes) {
  constexpr int kRowsPerSecond = 1000;
  constexpr double kSecondsPerDay = 86'400;
  const topology::Node* const node = scene.topology.node(problem.node);
  const catalog::OperatorSpec* const spec = node == nullptr ? nullptr : scene.catalog.find(node->use.value);
  const ParamSpec* const param = spec == nullptr ? nullptr : spec->param(problem.parameter);
  if (param == nullptr) return;
  json::Value bound;
  if (!param->examples.empty()) {
    bound = param->examples.front();
  } else if (param->type == ParamType::Duration) {
    bound = json::Value::text("7d");
  } else {
    return;
  }
  const std::optional<Schema> columns = readableSchema(scene, scene.checked, problem.node);
  const double bytes = bytesOfRow(columns.value_or(Schema{})) * kRowsPerSecond * kSecondsPerDay;
  const QLocale locale;
  const QString shown = QString::fromStdString(bound.isText() ? bound.asText() : json::write(bound));
  QuickFix fix{Words::tr("Keep %1 (at %2 rows/s about %3 a day)")
                   .arg(shown, locale.toString(kRowsPerSecond),
                        locale.formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat))
                   .toStdString(),
               {}};
  fix.steps.push_back({FixStep::Kind::Set, problem.node, "params." + problem.parameter, std::move(bound)});
  fixes.push_back(std::move(fix));
}

// A secret that stands in the file: refer to the environment instead.
void addSecretFix(const Problem& problem, const FixScene& scene, Fixes& fixes) {
  const QString name = QString::fromStdString(problem.parameter.substr(problem.parameter.rfind('.') + 1)).toUpper();
  const bool isNode = scene.topology.node(problem.node) != nullptr;
  fixes.push_back(setText(Words::tr("Take it from the environment: %1").arg(name), problem.node,
                          (isNode ? "params." : "") + problem.parameter, "${env:" + name.toStdString() + "}"));
}

}  // namespace

bool missesColumns(const topology::CheckOutcome& checked) {
  return std::any_of(checked.problems.begin(), checked.problems.end(), [](const Problem& problem) {
    return problem.code == codes::kUnknownField || problem.code == codes::kExpression;
  });
}

std::vector<QuickFix> fixesFor(const Problem& problem, const topology::Topology& topology,
                               const catalog::Catalog& catalog, const topology::CheckOutcome& checked,
                               const topology::CheckOutcome* before) {
  const FixScene scene{topology, catalog, checked, before};
  Fixes fixes;
  // A column that was renamed a moment ago is surer than a name that looks alike.
  if (problem.code == codes::kUnknownField || problem.code == codes::kExpression) addColumnFixes(problem, scene, fixes);
  if (problem.fix) fixes.push_back(*problem.fix);
  if (problem.code == codes::kNoEventTime || problem.code == codes::kTimeFieldType) addTimeFixes(problem, scene, fixes);
  if (problem.code == codes::kCycle) addCycleFix(problem, scene, fixes);
  if (problem.code == codes::kUnboundedStore) addBoundFixes(problem, scene, fixes);
  if (problem.code == codes::kSecretLiteral) addSecretFix(problem, scene, fixes);
  addWireFixes(problem, fixes);
  FixCheck check(problem, scene);
  std::erase_if(fixes, [&](const QuickFix& fix) { return !check.mends(fix); });
  return fixes;
}

}  // namespace weir::designer
