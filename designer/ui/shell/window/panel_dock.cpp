#include "designer/ui/shell/window/panel_dock.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QStackedWidget>
#include <QTabBar>

#include "designer/ui/theme/tokens.h"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {
namespace {

// Starts with the size that is wanted, and then has any.
class Stack : public QStackedWidget {
 public:
  Stack(QSize wanted, QWidget* parent) : QStackedWidget(parent), wanted_(wanted) {}
  QSize sizeHint() const override { return wanted_; }

 private:
  QSize wanted_;
};

// A dock gives its title the height that this hints at.
class Header : public QWidget {
 public:
  using QWidget::QWidget;
  QSize sizeHint() const override { return {QWidget::sizeHint().width(), shell::kPanelTitle}; }
  QSize minimumSizeHint() const override { return {0, shell::kPanelTitle}; }
};

}  // namespace

PanelDock::PanelDock(const QString& id, const QString& title, QSize wanted, QWidget* parent)
    : QDockWidget(title, parent),
      wanted_(wanted),
      header_(new Header(this)),
      title_(makeSectionHead(title, header_)),
      tabs_(new QTabBar(header_)),
      stack_(new Stack(wanted, this)) {
  setObjectName(id);
  setFeatures(NoDockWidgetFeatures);
  tabs_->setDrawBase(false);
  tabs_->setExpanding(false);
  tabs_->setAccessibleName(title);
  auto* layout = new QHBoxLayout(header_);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  title_->setContentsMargins(space::kPanelInset, 0, 0, 0);
  layout->addWidget(title_);
  layout->addWidget(tabs_, 0, Qt::AlignBottom);
  layout->addStretch(1);
  setTitleBarWidget(header_);
  setWidget(stack_);
  connect(tabs_, &QTabBar::currentChanged, this, [this](int tab) {
    if (tab >= 0) stack_->setCurrentIndex(tab);
    updateFold();
  });
  connect(tabs_, &QTabBar::tabBarClicked, this, &PanelDock::ask);
  updateHeader();
}

void PanelDock::addPanel(const QString& id, const QString& title, QWidget* panel) {
  panels_.append({id, title});
  stack_->addWidget(panel);
  tabs_->addTab(title);
  updateHeader();
}

void PanelDock::showPanel(const QString& id) {
  if (const int index = indexOf(id); index >= 0) tabs_->setCurrentIndex(index);
  ask();
  show();
}

void PanelDock::setFoldsWhenEmpty(bool folds) {
  foldsWhenEmpty_ = folds;
  asked_ = false;
  updateFold();
}

void PanelDock::ask() {
  asked_ = true;
  updateFold();
}

void PanelDock::updateFold() {
  const int index = tabs_->currentIndex();
  const bool empty = index >= 0 && panels_[index].counts && panels_[index].count == 0;
  const bool folded = foldsWhenEmpty_ && !asked_ && empty;
  if (folded == folded_) return;
  folded_ = folded;
  if (folded) {
    leastHeight_ = minimumHeight();
    heightBefore_ = isVisible() ? height() : wanted_.height();
  }
  setMinimumHeight(folded ? shell::kPanelTitle : leastHeight_);
  setMaximumHeight(folded ? shell::kPanelTitle : QWIDGETSIZE_MAX);
  auto* const window = qobject_cast<QMainWindow*>(parentWidget());
  if (!folded && window != nullptr) window->resizeDocks({this}, {heightBefore_}, Qt::Vertical);
}

QString PanelDock::currentPanel() const {
  const int index = tabs_->currentIndex();
  return index < 0 ? QString() : panels_[index].id;
}

int PanelDock::panelCount() const {
  return static_cast<int>(panels_.size());
}

void PanelDock::setCount(const QString& id, int count) {
  const int index = indexOf(id);
  if (index < 0 || (panels_[index].counts && panels_[index].count == count)) return;
  panels_[index].counts = true;
  panels_[index].count = count;
  updateHeader();
  updateFold();
}

int PanelDock::indexOf(const QString& id) const {
  for (qsizetype index = 0; index < panels_.size(); ++index) {
    if (panels_[index].id == id) return static_cast<int>(index);
  }
  return -1;
}

void PanelDock::updateHeader() {
  for (int index = 0; index < panelCount(); ++index) {
    const Panel& panel = panels_[index];
    // Two spaces part the number from the words.
    tabs_->setTabText(index,
                      panel.count > 0 ? QStringLiteral("%1  %2").arg(panel.title).arg(panel.count) : panel.title);
  }
  title_->setText(panels_.isEmpty() ? windowTitle() : panels_.first().title);
  tabs_->setVisible(panelCount() > 1);
  title_->setVisible(panelCount() <= 1);
}

}  // namespace weir::designer
