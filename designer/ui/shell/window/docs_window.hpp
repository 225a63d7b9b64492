// The documents of Weir in a window: a list of them, and the one that is read. Links go from one to another.
#pragma once

#include <QTextBrowser>

class QListWidget;

namespace weir::designer {

// A text in Markdown; pictures become as wide as there is room.
class DocsBrowser : public QTextBrowser {
  Q_OBJECT

 public:
  using QTextBrowser::QTextBrowser;
  QVariant loadResource(int type, const QUrl& name) override;
};

// Deletes itself when it is closed.
class DocsWindow : public QWidget {
  Q_OBJECT

 public:
  // `folder` holds texts in Markdown; "designer.md" comes first.
  explicit DocsWindow(const QString& folder, QWidget* parent);

  QListWidget& list() { return *list_; }
  DocsBrowser& browser() { return *browser_; }

 Q_SIGNALS:
  // A link to one: who reads about it may see it.
  void topologyChosen(const QString& path);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void fillList(const QString& folder);
  void showChosen();
  void read(const QUrl& document);
  void followLink(const QUrl& url);

  QListWidget* list_;
  DocsBrowser* browser_;
};

}  // namespace weir::designer
