#include "designer/ui/panels/fields/form_view.hpp"

#include <algorithm>

#include "designer/ui/theme/tokens.h"

namespace weir::designer {

FormView::FormView(QWidget* parent) : QWidget(parent), layout_(new QVBoxLayout(this)) {
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setSpacing(space::kMedium);
}

void FormView::show(const std::vector<FormField>& fields, const FieldScene& scene) {
  const bool same =
      std::equal(fields.begin(), fields.end(), boxes_.begin(), boxes_.end(), [](const FormField& field, FieldBox* box) {
        return field.path == box->path() && editorKind(field) == box->kind();
      });
  if (!same) {
    for (FieldBox* const box : boxes_) {
      layout_->removeWidget(box);
      box->hide();
      box->disconnect(this);
      box->deleteLater();  // its own signal may be what led here
    }
    boxes_.clear();
    for (const FormField& field : fields) {
      auto* const box = new FieldBox(editorKind(field), this);
      connect(&box->editor(), &FieldEditor::edited, this, &FormView::edited);
      connect(&box->editor(), &FieldEditor::fileNamed, this, &FormView::fileNamed);
      connect(&box->editor(), &FieldEditor::finished, this, &FormView::finished);
      layout_->addWidget(box);
      boxes_.push_back(box);
    }
  }
  for (std::size_t i = 0; i < fields.size(); ++i) boxes_[i]->show(fields[i], scene);
}

FieldBox* FormView::boxOf(const std::string& path) const {
  const auto found = std::find_if(boxes_.begin(), boxes_.end(), [&](FieldBox* box) {
    return path == box->path() || path.starts_with(box->path() + ".");
  });
  return found == boxes_.end() ? nullptr : *found;
}

}  // namespace weir::designer
