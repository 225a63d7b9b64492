// Icons, looked at in pixels.
#include "designer/ui/theme/icons.hpp"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPainter>

#include "designer/ui/theme/tests/pixels.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

namespace {

QImage rendered(const QIcon& icon, QIcon::Mode mode = QIcon::Normal, QIcon::State state = QIcon::Off) {
  return icon.pixmap(QSize(24, 24), 1, mode, state).toImage();
}

}  // namespace

class IconsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { applyTheme(ColorScheme::Light); }

  void everyIconCanBeDrawn();
  void iconsTakeTheColourThatIsAskedFor();
  void iconsFollowTheTheme();
  void disabledAndCheckedIconsDiffer();
  void iconsHaveThePixelsOfTheScreen();
  void anUnknownIconIsThatOfItsKind_data();
  void anUnknownIconIsThatOfItsKind();
  void everyShippedOperatorHasAnIcon();
  void tilesHaveTheColourOfTheirKind();
};

void IconsTest::everyIconCanBeDrawn() {
  QVERIFY(iconNames().size() >= 70);
  for (const QString& name : iconNames()) {
    const QImage image = iconPixmap(name, icon::kLarge, currentTheme().colors.text, 1).toImage();
    bool drawn = false;
    for (int y = 0; y < image.height() && !drawn; ++y) {
      for (int x = 0; x < image.width() && !drawn; ++x) drawn = qAlpha(image.pixel(x, y)) > 100;
    }
    QVERIFY2(drawn, qPrintable(name + " is empty"));
  }
}

void IconsTest::iconsTakeTheColourThatIsAskedFor() {
  const QColor accent = currentTheme().colors.accent;
  QVERIFY(contains(iconPixmap("square", 48, accent, 1).toImage(), accent));
  const QColor error = currentTheme().colors.error;
  QVERIFY(contains(iconPixmap("square", 48, error, 1).toImage(), error));
}

void IconsTest::iconsFollowTheTheme() {
  const QIcon kept = themeIcon("square", IconTone::Text);
  const QImage light = rendered(kept);
  applyTheme(ColorScheme::Dark);
  QVERIFY(rendered(kept) != light);
}

void IconsTest::disabledAndCheckedIconsDiffer() {
  const QIcon save = themeIcon("save");
  QVERIFY(rendered(save) != rendered(save, QIcon::Disabled));
  QVERIFY(rendered(save) != rendered(save, QIcon::Normal, QIcon::On));
  QCOMPARE(rendered(save), rendered(save, QIcon::Selected));
}

void IconsTest::iconsHaveThePixelsOfTheScreen() {
  const QPixmap twice = iconPixmap("save", 18, currentTheme().colors.text, 2);
  QCOMPARE(twice.size(), QSize(36, 36));
  QCOMPARE(twice.deviceIndependentSize(), QSizeF(18, 18));
  QCOMPARE(themeIcon("save").pixmap(QSize(18, 18), 2.0).size(), QSize(36, 36));
}

void IconsTest::anUnknownIconIsThatOfItsKind_data() {
  QTest::addColumn<int>("kind");
  for (std::size_t kind = 0; kind < kLightColors.kinds.size(); ++kind) QTest::addRow("kind %d", int(kind)) << int(kind);
}

void IconsTest::anUnknownIconIsThatOfItsKind() {
  QFETCH(int, kind);
  QCOMPARE(iconNameFor(static_cast<NodeKind>(kind), "funnel"), "funnel");
  for (const QString unknown : {"", "no-such-icon", "../icons/funnel"}) {
    QVERIFY(hasIcon(iconNameFor(static_cast<NodeKind>(kind), unknown)));
  }
}

void IconsTest::everyShippedOperatorHasAnIcon() {
  int operators = 0;
  QDirIterator manifests(weir::places::inRepository("plugins"), {"plugin.json"}, QDir::Files,
                         QDirIterator::Subdirectories);
  while (manifests.hasNext()) {
    QFile file(manifests.next());
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (const QJsonValue one : QJsonDocument::fromJson(file.readAll())["operators"].toArray()) {
      if (QStringList{"function", "aggregate"}.contains(one["kind"].toString())) continue;  // not drawn
      ++operators;
      QVERIFY2(hasIcon(one["icon"].toString()), qPrintable(file.fileName() + ": " + one["id"].toString()));
    }
  }
  QVERIFY(operators >= 9);
}

void IconsTest::tilesHaveTheColourOfTheirKind() {
  for (const NodeKind kind : {NodeKind::Source, NodeKind::Window, NodeKind::Topic}) {
    const QImage tile = rendered(kindIcon(kind, "timer"));
    QVERIFY(contains(tile, currentTheme().colors.of(kind).fill));
  }
}

WEIR_TEST(IconsTest)
#include "icons_test.moc"
