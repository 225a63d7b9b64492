// Boxes to choose from.
#pragma once

#include <QComboBox>
#include <string>
#include <vector>

#include "designer/ui/panels/fields/field_editor.hpp"

namespace weir::designer {

// Choices, formats, and columns, which may be typed too.
class ComboField : public FieldEditor {
  Q_OBJECT

 public:
  ComboField(EditorKind kind, QWidget* parent);
  void show(const FormField& field, const FieldScene& scene) override;
  QComboBox& box() { return *box_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Option {
    QString title;
    QString value;
    friend bool operator==(const Option&, const Option&) = default;
  };
  std::vector<Option> optionsOf(const FormField& field, const FieldScene& scene) const;

  EditorKind kind_;
  QComboBox* box_;
  std::vector<Option> options_;
  std::string path_;
};

}  // namespace weir::designer
