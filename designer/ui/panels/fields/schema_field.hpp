// The editor of columns: name, type, whether it may be null, and a note.
#pragma once

#include <QAbstractTableModel>
#include <QTableView>
#include <QToolButton>

#include "designer/ui/panels/fields/field_editor.hpp"

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

class SchemaField : public FieldEditor {
  Q_OBJECT

 public:
  explicit SchemaField(QWidget* parent);
  void show(const FormField& field, const FieldScene& scene) override;

  QTableView& table() { return *table_; }

 private:
  QToolButton* button(const QString& icon, const QString& words);
  void add();
  void remove();
  void move(int by);
  void emitList(const json::Value& list);
  void updateButtons();

  SchemaModel model_;
  QTableView* table_;
  QToolButton* up_;
  QToolButton* down_;
  QToolButton* remove_;
  std::string path_;
};

}  // namespace weir::designer
