#include "designer/ui/panels/lists/problems_model.hpp"

#include <algorithm>
#include <utility>

#include "core/topology/model/problem_codes.hpp"
#include "designer/ui/panels/lists/rows_table.hpp"
#include "designer/ui/panels/panel/selection_words.hpp"
#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

using topology::Problem;
using topology::Severity;

namespace {

constexpr std::size_t kMostBefore = 4;

// What columns there were before says something about these alone.
bool namesColumns(const Problem& problem) {
  return problem.code == topology::codes::kUnknownField || problem.code == topology::codes::kExpression;
}

}  // namespace

void ProblemsModel::show(Snapshot topology, CatalogRef catalog, Checked checked) {
  beginResetModel();
  rows_.clear();
  topology_ = std::move(topology);
  catalog_ = std::move(catalog);
  checked_ = std::move(checked);
  errors_ = unfinished_ = warnings_ = 0;
  for (const Problem& problem : checked_->problems) {
    unfinished_ += isDraft(problem) ? 1 : 0;
    errors_ += problem.severity == Severity::Error && !isDraft(problem) ? 1 : 0;
    warnings_ += problem.severity == Severity::Warning ? 1 : 0;
    rows_.push_back({&problem, std::nullopt});
  }
  std::stable_sort(rows_.begin(), rows_.end(), [](const Row& left, const Row& right) {
    const auto weight = [](const Problem& problem) { return std::pair(problem.severity, !isDraft(problem)); };
    return weight(*left.problem) > weight(*right.problem);
  });
  if (!checked_->schemas.empty() && !missesColumns(*checked_)) before_.insert(before_.begin(), checked_);
  if (before_.size() > kMostBefore) before_.pop_back();
  endResetModel();
}

const std::vector<topology::QuickFix>& ProblemsModel::fixes(int row) const {
  const Row& found = rows_[static_cast<std::size_t>(row)];
  if (found.fixes) return *found.fixes;
  found.fixes = fixesFor(*found.problem, *topology_, *catalog_, *checked_);
  if (!namesColumns(*found.problem)) return *found.fixes;
  const std::string best = found.fixes->empty() ? std::string() : found.fixes->front().title;
  // The newest may be a version that was undone, in which the column had its new name everywhere.
  for (const Checked& before : before_) {
    std::vector<topology::QuickFix> more = fixesFor(*found.problem, *topology_, *catalog_, *checked_, before.get());
    if (more.empty() || more.front().title == best) continue;
    found.fixes = std::move(more);
    break;
  }
  return *found.fixes;
}

QString ProblemsModel::placeOf(int row) const {
  const Problem& found = problem(row);
  return QString::fromStdString(found.edge.empty() ? found.node : found.edge);
}

QString ProblemsModel::nameOf(const Problem& problem) const {
  if (problem.node.empty())
    return QString::fromStdString(problem.edge).replace(QStringLiteral("->"), QStringLiteral("→"));
  return shownName(*topology_, problem.node);
}

int ProblemsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Problem& found = problem(index.row());
  const bool missing = found.code == topology::codes::kUnknownPlugin || found.code == topology::codes::kUnknownOperator;
  switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
      if (index.column() == kProblem) return QString::fromStdString(found.message);
      if (index.column() == kNode) return nameOf(found);
      return fixes(index.row()).empty() ? QString() : QString::fromStdString(fixes(index.row()).front().title);
    case Qt::ToolTipRole:
      return QString::fromStdString(found.message + "\n" + found.help + "\n" + std::string(found.code));
    case kIconRole:
      if (missing) return QStringLiteral("puzzle");
      if (isDraft(found)) return QStringLiteral("circle-question-mark");
      if (found.severity == Severity::Error) return QStringLiteral("circle-x");
      return found.severity == Severity::Warning ? QStringLiteral("triangle-alert") : QStringLiteral("info");
    case kToneRole:
      if (missing || isDraft(found) || found.severity == Severity::Info) return static_cast<int>(IconTone::Secondary);
      return static_cast<int>(found.severity == Severity::Error ? IconTone::Error : IconTone::Warning);
    default: return {};
  }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case kProblem: return tr("Problem");
    case kNode: return tr("Node");
    default: return tr("Fix");
  }
}

}  // namespace weir::designer
