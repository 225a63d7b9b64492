// The columns of a schema as rows of a table.
#pragma once

#include <QAbstractTableModel>

#include "core/base/json.hpp"

namespace weir::designer {

class SchemaModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kName, kType, kNullable, kDoc, kColumns };

  using QAbstractTableModel::QAbstractTableModel;

  void setList(const json::Value& list);
  const json::Value& list() const { return list_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 Q_SIGNALS:
  // Somebody changed it; the model itself waits for setList().
  void changed(const weir::json::Value& list);

 private:
  json::Value list_ = json::Value::list();
};

}  // namespace weir::designer
