// The problems of the topology: a click shows where, the link mends.
#pragma once

#include <QTableView>

#include "designer/ui/panels/lists/problems_model.hpp"
#include "designer/ui/panels/lists/rows_table.hpp"
#include "designer/ui/panels/panel/panel.hpp"

namespace weir::designer {

class ProblemsPanel : public Panel {
  Q_OBJECT

 public:
  explicit ProblemsPanel(QWidget* parent = nullptr);

  int errors() const { return model_.errors(); }
  int unfinished() const { return model_.unfinished(); }
  int warnings() const { return model_.warnings(); }
  int count() const { return model_.rowCount(); }

  QTableView& table() { return *table_; }

 public Q_SLOTS:
  // F8, Shift+F8: round and round; emits locate().
  void next() { step(1); }
  void previous() { step(-1); }
  // Alt+Enter: the best fix of the current problem (or of the first one that has any), as one undo step.
  void applyFix();

 Q_SIGNALS:
  // The part that a problem is about (empty: the topology itself), and the path of its parameter, if it is about one.
  void locate(const QString& id, const QString& parameter);
  void countsChanged(int errors, int unfinished, int warnings);

 protected:
  void onChange(Change change) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  // The selected one; -1: none. (A view that gets the focus makes its first row current, selected by nobody.)
  int currentRow() const;
  void step(int by);
  void locateRow(const QModelIndex& index);
  void apply(int row, std::size_t fix);
  void fill();

  ProblemsModel model_;
  RowsTable* table_;
};

}  // namespace weir::designer
