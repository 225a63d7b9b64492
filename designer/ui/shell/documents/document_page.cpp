#include "designer/ui/shell/documents/document_page.hpp"

#include <QVBoxLayout>

namespace weir::designer {

DocumentPage::DocumentPage(QWidget* content, const QString& title, QWidget* parent)
    : QWidget(parent), content_(content), title_(title), layout_(new QVBoxLayout(this)) {
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setSpacing(0);
  layout_->addWidget(content_, 1);
  setFocusProxy(content_);
}

void DocumentPage::setTitle(const QString& title) {
  if (title == title_) return;
  title_ = title;
  Q_EMIT changed();
}

void DocumentPage::setFilePath(const QString& path) {
  if (path == filePath_) return;
  filePath_ = path;
  Q_EMIT changed();
}

void DocumentPage::setDirty(bool dirty) {
  if (dirty == dirty_) return;
  dirty_ = dirty;
  Q_EMIT changed();
}

void DocumentPage::showMessage(const Message& message) {
  removeMessage(message.id);
  auto* bar = new MessageBar(message, this);
  connect(bar, &MessageBar::closed, this, [this, id = message.id] { removeMessage(id); });
  layout_->insertWidget(0, bar);
  messages_.prepend(bar);
}

void DocumentPage::removeMessage(const QString& id) {
  for (MessageBar* bar : QList<MessageBar*>(messages_)) {
    if (bar->id() != id) continue;
    messages_.removeOne(bar);
    if (bar->isAncestorOf(window()->focusWidget())) content_->setFocus();
    layout_->removeWidget(bar);
    bar->hide();
    bar->deleteLater();  // one of its buttons may be what called
  }
}

}  // namespace weir::designer
