#include "designer/ui/panels/tests/inspector_fixture.hpp"

#include <QLabel>

#include "designer/ui/theme/theme.hpp"

namespace weir::designer::test {

void InspectorFixture::initTestCase() {
  applyTheme(ColorScheme::Light);
}

void InspectorFixture::open(topology::Topology topology) {
  cleanup();
  document_ = std::make_unique<Document>(std::move(topology));
  panel_ = std::make_unique<InspectorPanel>();
  panel_->setCatalog(catalog_);
  panel_->setDocument(document_.get());
  recheck();
  panel_->resize(shell::kRightDock, shell::kDefaultHeight);
  panel_->show();
  QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
  panel_->activateWindow();
}

void InspectorFixture::cleanup() {
  panel_.reset();
  document_.reset();
}

void InspectorFixture::select(const std::string& id) {
  document_->select({id});
  QCoreApplication::processEvents();
}

LineEdit* InspectorFixture::line(const std::string& path) const {
  FieldBox* const box = panel_->fields().boxOf(path);
  return box == nullptr ? nullptr : box->findChild<LineEdit*>();
}

QString InspectorFixture::said(QWidget& within) {
  QCoreApplication::processEvents();  // what is new in a layout is shown by the event loop
  QStringList words;
  for (const QLabel* const label : within.findChildren<QLabel*>()) {
    if (label->isVisible()) words.append(label->text());
  }
  return words.join('\n');
}

}  // namespace weir::designer::test
