#include "designer/model/help/fix_check.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "core/topology/model/problem_codes.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/reach.hpp"

namespace weir::designer {

namespace {

namespace codes = topology::codes;
using topology::CheckOutcome;
using topology::Problem;
using topology::Problems;
using topology::QuickFix;
using topology::Severity;
using topology::Topology;

using Ids = std::set<std::string, std::less<>>;

// A fix that leaves something to be filled in, or a result that goes nowhere, has made no error.
int weightOf(const Problem& problem) {
  if (problem.severity == Severity::Info) return 0;
  if (problem.severity == Severity::Warning) return 2;
  return topology::isDraft(problem) ? 1 : 3;
}

using Key = std::tuple<std::string_view, std::string, std::string, std::string>;

Key keyOf(const Problem& problem) {
  return {problem.code, problem.node, problem.edge, problem.parameter};
}

std::map<Key, int> counted(const Problems& problems) {
  std::map<Key, int> counts;
  // Nobody was asked: see answersOf().
  for (const Problem& problem : problems) counts[keyOf(problem)] += problem.code == codes::kDeriveRefused ? 0 : 1;
  return counts;
}

void addEnds(const std::string& target, Ids& ids) {
  const std::optional<topology::Edge> edge = topology::edgeOfId(target);
  if (!edge) {
    ids.insert(target);
    return;
  }
  ids.emplace(endOf(edge->from.value).node);
  ids.emplace(endOf(edge->to.value).node);
}

// The parts that a fix and its problem name.
Ids namedBy(const QuickFix& fix, const Problem& problem) {
  Ids ids;
  if (!problem.node.empty()) ids.insert(problem.node);
  if (!problem.edge.empty()) addEnds(problem.edge, ids);
  for (const topology::FixStep& step : fix.steps) addEnds(step.target, ids);
  return ids;
}

// A source or a sink.
bool isOutside(const topology::Node* node, const catalog::Catalog& catalog) {
  const catalog::OperatorSpec* const spec = node == nullptr ? nullptr : catalog.find(node->use.value);
  return spec != nullptr && spec->kind != catalog::OperatorKind::Processor;
}

// What is to be checked: all that hangs together with what is named; where files may meet, all that names some.
Ids concerned(const Topology& topology, const catalog::Catalog& catalog, const Ids& named) {
  Ids ids = named;
  for (const Flow flow : {Flow::Downstream, Flow::Upstream}) {
    for (const std::string_view id : Reach(topology, flow).from({ids.begin(), ids.end()})) ids.emplace(id);
  }
  const bool files =
      std::any_of(named.begin(), named.end(), [&](const auto& id) { return isOutside(topology.node(id), catalog); });
  for (const auto& node : topology.nodes) {
    if (files && isOutside(&*node, catalog)) ids.insert(node->id.value);
  }
  return ids;
}

Topology partOf(Topology topology, const Ids& ids) {
  Ids others;
  const auto drop = [&](auto& parts) {
    std::erase_if(parts, [&](const auto& part) {
      if (ids.count(part->id.value) != 0) return false;
      others.insert(part->id.value);
      return true;
    });
  };
  drop(topology.nodes);
  drop(topology.topics);
  topology.groups.clear();
  topology.layout.clear();
  // Wires to what is nowhere stay: they may be the problem.
  const auto leads = [&](const std::string& end) { return others.count(endOf(end).node) != 0; };
  std::erase_if(topology.edges, [&](const auto& edge) { return leads(edge->from.value) || leads(edge->to.value); });
  return topology;
}

// Columns that the last check knew, by node.
class KnownColumns {
 public:
  explicit KnownColumns(const CheckOutcome& checked) {
    for (const topology::PortSchema& port : checked.schemas) ports_[port.node].push_back(&port);
  }

  const std::vector<const topology::PortSchema*>& of(const std::string& node) const {
    static const std::vector<const topology::PortSchema*> kNone;
    const auto found = ports_.find(node);
    return found == ports_.end() ? kNone : found->second;
  }
  bool knewInputs(const std::string& node) const {
    const auto& ports = of(node);
    return std::none_of(ports.begin(), ports.end(),
                        [](const topology::PortSchema* port) { return !port->output && !port->schema; });
  }

 private:
  std::unordered_map<std::string_view, std::vector<const topology::PortSchema*>> ports_;
};

// What operators answered at the last check, for the same columns and parameters.
topology::SchemaDeriver answersOf(const KnownColumns& known, const Ids& changed) {
  return [&known, &changed](const topology::DeriveRequest& request) -> Result<std::vector<Schema>> {
    std::vector<Schema> inputs;
    std::vector<Schema> outputs;
    for (const topology::PortSchema* const port : known.of(request.node)) {
      if (port->output && !port->schema) return fatalError("It is not known.");
      (port->output ? outputs : inputs).push_back(port->schema.value_or(Schema{}));
    }
    if (changed.count(request.node) != 0 || inputs != request.inputs) return fatalError("It was not asked.");
    return outputs;
  };
}

// Under these nothing could be said of what stands there.
bool hidesOthers(const Problem& problem) {
  return problem.code == codes::kUnknownPlugin || problem.code == codes::kUnknownOperator ||
         problem.code == codes::kCycle;
}

}  // namespace

struct FixCheck::State {
  const Problem& problem;
  const FixScene& scene;
  KnownColumns known;
  Ids part;                   // that was checked last as it is
  std::map<Key, int> before;  // how often it had each problem

  // Fixes of one problem are mostly about one part.
  void check(const Ids& ids) {
    if (ids == part) return;
    const Ids unchanged;
    const Topology now = partOf(scene.topology, ids);
    before = counted(topology::check(now, scene.catalog, answersOf(known, unchanged)).problems);
    part = ids;
  }
};

FixCheck::FixCheck(const Problem& problem, const FixScene& scene)
    : state_(new State{problem, scene, KnownColumns(scene.checked), {}, {}}) {}

FixCheck::~FixCheck() = default;

bool FixCheck::mends(const QuickFix& fix) {
  const Problem& problem = state_->problem;
  const FixScene& scene = state_->scene;
  Result<Edit> edit = applyFix(scene.topology, fix);
  if (!edit) return false;
  Ids changed;
  for (const topology::FixStep& step : fix.steps) addEnds(step.target, changed);
  const Ids ids = concerned(scene.topology, scene.catalog, namedBy(fix, problem));
  state_->check(ids);
  const Topology mended = partOf(std::move(edit->after), ids);
  const Problems left = topology::check(mended, scene.catalog, answersOf(state_->known, changed)).problems;
  std::map<Key, int> before = state_->before;
  std::map<Key, int> after = counted(left);
  const Key key = keyOf(problem);
  if (after[key] >= std::max(before[key], 1)) return false;
  if (hidesOthers(problem)) return true;
  return std::none_of(left.begin(), left.end(), [&](const Problem& one) {
    const bool isNew = after[keyOf(one)] > before[keyOf(one)];
    const bool wasHidden = changed.count(one.node) == 0 && !state_->known.knewInputs(one.node);
    return isNew && weightOf(one) >= weightOf(problem) && !wasHidden;
  });
}

}  // namespace weir::designer
