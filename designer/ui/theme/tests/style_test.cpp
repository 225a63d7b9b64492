// Fonts, icons, sizes and what the style paints, looked at in pixels.
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDirIterator>
#include <QFontDatabase>
#include <QFontInfo>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QTableWidget>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/style.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

namespace {

QImage pictureOf(QWidget& widget) {
  return widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

QColor at(const QImage& image, int x, int y) {
  return image.pixelColor(x, y);
}

bool contains(const QImage& image, const QColor& color) {
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (image.pixelColor(x, y).rgb() == color.rgb()) return true;
    }
  }
  return false;
}

QImage rendered(const QIcon& icon, QIcon::Mode mode = QIcon::Normal, QIcon::State state = QIcon::Off) {
  return icon.pixmap(QSize(24, 24), 1, mode, state).toImage();
}

}  // namespace

class StyleTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init() { applyTheme(ColorScheme::Light); }

  void theFontsAreEmbedded_data();
  void theFontsAreEmbedded();
  void figuresHaveOneWidth();
  void everyIconCanBeDrawn();
  void iconsTakeTheColourThatIsAskedFor();
  void iconsFollowTheTheme();
  void disabledAndCheckedIconsDiffer();
  void iconsHaveThePixelsOfTheScreen();
  void anUnknownIconIsThatOfItsKind_data();
  void anUnknownIconIsThatOfItsKind();
  void everyShippedOperatorHasAnIcon();
  void tilesHaveTheColourOfTheirKind();
  void controlsHaveOneHeight();
  void pushButtonsAreAsWideAsTheirText();
  void aFieldShowsFocusAndErrors();
  void theDefaultButtonHasTheAccent();
  void aSelectedRowIsSoftAndATextSelectionIsNot();
  void textInATableStandsBelowItsHeader();
  void scrollBarsHaveNoArrows();
  void disabledColoursAreInThePalette();
  void widgetsFollowAChangeOfTheTheme();
};

void StyleTest::theFontsAreEmbedded_data() {
  QTest::addColumn<int>("role");
  QTest::addColumn<QString>("family");
  QTest::addColumn<int>("weight");
  QTest::newRow("body") << int(FontRole::Body) << "Inter" << int(QFont::Normal);
  QTest::newRow("label") << int(FontRole::Label) << "Inter" << int(QFont::DemiBold);
  QTest::newRow("node name") << int(FontRole::NodeName) << "Inter" << int(QFont::DemiBold);
  QTest::newRow("code") << int(FontRole::Code) << "JetBrains Mono" << int(QFont::Normal);
}

void StyleTest::theFontsAreEmbedded() {
  QFETCH(int, role);
  QFETCH(QString, family);
  QFETCH(int, weight);
  const QFontInfo info(fontOf(static_cast<FontRole>(role)));
  QCOMPARE(info.family(), family);
  QCOMPARE(int(info.weight()), weight);
  QVERIFY(QFontDatabase::families().contains(family));
}

void StyleTest::figuresHaveOneWidth() {
  const QFontMetricsF figures(fontOf(FontRole::Figures));
  QCOMPARE(figures.horizontalAdvance("1111"), figures.horizontalAdvance("8888"));
  const QFontMetricsF words(fontOf(FontRole::Body));
  QVERIFY(words.horizontalAdvance("1111") < words.horizontalAdvance("8888"));
}

void StyleTest::everyIconCanBeDrawn() {
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

void StyleTest::iconsTakeTheColourThatIsAskedFor() {
  const QColor accent = currentTheme().colors.accent;
  QVERIFY(contains(iconPixmap("square", 48, accent, 1).toImage(), accent));
  const QColor error = currentTheme().colors.error;
  QVERIFY(contains(iconPixmap("square", 48, error, 1).toImage(), error));
}

void StyleTest::iconsFollowTheTheme() {
  const QIcon kept = themeIcon("square", IconTone::Text);
  const QImage light = rendered(kept);
  applyTheme(ColorScheme::Dark);
  QVERIFY(rendered(kept) != light);
}

void StyleTest::disabledAndCheckedIconsDiffer() {
  const QIcon save = themeIcon("save");
  QVERIFY(rendered(save) != rendered(save, QIcon::Disabled));
  QVERIFY(rendered(save) != rendered(save, QIcon::Normal, QIcon::On));
  QCOMPARE(rendered(save), rendered(save, QIcon::Selected));
}

void StyleTest::iconsHaveThePixelsOfTheScreen() {
  const QPixmap twice = iconPixmap("save", 18, currentTheme().colors.text, 2);
  QCOMPARE(twice.size(), QSize(36, 36));
  QCOMPARE(twice.deviceIndependentSize(), QSizeF(18, 18));
  QCOMPARE(themeIcon("save").pixmap(QSize(18, 18), 2.0).size(), QSize(36, 36));
}

void StyleTest::anUnknownIconIsThatOfItsKind_data() {
  QTest::addColumn<int>("kind");
  for (std::size_t kind = 0; kind < kLightColors.kinds.size(); ++kind) QTest::addRow("kind %d", int(kind)) << int(kind);
}

void StyleTest::anUnknownIconIsThatOfItsKind() {
  QFETCH(int, kind);
  QCOMPARE(iconNameFor(static_cast<NodeKind>(kind), "funnel"), "funnel");
  for (const QString unknown : {"", "no-such-icon", "../icons/funnel"}) {
    QVERIFY(hasIcon(iconNameFor(static_cast<NodeKind>(kind), unknown)));
  }
}

void StyleTest::everyShippedOperatorHasAnIcon() {
  int operators = 0;
  QDirIterator manifests(WEIR_PLUGINS, {"plugin.json"}, QDir::Files, QDirIterator::Subdirectories);
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

void StyleTest::tilesHaveTheColourOfTheirKind() {
  for (const NodeKind kind : {NodeKind::Source, NodeKind::Window, NodeKind::Topic}) {
    const QImage tile = rendered(kindIcon(kind, "timer"));
    QVERIFY(contains(tile, currentTheme().colors.of(kind).fill));
  }
}

void StyleTest::controlsHaveOneHeight() {
  QCOMPARE(QLineEdit().sizeHint().height(), control::kHeight);
  QCOMPARE(QPushButton("Run").sizeHint().height(), control::kHeight);
  QComboBox box;
  box.addItem("When the window closes");
  QCOMPARE(box.sizeHint().height(), control::kHeight);
}

void StyleTest::pushButtonsAreAsWideAsTheirText() {
  const QPushButton button("Preview rows");
  const int words = QFontMetrics(button.font()).size(Qt::TextShowMnemonic, button.text()).width();
  QCOMPARE(button.sizeHint().width(), words + control::kButtonPadding);
}

void StyleTest::aFieldShowsFocusAndErrors() {
  QWidget window;
  QLineEdit field(&window);
  QLineEdit other(&window);
  field.setGeometry(10, 10, 100, control::kHeight);
  other.setGeometry(10, 50, 100, control::kHeight);
  window.resize(200, 100);
  window.show();
  QVERIFY(QTest::qWaitForWindowActive(&window));
  other.setFocus();
  const Colors& c = currentTheme().colors;
  QCOMPARE(at(pictureOf(field), 50, 0), c.control);
  field.setFocus();
  QCOMPARE(at(pictureOf(field), 50, 1), c.accent);
  field.setProperty(kInvalidProperty, true);
  QCOMPARE(at(pictureOf(field), 50, 1), c.error);
  other.setFocus();
  QCOMPARE(at(pictureOf(field), 50, 0), c.error);
}

void StyleTest::theDefaultButtonHasTheAccent() {
  QPushButton button("Save");
  button.resize(button.sizeHint());
  QVERIFY(!contains(pictureOf(button), currentTheme().colors.accent));
  button.setDefault(true);
  QCOMPARE(at(pictureOf(button), 6, 6), currentTheme().colors.accent);
}

void StyleTest::aSelectedRowIsSoftAndATextSelectionIsNot() {
  QListWidget list;
  list.addItem("Filter");
  list.setCurrentRow(0);
  list.resize(200, 100);
  const QImage picture = pictureOf(list);
  QVERIFY(contains(picture, currentTheme().colors.accentSoft));
  QVERIFY(!contains(picture, currentTheme().colors.accent));
  QLineEdit field("Filter");
  field.selectAll();
  QVERIFY(contains(pictureOf(field), currentTheme().colors.accent));
}

void StyleTest::textInATableStandsBelowItsHeader() {
  QTableWidget table(1, 1);
  table.setHorizontalHeaderLabels({"H"});
  table.setItem(0, 0, new QTableWidgetItem("H"));
  table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table.verticalHeader()->hide();
  table.setShowGrid(false);
  table.setFrameShape(QFrame::NoFrame);
  const auto inkStarts = [&](QWidget* part) {
    const QImage picture = pictureOf(*part);
    const QColor ground = at(picture, 1, 8);
    for (int x = 0; x < picture.width(); ++x) {
      for (int y = 4; y < control::kTableRow - 6; ++y) {
        if (at(picture, x, y) != ground) return x;
      }
    }
    return -1;
  };
  const int header = inkStarts(table.horizontalHeader()->viewport());
  QVERIFY(header >= control::kFieldInset);
  QVERIFY(qAbs(header - inkStarts(table.viewport())) <= 1);
}

void StyleTest::scrollBarsHaveNoArrows() {
  QScrollBar bar(Qt::Vertical);
  bar.setRange(0, 100);
  bar.setPageStep(100);
  bar.resize(bar.sizeHint().width(), 200);
  QCOMPARE(bar.width(), control::kScrollBar);
  // At its start the handle begins at the very top, and covers half.
  const QImage picture = pictureOf(bar);
  const QColor handle = currentTheme().colors.control;
  QCOMPARE(at(picture, 5, 20), handle);
  QCOMPARE(at(picture, 5, 90), handle);
  QVERIFY(at(picture, 5, 110) != handle);
  bar.setValue(100);
  QCOMPARE(at(pictureOf(bar), 5, 180), handle);
}

void StyleTest::disabledColoursAreInThePalette() {
  const QPalette palette = currentTheme().palette();
  for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    QCOMPARE(palette.color(QPalette::Disabled, role), currentTheme().colors.disabled);
    QCOMPARE(palette.color(QPalette::Active, role), currentTheme().colors.text);
  }
}

void StyleTest::widgetsFollowAChangeOfTheTheme() {
  QCheckBox box("Send late rows");
  box.setChecked(true);
  box.show();
  QVERIFY(QTest::qWaitForWindowExposed(&box));
  const QImage light = pictureOf(box);
  QVERIFY(contains(light, kLightColors.window));
  applyTheme(ColorScheme::Dark);
  QTRY_VERIFY(contains(pictureOf(box), kDarkColors.window));
  const QImage dark = pictureOf(box);
  QVERIFY(contains(dark, kDarkColors.accent));
  QVERIFY(!contains(dark, kLightColors.accent));
}

WEIR_TEST(StyleTest)
#include "style_test.moc"
