// What changed since the topology was saved, or what another program has changed, a row each.
#pragma once

#include <QAbstractTableModel>
#include <QTableView>
#include <QTimer>

#include "core/topology/plan/diff.hpp"
#include "designer/model/service/outside_change.hpp"
#include "designer/ui/panels/panel/panel.hpp"

namespace weir::designer {

class ChangesModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kWhat, kBefore, kAfter, kColumns };

  using QAbstractTableModel::QAbstractTableModel;

  void show(std::vector<topology::Change> changes);
  // How many rows show these.
  static int rowsOf(const std::vector<topology::Change>& changes);
  // What the columns with the values are called.
  void setTitles(const QString& before, const QString& after);
  // The part that a row is about; empty: the topology, or all that were moved.
  QString placeOf(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString what(const topology::Change& change) const;

  std::vector<topology::Change> logic_;
  QString before_;
  QString after_;
  int moved_ = 0;  // parts whose layout changed: one row for all
};

class ChangesPanel : public Panel {
  Q_OBJECT

 public:
  explicit ChangesPanel(QWidget* parent = nullptr);

  QTableView& table() { return *table_; }
  // Lists that instead of what is unsaved.
  void setComparison(std::optional<Comparison> comparison);

 Q_SIGNALS:
  void locate(const QString& id);

 protected:
  void onChange(Change change) override;
  void showEvent(QShowEvent* event) override;

 private:
  void fill();

  std::optional<Comparison> comparison_;
  ChangesModel model_;
  QTableView* table_;
  QTimer later_;  // many edits, one look
};

}  // namespace weir::designer
