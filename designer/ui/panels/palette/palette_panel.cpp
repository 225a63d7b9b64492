#include "designer/ui/panels/palette/palette_panel.hpp"

#include <QKeyEvent>
#include <QMenu>
#include <QVBoxLayout>

#include "designer/ui/panels/palette/palette_view.hpp"

namespace weir::designer {

namespace {

constexpr int kRecentlyUsed = 4;

}  // namespace

PalettePanel::PalettePanel(QWidget* parent)
    : QWidget(parent), search_(new SearchField(tr("Search operators"))), list_(new PaletteView) {
  search_->installEventFilter(this);
  connect(search_, &QLineEdit::textChanged, this, &PalettePanel::setWords);

  list_->setModel(&model_);
  list_->setAccessibleName(tr("Operators"));
  list_->installEventFilter(this);
  connect(list_, &QListView::doubleClicked, this, &PalettePanel::add);
  list_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(list_, &QListView::customContextMenuRequested, this, &PalettePanel::showMenu);

  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(space::kSmall);
  auto* const top = new QVBoxLayout;
  top->setContentsMargins(space::kPanelInset, space::kTiny, space::kPanelInset, 0);
  top->addWidget(search_);
  layout->addLayout(top);
  layout->addWidget(list_, 1);
  setFocusProxy(search_);
  model_.setCatalog(std::make_shared<const catalog::Catalog>());
}

void PalettePanel::setCatalog(CatalogRef catalog) {
  model_.setCatalog(std::move(catalog));
}

void PalettePanel::setTemplates(const std::vector<OwnTemplate>& templates) {
  model_.setTemplates(templates);
}

void PalettePanel::showMenu(QPoint at) {
  const QModelIndex under = list_->indexAt(at);
  const QString file = (under.isValid() ? under : list_->currentIndex()).data(PaletteModel::kTemplateRole).toString();
  if (file.isEmpty()) return;
  auto* const menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  connect(menu->addAction(tr("Rename template…")), &QAction::triggered, this,
          [this, file] { Q_EMIT changeTemplateRequested(file); });
  connect(menu->addAction(tr("Delete template…")), &QAction::triggered, this,
          [this, file] { Q_EMIT removeTemplateRequested(file); });
  menu->popup(list_->viewport()->mapToGlobal(at));
}

void PalettePanel::noteUsed(const QString& use) {
  QStringList uses = recent_;
  uses.removeAll(use);
  uses.prepend(use);
  uses = uses.mid(0, kRecentlyUsed);
  if (uses == recent_) return;
  recent_ = uses;
  if (!list_->underMouse()) showRecent();
  Q_EMIT recentChanged(uses);
}

void PalettePanel::setRecent(const QStringList& uses) {
  recent_ = uses;
  showRecent();
}

void PalettePanel::showRecent() {
  if (recent_ != model_.recent()) model_.setRecent(recent_);
}

void PalettePanel::search() {
  search_->setFocus(Qt::ShortcutFocusReason);
  search_->selectAll();
}

void PalettePanel::setWords(const QString& words) {
  showRecent();
  model_.setWords(words);
  // Enter adds the first one: show which that is.
  const int first = words.trimmed().isEmpty() ? -1 : model_.nextEntry(0);
  list_->setCurrentIndex(first < 0 ? QModelIndex() : model_.index(first));
  list_->scrollToTop();
}

void PalettePanel::add(const QModelIndex& index) {
  const QString use = index.data(PaletteModel::kUseRole).toString();
  if (!use.isEmpty()) Q_EMIT addRequested(use);
  const QString own = index.data(PaletteModel::kTemplateRole).toString();
  if (!own.isEmpty() && index.data(PaletteModel::kErrorRole).toString().isEmpty()) Q_EMIT templateRequested(own);
}

bool PalettePanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == list_ && event->type() == QEvent::Leave) showRecent();
  if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
  const int key = static_cast<QKeyEvent*>(event)->key();
  if (key == Qt::Key_Return || key == Qt::Key_Enter) {
    add(list_->currentIndex());
    return true;
  }
  if (watched == search_ && (key == Qt::Key_Down || key == Qt::Key_Up)) {
    if (key == Qt::Key_Down) {
      const QModelIndex current = list_->currentIndex();
      // The first one is current already while there are words: go on from it.
      const int next = model_.nextEntry(current.isValid() ? current.row() + 1 : 0);
      if (next >= 0) list_->setCurrentIndex(model_.index(next));
      list_->setFocus(Qt::TabFocusReason);
    }
    return true;
  }
  if (watched == list_ && key == Qt::Key_Up && model_.nextEntry(0) == list_->currentIndex().row()) {
    search();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace weir::designer
