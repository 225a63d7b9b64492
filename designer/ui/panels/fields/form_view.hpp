// Fields below each other. Keeps its editors while the fields stay the same ones, so that typing is not disturbed.
#pragma once

#include <QVBoxLayout>
#include <vector>

#include "designer/ui/panels/fields/field_box.hpp"

namespace weir::designer {

class FormView : public QWidget {
  Q_OBJECT

 public:
  explicit FormView(QWidget* parent = nullptr);

  void show(const std::vector<FormField>& fields, const FieldScene& scene);
  using QWidget::show;

  // The field of that path ("params.size"), or of what it is in ("params.aggregates" for "params.aggregates.0.field").
  FieldBox* boxOf(const std::string& path) const;
  const std::vector<FieldBox*>& boxes() const { return boxes_; }

 Q_SIGNALS:
  void edited(const std::string& path, const weir::json::Value& value);
  void fileNamed(const std::string& path, const std::string& written, const QString& file);
  void finished();

 private:
  QVBoxLayout* layout_;
  std::vector<FieldBox*> boxes_;
};

}  // namespace weir::designer
