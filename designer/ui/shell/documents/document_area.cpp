#include "designer/ui/shell/documents/document_area.hpp"

#include <QDir>
#include <QFileInfo>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "designer/ui/shell/documents/document_page.hpp"
#include "designer/ui/shell/documents/tab_close_button.hpp"
#include "designer/ui/theme/paint.hpp"

namespace weir::designer {

namespace {

// Through links, as far as the file is there.
QString wholePath(const QString& path) {
  const QFileInfo file(path);
  return file.exists() ? file.canonicalFilePath() : QDir::cleanPath(file.absoluteFilePath());
}

// Long titles are cut once, in the middle, and never so far that their ends cannot be told apart.
class Tabs : public QTabBar {
 public:
  using QTabBar::QTabBar;

 protected:
  QSize tabSizeHint(int tab) const override {
    const QSize wanted = QTabBar::tabSizeHint(tab);
    return {qMin(wanted.width(), shell::kTabMost), wanted.height()};
  }
  QSize minimumTabSizeHint(int tab) const override {
    const QSize wanted = QTabBar::tabSizeHint(tab);
    return {qMin(wanted.width(), shell::kTabLeast), wanted.height()};
  }
};

QString labelOf(const DocumentPage& page) {
  return QString(page.title()).replace(u'&', QStringLiteral("&&"));
}

}  // namespace

DocumentArea::DocumentArea(QWidget* parent) : QWidget(parent), tabs_(new Tabs(this)), stack_(new QStackedWidget(this)) {
  tabs_->setDocumentMode(true);
  tabs_->setMovable(true);
  tabs_->setExpanding(false);
  tabs_->setDrawBase(false);
  tabs_->setElideMode(Qt::ElideMiddle);
  tabs_->setAccessibleName(tr("Documents"));
  tabs_->installEventFilter(this);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(tabs_);
  layout->addWidget(stack_, 1);
  tabs_->hide();
  connect(tabs_, &QTabBar::currentChanged, this, [this](int tab) {
    if (DocumentPage* page = pageAt(tab)) stack_->setCurrentWidget(page);
    Q_EMIT currentChanged(pageAt(tab));
  });
}

void DocumentArea::add(DocumentPage* page) {
  stack_->addWidget(page);
  const QSignalBlocker quiet(tabs_);  // the first tab becomes the current one before it has its page
  const int tab = tabs_->addTab(QString());
  tabs_->setTabData(tab, QVariant::fromValue<QObject*>(page));
  auto* close = new TabCloseButton(tabs_);
  connect(close, &TabCloseButton::clicked, this, [this, page] { Q_EMIT closeRequested(page); });
  tabs_->setTabButton(tab, QTabBar::RightSide, close);
  connect(page, &DocumentPage::changed, this, [this, page] {
    updateTab(page);
    Q_EMIT pageChanged(page);
  });
  updateTab(page);
  tabs_->show();
  setCurrent(page);
  stack_->setCurrentWidget(page);
  Q_EMIT currentChanged(page);
}

void DocumentArea::remove(DocumentPage* page) {
  page->disconnect(this);
  stack_->removeWidget(page);
  tabs_->removeTab(tabOf(page));  // tells of the new current page
  tabs_->setVisible(tabs_->count() > 0);
  page->hide();
  page->deleteLater();  // one of its own buttons may have asked for it
}

DocumentPage* DocumentArea::current() const {
  return pageAt(tabs_->currentIndex());
}

void DocumentArea::setCurrent(DocumentPage* page) {
  tabs_->setCurrentIndex(tabOf(page));
}

QList<DocumentPage*> DocumentArea::pages() const {
  QList<DocumentPage*> all;
  for (int tab = 0; tab < tabs_->count(); ++tab) all += pageAt(tab);
  return all;
}

DocumentPage* DocumentArea::pageOf(const QString& filePath) const {
  for (DocumentPage* page : pages()) {
    if (!page->filePath().isEmpty() && wholePath(page->filePath()) == wholePath(filePath)) return page;
  }
  return nullptr;
}

void DocumentArea::step(int tabs) {
  const int count = tabs_->count();
  if (count > 0) tabs_->setCurrentIndex((tabs_->currentIndex() + tabs + count) % count);
}

DocumentPage* DocumentArea::pageAt(int tab) const {
  return tab < 0 ? nullptr : qobject_cast<DocumentPage*>(tabs_->tabData(tab).value<QObject*>());
}

int DocumentArea::tabOf(DocumentPage* page) const {
  for (int tab = 0; tab < tabs_->count(); ++tab) {
    if (pageAt(tab) == page) return tab;
  }
  return -1;
}

void DocumentArea::updateTab(DocumentPage* page) {
  const int tab = tabOf(page);
  if (tab < 0) return;
  tabs_->setTabText(tab, labelOf(*page));
  tabs_->setTabToolTip(tab, page->filePath().isEmpty() ? page->title() : page->filePath());
  const QString state = page->isDirty() ? tr("%1, not saved").arg(page->title()) : page->title();
  tabs_->setAccessibleTabName(tab, state);
  auto* close = static_cast<TabCloseButton*>(tabs_->tabButton(tab, QTabBar::RightSide));
  close->setDirty(page->isDirty());
  close->setAccessibleName(tr("Close %1").arg(page->title()));
}

bool DocumentArea::eventFilter(QObject* watched, QEvent* event) {
  if (watched == tabs_ && event->type() == QEvent::MouseButtonRelease) {
    const auto* mouse = static_cast<QMouseEvent*>(event);
    const int tab = tabs_->tabAt(mouse->position().toPoint());
    if (mouse->button() == Qt::MiddleButton && tab >= 0) {
      Q_EMIT closeRequested(pageAt(tab));
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void DocumentArea::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const Colors& colors = themeOf(this).colors;
  painter.fillRect(rect(), colors.canvas);
  if (tabs_->isVisible()) painter.fillRect(QRect(0, 0, width(), tabs_->height()), colors.window);
}

}  // namespace weir::designer
