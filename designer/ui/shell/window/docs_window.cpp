#include "designer/ui/shell/window/docs_window.hpp"

#include <QDesktopServices>
#include <QDir>
#include <QImage>
#include <QKeyEvent>
#include <QListWidget>
#include <QSplitter>
#include <QTextBlock>
#include <QTextTable>
#include <QToolTip>
#include <QVBoxLayout>

#include "designer/ui/theme/tokens.h"

namespace weir::designer {

namespace {

// Of a text in Markdown: its first head.
QString titleOf(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QString first = QString::fromUtf8(file.readLine()).trimmed();
  return first.startsWith(QLatin1String("# ")) ? first.mid(2) : QFileInfo(path).baseName();
}

// Qt sets paragraphs and heads of Markdown close to each other.
void spread(QTextDocument& document) {
  for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
    QTextCursor cursor(block);
    QTextBlockFormat format = block.blockFormat();
    const bool inside = cursor.currentTable() != nullptr || block.textList() != nullptr;
    if (format.headingLevel() > 0) {
      format.setTopMargin(space::kLarge);
    } else if (!inside && !format.nonBreakableLines()) {
      format.setTopMargin(space::kSmall);
    }
    cursor.setBlockFormat(format);
  }
}

}  // namespace

QVariant DocsBrowser::loadResource(int type, const QUrl& name) {
  QVariant loaded = QTextBrowser::loadResource(type, name);
  if (type != QTextDocument::ImageResource) return loaded;
  QImage image = QImage::fromData(loaded.toByteArray());
  const int room = viewport()->width() - 2 * space::kHuge;
  if (image.isNull() || image.width() <= room) return image;
  // As many pixels as the screen has there.
  const int pixels = qRound(room * devicePixelRatio());
  if (image.width() > pixels) image = image.scaledToWidth(pixels, Qt::SmoothTransformation);
  image.setDevicePixelRatio(double(image.width()) / room);
  return image;
}

DocsWindow::DocsWindow(const QString& folder, QWidget* parent)
    : QWidget(parent, Qt::Window), list_(new QListWidget), browser_(new DocsBrowser) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Weir documentation"));
  resize(shell::kDocsWidth, shell::kDocsHeight);
  list_->setAccessibleName(tr("Documents"));
  list_->setFrameShape(QFrame::NoFrame);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);  // long titles are cut instead
  browser_->setFrameShape(QFrame::NoFrame);
  browser_->setAccessibleName(tr("The document"));
  browser_->setOpenLinks(false);
  browser_->document()->setDocumentMargin(space::kHuge);
  auto* const parts = new QSplitter;
  parts->addWidget(list_);
  parts->addWidget(browser_);
  parts->setSizes({shell::kLeftDock, shell::kDocsWidth - shell::kLeftDock});
  parts->setStretchFactor(1, 1);
  auto* const rows = new QVBoxLayout(this);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->addWidget(parts);
  fillList(folder);
  connect(list_, &QListWidget::currentItemChanged, this, &DocsWindow::showChosen);
  connect(browser_, &QTextBrowser::anchorClicked, this, &DocsWindow::followLink);
  list_->setCurrentRow(0);
  list_->setFocus();
}

void DocsWindow::fillList(const QString& folder) {
  const QDir dir(folder);
  QStringList names = dir.entryList({QStringLiteral("*.md")}, QDir::Files, QDir::Name);
  if (const qsizetype first = names.indexOf(QStringLiteral("designer.md")); first > 0) names.move(first, 0);
  for (const QString& name : names) {
    auto* const item = new QListWidgetItem(titleOf(dir.filePath(name)), list_);  // the list owns it
    item->setData(Qt::UserRole, QUrl::fromLocalFile(dir.filePath(name)));
  }
}

void DocsWindow::showChosen() {
  if (const QListWidgetItem* const item = list_->currentItem()) read(item->data(Qt::UserRole).toUrl());
}

void DocsWindow::read(const QUrl& document) {
  browser_->setSource(document, QTextDocument::MarkdownResource);
  spread(*browser_->document());
}

void DocsWindow::followLink(const QUrl& url) {
  const QUrl whole = browser_->source().resolved(url);
  const QString path = whole.toLocalFile();
  if (whole.isLocalFile() && !QFileInfo::exists(path)) {
    QToolTip::showText(QCursor::pos(), tr("%1 is not installed here.").arg(QDir::toNativeSeparators(path)), browser_);
    return;
  }
  if (path.endsWith(QLatin1String(".weir"))) {
    Q_EMIT topologyChosen(path);
    return;
  }
  if (!path.endsWith(QLatin1String(".md"))) {
    QDesktopServices::openUrl(whole);
    return;
  }
  for (int row = 0; row < list_->count(); ++row) {
    if (list_->item(row)->data(Qt::UserRole).toUrl() == whole.adjusted(QUrl::RemoveFragment)) list_->setCurrentRow(row);
  }
  if (browser_->source() != whole) read(whole);
}

void DocsWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    close();
  } else {
    QWidget::keyPressEvent(event);
  }
}

}  // namespace weir::designer
