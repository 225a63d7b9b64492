// The editor of columns: name, type, whether it may be null, and a note.
#pragma once

#include <QTableView>
#include <QToolButton>

#include "designer/ui/panels/fields/field_editor.hpp"
#include "designer/ui/panels/fields/schema_model.hpp"

namespace weir::designer {

class SchemaField : public FieldEditor {
  Q_OBJECT

 public:
  explicit SchemaField(QWidget* parent);
  void show(const FormField& field, const FieldScene& scene) override;

  QTableView& table() { return *table_; }

 private:
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
