// Every panel painted, light and dark. With WEIR_PICTURES set to a folder, the pictures are written there to be
// looked at.
#include <QDir>
#include <QLabel>
#include <QScrollArea>

#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/panels/lists/problems_panel.hpp"
#include "designer/ui/panels/palette/palette_panel.hpp"
#include "designer/ui/panels/tests/scene.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class PanelsLookTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyPanelIsPainted_data();
  void everyPanelIsPainted();

 private:
  void keep(QWidget& widget, const QString& name);
};

void PanelsLookTest::everyPanelIsPainted_data() {
  QTest::addColumn<int>("scheme");
  QTest::newRow("light") << int(ColorScheme::Light);
  QTest::newRow("dark") << int(ColorScheme::Dark);
}

void PanelsLookTest::keep(QWidget& widget, const QString& name) {
  widget.show();
  QVERIFY(QTest::qWaitForWindowExposed(&widget));
  QCoreApplication::processEvents();
  const QImage image = widget.grab().toImage();
  // Text is there: some pixels have the colour of text, or nearly.
  bool written = false;
  const QColor text = currentTheme().colors.text;
  for (int y = 0; y < image.height() && !written; ++y) {
    for (int x = 0; x < image.width() && !written; ++x) {
      const QColor pixel = image.pixelColor(x, y);
      written = qAbs(pixel.red() - text.red()) < 40 && qAbs(pixel.blue() - text.blue()) < 40;
    }
  }
  QVERIFY2(written, qPrintable(name + " has no text"));
  const QString folder = qEnvironmentVariable("WEIR_PICTURES");
  if (!folder.isEmpty()) QVERIFY(image.save(QDir(folder).filePath(name + "-" + QTest::currentDataTag() + ".png")));
}

void PanelsLookTest::everyPanelIsPainted() {
  QFETCH(int, scheme);
  applyTheme(static_cast<ColorScheme>(scheme));
  const CatalogRef catalog = test::pluginCatalog();
  Document broken(test::brokenTopology());
  Document orders(test::shipped("orders_per_minute_by_region"));

  PalettePanel palette;
  palette.setCatalog(catalog);
  palette.setRecent({"std.filter", "topic"});
  palette.resize(shell::kLeftDock, 620);
  keep(palette, "palette");

  ProblemsPanel problems;
  problems.setCatalog(catalog);
  problems.setDocument(&broken);
  problems.setChecked(test::check(broken.topology(), catalog));
  problems.resize(925, shell::kBottomDock);
  problems.next();
  keep(problems, "problems");

  const auto inspect = [&](Document& document, const QString& name, const Selection& selection,
                           InspectorPanel::Tab tab = InspectorPanel::kProperties, int height = 760) {
    InspectorPanel inspector;
    inspector.setCatalog(catalog);
    inspector.setDocument(&document);
    inspector.setChecked(test::check(document.topology(), catalog));
    document.select(selection);
    inspector.tabs().setCurrentIndex(tab);
    inspector.resize(shell::kRightDock, height);
    keep(inspector, "inspector-" + name);
  };
  inspect(orders, "window", {"per_minute"});
  inspect(orders, "source", {"orders"});
  inspect(orders, "select", {"keyed"});
  inspect(orders, "topic", {"result"});
  inspect(orders, "topology", {});
  inspect(orders, "several", {"orders", "keyed", "per_minute"});
  inspect(orders, "schema", {"per_minute"}, InspectorPanel::kSchema);
  inspect(orders, "docs", {"per_minute"}, InspectorPanel::kDocs);
  inspect(broken, "wrong", {"per_minute"});
  inspect(broken, "expression", {"large"});
  inspect(broken, "missing", {"locate_city"});
  inspect(broken, "question", {"per_minute"}, InspectorPanel::kSchema);
}

WEIR_TEST(PanelsLookTest)
#include "panels_look_test.moc"
