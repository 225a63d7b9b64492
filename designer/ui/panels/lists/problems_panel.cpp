#include "designer/ui/panels/lists/problems_panel.hpp"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QVBoxLayout>

#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

ProblemsPanel::ProblemsPanel(QWidget* parent) : Panel(parent), table_(new RowsTable(tr("No problems."))) {
  table_->setLinksFrom(ProblemsModel::kFix);
  table_->setModel(&model_);
  table_->setAccessibleName(tr("Problems"));
  table_->installEventFilter(this);
  table_->viewport()->installEventFilter(this);
  connect(table_, &QTableView::clicked, this, [this](const QModelIndex& index) {
    if (index.column() == ProblemsModel::kFix && !model_.fixes(index.row()).empty()) return apply(index.row(), 0);
    locateRow(index);
  });
  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(table_);
  setFocusProxy(table_);
}

void ProblemsPanel::onChange(Change change) {
  if (change == Change::Topology) model_.forgetVersions();
  if (change == Change::Checks || change == Change::Topology || change == Change::Plugins) fill();
}

void ProblemsPanel::fill() {
  // What is current stays current, as far as it is still a problem.
  const int current = currentRow();
  const QString place = current >= 0 ? model_.placeOf(current) : QString();
  const std::string parameter = current >= 0 ? model_.problem(current).parameter : std::string();
  model_.show(document() != nullptr ? document()->now() : makeSnapshot({}), catalog(), checked());
  for (int row = 0; current >= 0 && row < model_.rowCount(); ++row) {
    if (model_.placeOf(row) != place || model_.problem(row).parameter != parameter) continue;
    table_->setCurrentIndex(model_.index(row, ProblemsModel::kProblem));
    break;
  }
  Q_EMIT countsChanged(errors(), unfinished(), warnings());
}

void ProblemsPanel::locateRow(const QModelIndex& index) {
  if (!index.isValid()) return;
  Q_EMIT locate(model_.placeOf(index.row()), QString::fromStdString(model_.problem(index.row()).parameter));
}

int ProblemsPanel::currentRow() const {
  const QModelIndexList rows = table_->selectionModel()->selectedRows();
  return rows.isEmpty() ? -1 : rows.first().row();
}

void ProblemsPanel::step(int by) {
  const int count = model_.rowCount();
  if (count == 0) return;
  const int current = currentRow();
  const int from = current >= 0 ? current : (by > 0 ? -1 : 0);
  table_->setCurrentIndex(model_.index((from + by + count) % count, ProblemsModel::kProblem));
  locateRow(table_->currentIndex());
}

void ProblemsPanel::applyFix() {
  if (const int current = currentRow(); current >= 0) return apply(current, 0);
  for (int row = 0; row < model_.rowCount(); ++row) {
    if (!model_.fixes(row).empty()) return apply(row, 0);
  }
}

void ProblemsPanel::apply(int row, std::size_t fix) {
  const std::vector<topology::QuickFix>& fixes = model_.fixes(row);
  if (document() == nullptr || fix >= fixes.size()) return;
  // What the fix is about may be gone since the check: then nothing happens, and the next check says so.
  const topology::QuickFix chosen = fixes[fix];  // the list is made anew meanwhile
  (void)applyTo(*document(), chosen);
}

bool ProblemsPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == table_ && event->type() == QEvent::KeyPress) {
    const auto& key = *static_cast<QKeyEvent*>(event);
    if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) {
      if (key.modifiers() & Qt::AltModifier) {
        applyFix();
      } else {
        locateRow(table_->currentIndex());
      }
      return true;
    }
  }
  if (watched == table_->viewport() && event->type() == QEvent::MouseMove) {
    const QModelIndex index = table_->indexAt(static_cast<QMouseEvent*>(event)->position().toPoint());
    const bool link = index.column() == ProblemsModel::kFix && !model_.fixes(index.row()).empty();
    table_->viewport()->setCursor(link ? Qt::PointingHandCursor : Qt::ArrowCursor);
  }
  return Panel::eventFilter(watched, event);
}

void ProblemsPanel::contextMenuEvent(QContextMenuEvent* event) {
  const QModelIndex current = table_->currentIndex();
  if (!current.isValid() || document() == nullptr) return;
  QMenu menu(this);
  const std::vector<topology::QuickFix>& fixes = model_.fixes(current.row());
  for (std::size_t i = 0; i < fixes.size(); ++i) {
    menu.addAction(QString::fromStdString(fixes[i].title), this, [this, row = current.row(), i] { apply(row, i); });
  }
  if (!fixes.empty()) menu.addSeparator();
  menu.addAction(tr("Show"), this, [this, current] { locateRow(current); });
  menu.exec(event->globalPos());
}

}  // namespace weir::designer
