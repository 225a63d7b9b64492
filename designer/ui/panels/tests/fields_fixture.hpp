// One field's editor, shown as the inspector shows it, and what was edited in it last.
#pragma once

#include <QTest>
#include <memory>

#include "designer/ui/panels/fields/field_box.hpp"
#include "designer/ui/panels/tests/scene.hpp"

namespace weir::designer::test {

class FieldsFixture : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init();
  void cleanup() { box_.reset(); }

 protected:
  FormField field(catalog::ParamType type, const json::Value& value = {});
  void show(const FormField& field);
  template <typename T>
  T* find() const {
    return box_->findChild<T*>();
  }

  catalog::ParamSpec spec_;
  FieldScene scene_;
  std::unique_ptr<FieldBox> box_;
  std::string path_;
  json::Value value_;  // the last that was edited
  int edits_ = 0;
};

}  // namespace weir::designer::test
