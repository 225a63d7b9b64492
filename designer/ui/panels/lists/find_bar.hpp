// Ctrl+F: finds parts of the topology by words, is:, uses:, kind: and field:. Ctrl+H: replaces the words in them.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "designer/ui/panels/panel/panel.hpp"
#include "designer/ui/widgets/search_field.hpp"

namespace weir::designer {

class FindBar : public Panel {
  Q_OBJECT

 public:
  explicit FindBar(QWidget* parent = nullptr);

  SearchField& field() { return *field_; }
  QLineEdit& replacement() { return *replacement_; }
  // What fits, in the order of the file.
  const QStringList& matches() const { return matches_; }
  // "2 of 7"; empty: nothing is searched for.
  QString countWords() const { return count_->text(); }

 public Q_SLOTS:
  // Shows the bar with the cursor in it, with or without what replaces.
  void start();
  void startReplacing();
  // Enter and Shift+Enter do the same; round and round.
  void next() { step(1); }
  void previous() { step(-1); }
  void close();
  // In the current match, and goes on to the next; in all of them, as one step.
  void replace();
  void replaceAll();

 Q_SIGNALS:
  // The match that is current now: show it.
  void locate(const QString& id);
  void closed();
  void resized();  // another row: it wants to be placed again

 protected:
  void onChange(Change change) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void makeReplaceRow();
  void open(bool replacing);
  void search();
  void step(int by);
  void showCount();
  void replaceIn(const QStringList& ids);

  SearchField* field_;
  QLabel* count_;
  QWidget* replaceRow_;
  QLineEdit* replacement_;
  QPushButton* replaceOne_;
  QPushButton* replaceAll_;
  QStringList matches_;
  qsizetype current_ = -1;
  QString done_;  // what was replaced, until something else is asked for
};

}  // namespace weir::designer
