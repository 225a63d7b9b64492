// One field of a form: shows a value, and says what somebody made of it.
#pragma once

#include <QWidget>
#include <memory>

#include "designer/model/help/form.hpp"
#include "designer/model/service/catalog_service.hpp"

namespace weir::designer {

// What editors know of the surroundings.
struct FieldScene {
  Schema columns;  // that come in
  bool columnsKnown = false;
  CatalogRef catalog;  // fields point into it
  QString folder;      // paths are chosen from here; empty: anywhere
};

class FieldEditor : public QWidget {
  Q_OBJECT

 public:
  using QWidget::QWidget;
  ~FieldEditor() override;

  // Shows the value. What somebody is typing stays as it is written while it means the same.
  virtual void show(const FormField& field, const FieldScene& scene) = 0;
  using QWidget::show;

  // It says itself what is wrong with its text.
  virtual bool saysErrors() const { return false; }

 Q_SIGNALS:
  // Null: the value is removed. Emitted with every letter.
  void edited(const std::string& path, const weir::json::Value& value);
  // A file that is there was chosen for a path, or its name was typed: as it is written, and where it is. A chosen one
  // has not been edited() yet: what becomes of it is one step.
  void fileNamed(const std::string& path, const std::string& written, const QString& file);
  // The focus has left, Enter was pressed, or the change was a whole one.
  void finished();
};

// The editor for a field, by the type of its parameter. `kind` is what editorKind() says.
enum class EditorKind : std::uint8_t {
  Kept,  // not known here: shown, never changed
  Line,
  Note,  // text of several lines
  Secret,
  Check,
  Choice,
  Format,
  Column,
  Columns,
  Expression,
  Path,
  Object,
  List,
  Schema,
  Json,
};
EditorKind editorKind(const FormField& field);
FieldEditor* makeEditor(EditorKind kind, QWidget* parent);

}  // namespace weir::designer
