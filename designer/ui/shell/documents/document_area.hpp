// The tabs in the middle of the window.
#pragma once

#include <QWidget>

#include "designer/ui/shell/documents/document_page.hpp"  // complete: signals carry pointers to it

class QStackedWidget;
class QTabBar;

namespace weir::designer {

class DocumentArea : public QWidget {
  Q_OBJECT

 public:
  explicit DocumentArea(QWidget* parent = nullptr);

  // Takes the page over, shows it and makes it the current one.
  void add(DocumentPage* page);
  // Closes without asking.
  void remove(DocumentPage* page);

  DocumentPage* current() const;
  void setCurrent(DocumentPage* page);
  QList<DocumentPage*> pages() const;  // in the order of the tabs
  DocumentPage* pageOf(const QString& filePath) const;
  void step(int tabs);  // to another tab, around the end

  QTabBar* tabBar() const { return tabs_; }

 Q_SIGNALS:
  void currentChanged(weir::designer::DocumentPage* page);  // null: there is none
  void pageChanged(weir::designer::DocumentPage* page);     // its title, path or dirtiness
  void closeRequested(weir::designer::DocumentPage* page);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  DocumentPage* pageAt(int tab) const;
  int tabOf(DocumentPage* page) const;
  void updateTab(DocumentPage* page);

  QTabBar* tabs_;
  QStackedWidget* stack_;
};

}  // namespace weir::designer
