#include "designer/model/help/mends.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "core/base/type_name.hpp"
#include "core/drawing/look/grid.hpp"
#include "core/expr/expr.hpp"
#include "core/topology/graph/plugin_functions.hpp"
#include "core/topology/model/problem_codes.hpp"
#include "designer/model/help/fix_parts.hpp"
#include "designer/model/help/fixes.hpp"

namespace weir::designer {

namespace {

namespace codes = topology::codes;
using topology::QuickFix;

constexpr std::size_t kMost = 5;                  // that are offered
constexpr const char* kConverter = "std.select";  // makes columns of columns

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Mends)
};

class Mending {
 public:
  Mending(const topology::Topology& topology, const catalog::Catalog& catalog, const topology::CheckOutcome& checked,
          const PortRef& from, const PortRef& to, const Edit& connected)
      : topology_(topology), catalog_(catalog), checked_(checked), from_(from), to_(to), connected_(connected) {}

  std::vector<Mend> all() {
    if (const std::optional<Trial> trial = tried(topology_, catalog_, checked_, from_, to_)) {
      addFixes(*trial);
      addConversion(*trial);
    }
    mends_.push_back({Words::tr("Connect all the same"), connected_, {}});
    return std::move(mends_);
  }

 private:
  void addFixes(const Trial& trial) {
    const topology::Problems problems = trial.columnProblems(to_.node);
    for (const topology::Problem& problem : problems) {
      for (const QuickFix& fix : fixesFor(problem, trial.topology, catalog_, trial.checked)) {
        if (mends_.size() < kMost && mends(fix, trial, problems.size())) add(fix);
      }
    }
  }

  bool mends(const QuickFix& fix, const Trial& trial, std::size_t problems) const {
    // What stands before the node is made up.
    const bool own = std::all_of(fix.steps.begin(), fix.steps.end(),
                                 [&](const topology::FixStep& step) { return step.target == to_.node; });
    if (!own || fix.steps.empty()) return false;
    const Result<Edit> mended = applyFix(trial.topology, fix);
    if (!mended) return false;
    const Trial after{mended->after, topology::check(mended->after, catalog_, {})};
    return after.columnProblems(to_.node).size() < problems;
  }

  void add(const QuickFix& fix) {
    const QString title = Words::tr("Connect · %1").arg(QString::fromStdString(fix.title));
    const bool known = std::any_of(mends_.begin(), mends_.end(), [&](const Mend& mend) { return mend.title == title; });
    Result<Edit> edit = applyFix(connected_.after, fix);
    if (known || !edit) return;
    edit->label = Words::tr("Connect and mend");
    edit->selection = connected_.selection;
    mends_.push_back({title, std::move(*edit), {}});
  }

  // The columns that are wanted of what comes along the wire, where others would meet them there.
  const Schema* wanted(const Trial& trial) const {
    for (const topology::Problem& problem : trial.columnProblems(to_.node)) {
      if (problem.code == codes::kTopicSchema) return schemaAt(trial.checked, to_.node, true);
      if (problem.code != codes::kUnionDiffers) continue;
      for (const auto& edge : trial.topology.edges) {
        if (edge->to.value == to_.end()) return schemaAt(trial.checked, edge->from.value, true);
      }
    }
    return nullptr;
  }

  void addConversion(const Trial& trial) {
    const Schema* const columns = wanted(trial);
    const Schema* const given = schemaAt(trial.checked, trial.topology.edges.back()->from.value, true);
    if (columns == nullptr || given == nullptr || catalog_.find(kConverter) == nullptr) return;
    json::Value fields = json::Value::list();
    for (const Field& column : columns->fields) {
      const std::optional<std::string> expression = converted(column, *given);
      if (!expression) return;
      json::Value item = json::Value::object();
      item.set("name", json::Value::text(column.name));
      item.set("expression", json::Value::text(*expression));
      fields.items().push_back(std::move(item));
    }
    addBetween(std::move(fields));
  }

  // A column that has the wanted type, and may be null where that one may.
  std::optional<std::string> converted(const Field& wanted, const Schema& given) const {
    if (!given.find(wanted.name)) return std::nullopt;
    const std::string name = fieldNameText(wanted.name);
    const std::vector<expr::FunctionSignature> known = topology::functionsOf(catalog_);
    const expr::Functions functions{known, {}};
    for (const std::string& text : {name, "cast(" + name + " as " + typeName(wanted.type) + ")"}) {
      const auto compiled = expr::compile(text, given, nullptr, &functions);
      if (compiled && (*compiled)->type() == wanted.type && (*compiled)->nullable() == wanted.nullable) return text;
    }
    return std::nullopt;
  }

  void addBetween(json::Value fields) {
    const Point before = positionOf(topology_, from_.node).value_or(Point{});
    const Point after = positionOf(topology_, to_.node).value_or(before);
    Edit edit = addNode(connected_.after, kConverter,
                        drawing::onGrid(Point{(before.x + after.x) / 2, (before.y + after.y) / 2}));
    const std::string id = *edit.selection->begin();
    topology::Node node = *edit.after.nodes.back();
    node.params.set("fields", std::move(fields));
    edit.after.nodes.back() = std::move(node);
    const std::optional<ThroughPorts> through = throughPorts(*catalog_.find(kConverter));
    if (!through) return;
    edit.after = spliceIn(edit.after, from_.end() + " -> " + to_.end(), id, through->input, through->output).after;
    edit.label = Words::tr("Connect and convert");
    mends_.push_back({Words::tr("Put a node between that makes the columns equal"), std::move(edit), id});
  }

  const topology::Topology& topology_;
  const catalog::Catalog& catalog_;
  const topology::CheckOutcome& checked_;
  const PortRef& from_;
  const PortRef& to_;
  const Edit& connected_;
  std::vector<Mend> mends_;
};

}  // namespace

std::vector<Mend> mendsFor(const topology::Topology& topology, const catalog::Catalog& catalog,
                           const topology::CheckOutcome& checked, const PortRef& from, const PortRef& to,
                           const Edit& connected) {
  return Mending(topology, catalog, checked, from, to, connected).all();
}

}  // namespace weir::designer
