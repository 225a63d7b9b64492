// An inspector with a document and our own plugins, for tests that type into it.
#pragma once

#include <QTest>
#include <memory>

#include "designer/ui/panels/fields/line_fields.hpp"
#include "designer/ui/panels/inspector/inspector_head.hpp"
#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/panels/tests/scene.hpp"

namespace weir::designer::test {

class InspectorFixture : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init() { open(shipped("orders_per_minute_by_region")); }
  void cleanup();

 protected:
  void open(topology::Topology topology);
  void select(const std::string& id);
  void recheck() { panel_->setChecked(check(document_->topology(), catalog_)); }
  LineEdit* line(const std::string& path) const;
  // All words that are to be seen.
  static QString said(QWidget& within);

  CatalogRef catalog_ = pluginCatalog();
  std::unique_ptr<Document> document_;
  std::unique_ptr<InspectorPanel> panel_;
};

}  // namespace weir::designer::test
