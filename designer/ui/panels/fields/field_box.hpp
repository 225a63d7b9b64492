// A field as it stands in a form: its label above it, help or errors below it.
#pragma once

#include <QLabel>

#include "designer/ui/panels/fields/field_editor.hpp"

namespace weir::designer {

// A sentence that wraps, with an icon before it when it is bad news.
QWidget* makeNote(const QString& text, bool error, QWidget* parent);

class FieldBox : public QWidget {
  Q_OBJECT

 public:
  explicit FieldBox(EditorKind kind, QWidget* parent = nullptr);

  void show(const FormField& field, const FieldScene& scene);
  using QWidget::show;

  EditorKind kind() const { return kind_; }
  const std::string& path() const { return path_; }
  FieldEditor& editor() { return *editor_; }

 private:
  void showNotes(const FormField& field);

  EditorKind kind_;
  std::string path_;
  QLabel* label_;
  FieldEditor* editor_;
  QWidget* notes_;
  QStringList shown_;  // what the notes say
};

}  // namespace weir::designer
