#include "designer/ui/panels/lists/changes_panel.hpp"

#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

#include "core/drawing/picture/layout_block.hpp"
#include "designer/model/help/form.hpp"
#include "designer/ui/panels/lists/rows_table.hpp"
#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

using TopologyChange = topology::Change;

namespace {

// What has a row of its own: of the layout comments that are new or gone.
bool isListed(const TopologyChange& change) {
  return change.logic() || (drawing::isCommentId(change.id) && change.kind != TopologyChange::Kind::Changed);
}

// Parts that stand elsewhere. The place of what is new or gone is said with that.
std::set<std::string> movedParts(const std::vector<TopologyChange>& changes) {
  std::set<std::string> moved;
  for (const TopologyChange& change : changes) {
    if (!isListed(change)) moved.insert(change.id);
  }
  for (const TopologyChange& change : changes) {
    if (isListed(change) && change.kind != TopologyChange::Kind::Changed) moved.erase(change.id);
  }
  return moved;
}

}  // namespace

void ChangesModel::show(std::vector<TopologyChange> changes) {
  beginResetModel();
  moved_ = static_cast<int>(movedParts(changes).size());
  std::erase_if(changes, [](const TopologyChange& change) { return !isListed(change); });
  logic_ = std::move(changes);
  endResetModel();
}

int ChangesModel::rowsOf(const std::vector<TopologyChange>& changes) {
  const auto listed = std::count_if(changes.begin(), changes.end(), isListed);
  return static_cast<int>(listed) + (movedParts(changes).empty() ? 0 : 1);
}

void ChangesModel::setTitles(const QString& before, const QString& after) {
  before_ = before;
  after_ = after;
}

QString ChangesModel::placeOf(int row) const {
  return row < static_cast<int>(logic_.size()) ? QString::fromStdString(logic_[static_cast<std::size_t>(row)].id)
                                               : QString();
}

int ChangesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(logic_.size()) + (moved_ > 0 ? 1 : 0);
}

int ChangesModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString ChangesModel::what(const TopologyChange& change) const {
  QString id = QString::fromStdString(change.id).replace(QStringLiteral("->"), QStringLiteral("→"));
  QString path = QString::fromStdString(change.path);
  const auto named = [&](const QString& kind) {
    return path.isEmpty() ? QStringLiteral("%1 %2").arg(kind, id) : QStringLiteral("%1 %2: %3").arg(kind, id, path);
  };
  switch (change.what) {
    case TopologyChange::What::Topology: return path;
    case TopologyChange::What::Parameter: return named(tr("Parameter"));
    case TopologyChange::What::Port: return named(tr("Port"));
    case TopologyChange::What::Node: return named(tr("Node"));
    case TopologyChange::What::Topic: return named(tr("Topic"));
    case TopologyChange::What::Group: return named(tr("Group"));
    case TopologyChange::What::Edge: return named(tr("Wire"));
    case TopologyChange::What::Layout: return named(drawing::isCommentId(change.id) ? tr("Comment") : tr("Place"));
  }
  return id;
}

QVariant ChangesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const bool layout = index.row() >= static_cast<int>(logic_.size());
  const TopologyChange* const change = layout ? nullptr : &logic_[static_cast<std::size_t>(index.row())];
  const auto kind = layout ? TopologyChange::Kind::Changed : change->kind;
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
      if (layout) return index.column() == kWhat ? tr("%n part(s) moved", nullptr, moved_) : QString();
      if (index.column() == kWhat) return what(*change);
      return shownValue(index.column() == kBefore ? change->before : change->after);
    case kIconRole:
      if (layout) return QStringLiteral("layout-grid");
      return kind == TopologyChange::Kind::Added     ? QStringLiteral("plus")
             : kind == TopologyChange::Kind::Removed ? QStringLiteral("minus")
                                                     : QStringLiteral("pen-line");
    case kToneRole:
      if (layout) return static_cast<int>(IconTone::Secondary);
      return static_cast<int>(kind == TopologyChange::Kind::Added     ? IconTone::Ok
                              : kind == TopologyChange::Kind::Removed ? IconTone::Error
                                                                      : IconTone::Warning);
    default: return {};
  }
}

QVariant ChangesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case kWhat: return tr("Change");
    case kBefore: return before_;
    default: return after_;
  }
}

ChangesPanel::ChangesPanel(QWidget* parent)
    : Panel(parent), table_(new RowsTable(tr("Nothing changed since saving."))) {
  table_->setModel(&model_);
  table_->setAccessibleName(tr("Changes"));
  connect(table_, &QTableView::clicked, this, [this](const QModelIndex& index) {
    if (const QString id = model_.placeOf(index.row()); !id.isEmpty()) Q_EMIT locate(id);
  });
  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(table_);
  setFocusProxy(table_);
  later_.setSingleShot(true);
  connect(&later_, &QTimer::timeout, this, &ChangesPanel::fill);
}

void ChangesPanel::onChange(Change change) {
  const bool matters = change == Change::Topology || change == Change::Edited || change == Change::Saved;
  if (matters && isVisible()) later_.start();
}

void ChangesPanel::showEvent(QShowEvent* event) {
  Panel::showEvent(event);
  later_.start();
}

void ChangesPanel::setComparison(std::optional<Comparison> comparison) {
  comparison_ = std::move(comparison);
  if (isVisible()) later_.start();
}

void ChangesPanel::fill() {
  if (document() == nullptr) return model_.show({});
  const Comparison shown =
      comparison_.value_or(Comparison{document()->saved(), document()->now(), tr("Saved"), tr("Now")});
  model_.setTitles(shown.beforeTitle, shown.afterTitle);
  model_.show(topology::diff(shown.before == nullptr ? document()->topology() : *shown.before,
                             shown.after == nullptr ? document()->topology() : *shown.after));
  table_->horizontalHeader()->viewport()->update();
}

}  // namespace weir::designer
