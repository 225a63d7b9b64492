// One tab: what is shown of a document, and the messages about it.
#pragma once

#include <QWidget>

#include "designer/ui/shell/documents/message_bar.hpp"

class QVBoxLayout;

namespace weir::designer {

class DocumentPage : public QWidget {
  Q_OBJECT

 public:
  // Owns `content`, which gets the focus when the page gets it.
  DocumentPage(QWidget* content, const QString& title, QWidget* parent = nullptr);

  QWidget* content() const { return content_; }

  const QString& title() const { return title_; }
  void setTitle(const QString& title);
  // Where it is stored; empty as long as it has not been.
  const QString& filePath() const { return filePath_; }
  void setFilePath(const QString& path);
  bool isDirty() const { return dirty_; }
  void setDirty(bool dirty);

  // The newest on top; one with the same id is replaced.
  void showMessage(const Message& message);
  void removeMessage(const QString& id);
  QList<MessageBar*> messages() const { return messages_; }

 Q_SIGNALS:
  void changed();  // title, path or dirty

 private:
  QWidget* content_;
  QString title_;
  QString filePath_;
  bool dirty_ = false;
  QVBoxLayout* layout_;
  QList<MessageBar*> messages_;
};

}  // namespace weir::designer
