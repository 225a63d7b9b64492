// The problems of a topology as a table: what is wrong, where, and what would mend it.
#pragma once

#include <QAbstractTableModel>
#include <optional>

#include "designer/model/document/document.hpp"
#include "designer/model/help/fixes.hpp"
#include "designer/model/service/catalog_service.hpp"
#include "designer/model/service/problem_checker.hpp"

namespace weir::designer {

class ProblemsModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kProblem, kNode, kFix, kColumns };

  using QAbstractTableModel::QAbstractTableModel;

  // Errors first, then what has still to be filled in, warnings, and the rest, each in the order of the file.
  void show(Snapshot topology, CatalogRef catalog, Checked checked);
  // Another topology comes: what columns this one had says nothing about it.
  void forgetVersions() { before_.clear(); }

  const topology::Problem& problem(int row) const { return *rows_[static_cast<std::size_t>(row)].problem; }
  // What is offered, best first. Computed when asked.
  const std::vector<topology::QuickFix>& fixes(int row) const;
  // The id of the node, topic, group or wire.
  QString placeOf(int row) const;

  int errors() const { return errors_; }
  // What has still to be filled in or connected.
  int unfinished() const { return unfinished_; }
  int warnings() const { return warnings_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Row {
    const topology::Problem* problem;
    mutable std::optional<std::vector<topology::QuickFix>> fixes;
  };

  QString nameOf(const topology::Problem& problem) const;

  Snapshot topology_;
  CatalogRef catalog_;
  Checked checked_;
  // The last ones in which no column was missing, newest first.
  std::vector<Checked> before_;
  std::vector<Row> rows_;
  int errors_ = 0;
  int unfinished_ = 0;
  int warnings_ = 0;
};

}  // namespace weir::designer
