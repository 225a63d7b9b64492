#include "designer/ui/panels/tests/fields_fixture.hpp"

#include "designer/ui/theme/theme.hpp"

namespace weir::designer::test {

void FieldsFixture::initTestCase() {
  applyTheme(ColorScheme::Light);
}

void FieldsFixture::init() {
  spec_ = {};
  spec_.name = "thing";
  scene_ = {};
  scene_.catalog = pluginCatalog();
  scene_.columns.fields = {{"region", TypeId::String, true}, {"amount", TypeId::Float64, true}};
  scene_.columnsKnown = true;
  edits_ = 0;
  value_ = {};
}

FormField FieldsFixture::field(catalog::ParamType type, const json::Value& value) {
  spec_.type = type;
  FormField made;
  made.spec = &spec_;
  made.path = "params.thing";
  made.title = "Thing";
  made.required = spec_.required;
  made.value = value;
  return made;
}

void FieldsFixture::show(const FormField& field) {
  if (box_ == nullptr || box_->kind() != editorKind(field)) {
    box_ = std::make_unique<FieldBox>(editorKind(field));
    connect(&box_->editor(), &FieldEditor::edited, this, [this](const std::string& path, const json::Value& value) {
      path_ = path;
      value_ = value;
      ++edits_;
    });
  }
  box_->show(field, scene_);
  box_->resize(shell::kRightDock, box_->sizeHint().height());
  box_->QWidget::show();
  QVERIFY(QTest::qWaitForWindowExposed(box_.get()));
  box_->activateWindow();
  QCoreApplication::processEvents();  // what is new in a layout is shown by the event loop
}

}  // namespace weir::designer::test
