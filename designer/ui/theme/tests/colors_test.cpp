// Recomputes what the tokens promise: every text can be read on every ground it stands on, every outline can be seen,
// and no two kinds look alike to a person who does not see red, green or blue.
#include <QVector3D>
#include <array>
#include <cmath>

#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

namespace {

constexpr double kTextContrast = 4.5;
constexpr double kOutlineContrast = 3.0;
constexpr double kKindDistance = 11;

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

struct Rgb {  // linear light
  double red, green, blue;
};

Rgb linearOf(const QColor& color) {
  return {linear(color.redF()), linear(color.greenF()), linear(color.blueF())};
}

double luminance(const QColor& color) {
  const Rgb rgb = linearOf(color);
  return 0.2126 * rgb.red + 0.7152 * rgb.green + 0.0722 * rgb.blue;
}

// As WCAG 2 defines it.
double contrast(const QColor& first, const QColor& second) {
  const double a = luminance(first);
  const double b = luminance(second);
  return (qMax(a, b) + 0.05) / (qMin(a, b) + 0.05);
}

QColor over(const QColor& ground, const QColor& color, double opacity) {
  const auto mix = [&](int below, int above) { return qRound(below * (1 - opacity) + above * opacity); };
  return {mix(ground.red(), color.red()), mix(ground.green(), color.green()), mix(ground.blue(), color.blue())};
}

// How a person with a full deficiency sees a colour: Machado, Oliveira and Fernandes, 2009.
struct Deficiency {
  const char* name;
  std::array<std::array<double, 3>, 3> matrix;
};
constexpr std::array<Deficiency, 3> kDeficiencies = {{
    {"protanopia",
     {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranopia",
     {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
    {"tritanopia",
     {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}},
}};

Rgb seen(const QColor& color, const Deficiency& deficiency) {
  const Rgb rgb = linearOf(color);
  const auto row = [&](std::size_t index) {
    const auto& m = deficiency.matrix[index];
    return qBound(0.0, m[0] * rgb.red + m[1] * rgb.green + m[2] * rgb.blue, 1.0);
  };
  return {row(0), row(1), row(2)};
}

struct Lab {
  double lightness, a, b;
};

Lab labOf(const Rgb& rgb) {
  const auto part = [](double value) {
    return value > 216.0 / 24389 ? std::cbrt(value) : (24389.0 / 27 * value + 16) / 116;
  };
  const double x = part((0.4124564 * rgb.red + 0.3575761 * rgb.green + 0.1804375 * rgb.blue) / 0.95047);
  const double y = part(0.2126729 * rgb.red + 0.7151522 * rgb.green + 0.0721750 * rgb.blue);
  const double z = part((0.0193339 * rgb.red + 0.1191920 * rgb.green + 0.9503041 * rgb.blue) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

// The difference of two colours, CIE 1976.
double distance(const Lab& first, const Lab& second) {
  return std::hypot(first.lightness - second.lightness, first.a - second.a, first.b - second.b);
}

struct Pair {
  const char* name;
  QColor Colors::*color;
  std::vector<QColor Colors::*> grounds;
};

using C = Colors;

// Which text stands on what.
const std::vector<Pair> kTexts = {
    {"text",
     &C::text,
     {&C::window, &C::base, &C::alternate, &C::button, &C::accentSoft, &C::canvas, &C::card, &C::errorSoft,
      &C::warningSoft}},
    {"secondaryText",
     &C::secondaryText,
     {&C::window, &C::base, &C::alternate, &C::button, &C::accentSoft, &C::canvas, &C::card, &C::warningSoft}},
    {"accent", &C::accent, {&C::window, &C::base, &C::alternate, &C::accentSoft, &C::canvas, &C::card}},
    {"onAccent", &C::onAccent, {&C::accent}},
    {"error", &C::error, {&C::window, &C::base, &C::alternate, &C::card, &C::errorSoft}},
    {"warning", &C::warning, {&C::window, &C::base, &C::alternate, &C::card, &C::canvas, &C::warningSoft}},
    {"ok", &C::ok, {&C::window, &C::base, &C::alternate, &C::canvas}},
    {"tooltipText", &C::tooltipText, {&C::tooltip}},
};

// What has to be seen to be found: outlines of controls and draft nodes, wires, ports, focus, bars.
const std::vector<Pair> kOutlines = {
    {"control", &C::control, {&C::window, &C::base, &C::alternate, &C::button, &C::canvas, &C::card}},
    {"wire", &C::wire, {&C::canvas, &C::card}},
    {"accent", &C::accent, {&C::window, &C::base, &C::canvas, &C::card}},
    {"error", &C::error, {&C::canvas, &C::card, &C::base}},
    {"warning", &C::warning, {&C::canvas, &C::card}},
};

}  // namespace

class ColorsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void textCanBeReadOnItsGround_data() { pairs(kTexts); }
  void textCanBeReadOnItsGround() { check(kTextContrast); }
  void outlinesCanBeSeen_data() { pairs(kOutlines); }
  void outlinesCanBeSeen() { check(kOutlineContrast); }
  void textCanBeReadUnderTheMouse_data() { schemes(); }
  void textCanBeReadUnderTheMouse();
  void iconsCanBeSeenOnTheirKind_data() { schemes(); }
  void iconsCanBeSeenOnTheirKind();
  void kindsDifferForEveryEye_data() { schemes(); }
  void kindsDifferForEveryEye();
  void noKindHasTheColourOfAState_data() { schemes(); }
  void noKindHasTheColourOfAState();

 private:
  static void schemes() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
  }
  static void pairs(const std::vector<Pair>& list) {
    QTest::addColumn<QColor>("color");
    QTest::addColumn<QColor>("ground");
    for (const ColorScheme scheme : {ColorScheme::Light, ColorScheme::Dark}) {
      const Colors colors = themeFor(scheme).colors;
      for (const Pair& pair : list) {
        for (QColor Colors::*ground : pair.grounds) {
          const QColor color = colors.*pair.color;
          QTest::addRow("%s: %s %s on %s", scheme == ColorScheme::Dark ? "dark" : "light", pair.name,
                        qPrintable(color.name()), qPrintable((colors.*ground).name()))
              << color << colors.*ground;
        }
      }
    }
  }
  static void check(double least) {
    QFETCH(QColor, color);
    QFETCH(QColor, ground);
    QVERIFY2(contrast(color, ground) >= least, qPrintable(QString::number(contrast(color, ground))));
  }
  static Colors fetched() {
    QFETCH(bool, dark);
    return dark ? kDarkColors : kLightColors;
  }
};

void ColorsTest::textCanBeReadUnderTheMouse() {
  const Colors c = fetched();
  for (const QColor& ground : {c.window, c.base, c.button, c.accentSoft}) {
    QVERIFY(contrast(c.text, over(ground, c.text, c.hoverOpacity)) >= kTextContrast);
    QVERIFY(contrast(c.text, over(ground, c.text, c.pressedOpacity)) >= kTextContrast);
  }
}

void ColorsTest::iconsCanBeSeenOnTheirKind() {
  for (const KindColors& kind : fetched().kinds) {
    QVERIFY2(contrast(kind.ink, kind.fill) >= kTextContrast, qPrintable(kind.fill.name()));
  }
}

void ColorsTest::kindsDifferForEveryEye() {
  const Colors c = fetched();
  for (const Deficiency& deficiency : kDeficiencies) {
    for (std::size_t i = 0; i < c.kinds.size(); ++i) {
      for (std::size_t k = i + 1; k < c.kinds.size(); ++k) {
        const double far = distance(labOf(seen(c.kinds[i].fill, deficiency)), labOf(seen(c.kinds[k].fill, deficiency)));
        const QString pair = QStringLiteral("%1, %2: %3")
                                 .arg(QLatin1String(deficiency.name), c.kinds[i].fill.name(), c.kinds[k].fill.name());
        QVERIFY2(far >= kKindDistance, qPrintable(QStringLiteral("%1 differ by %2").arg(pair).arg(far)));
      }
    }
  }
}

void ColorsTest::noKindHasTheColourOfAState() {
  const Colors c = fetched();
  for (const KindColors& kind : c.kinds) {
    for (const QColor& state : {c.error, c.warning, c.ok, c.accent}) {
      QVERIFY2(kind.fill != state, qPrintable(state.name()));
    }
  }
}

WEIR_TEST(ColorsTest)
#include "colors_test.moc"
