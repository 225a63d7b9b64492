// Fonts, sizes and what the style paints, looked at in pixels.
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QFontDatabase>
#include <QFontInfo>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QRawFont>
#include <QScrollBar>
#include <QTableWidget>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/theme/font_subset.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/style.hpp"
#include "designer/ui/theme/tests/pixels.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

namespace {

QImage pictureOf(QWidget& widget) {
  return widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

QColor at(const QImage& image, int x, int y) {
  return image.pixelColor(x, y);
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
  void fontsOfPicturesHaveTheLettersThatTheyNeed();
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

void StyleTest::fontsOfPicturesHaveTheLettersThatTheyNeed() {
  const QByteArray rules = QByteArray::fromStdString(fontFacesFor("Orders →"));
  QCOMPARE(rules.count("@font-face"), 2);
  const qsizetype begin = rules.indexOf("base64,") + 7;
  const QByteArray data = QByteArray::fromBase64(rules.mid(begin, rules.indexOf(')', begin) - begin));
  QVERIFY(data.size() < 20'000);
  const QRawFont font(data, 13);
  QVERIFY(font.isValid());
  for (const char16_t needed : u"Orders →") QVERIFY(needed == 0 || font.supportsCharacter(QChar(needed)));
  QVERIFY(!font.supportsCharacter(QChar(u'z')));
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
