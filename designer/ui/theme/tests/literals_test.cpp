// Numbers and colours of the look stand in the tokens alone: this reads every source of designer/ui.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

namespace {

struct Rule {
  const char* pattern;
  const char* instead;
};

// What must not stand outside of designer/ui/theme.
const Rule kRules[] = {
    {R"(setStyleSheet|QStyleSheet|qss)", "style sheets are forbidden: paint in the style"},
    {R"(QColor\s*[({]\s*[0-9\x22])", "colours come from the theme"},
    {R"(\bqRgba?\s*\()", "colours come from the theme"},
    {R"(\x22#[0-9A-Fa-f]{6}\x22)", "colours come from the theme"},
    {R"(Qt::(black|white|red|green|blue|cyan|magenta|yellow|gray|dark[A-Z]\w+|lightGray)\b)",
     "colours come from the theme"},
    {R"(\bQFont\s+\w+\s*[({]\s*\x22)", "fonts come from fontOf()"},
    {R"(\bQFont\s*\(\s*(\x22|QString))", "fonts come from fontOf()"},
    {R"(set(PixelSize|PointSizeF?|Family|Families|Weight|Bold)\s*\()", "fonts come from fontOf()"},
    {R"(QGraphics(DropShadow|Blur|Opacity|Colorize)Effect)", "effects are too slow"},
};

QString withoutComments(QString text) {
  static const QRegularExpression kComment(QStringLiteral("//[^\n]*"));
  return text.remove(kComment);
}

QStringList findings(const QString& name, const QString& source) {
  QStringList found;
  const QStringList lines = withoutComments(source).split(QLatin1Char('\n'));
  for (qsizetype line = 0; line < lines.size(); ++line) {
    for (const Rule& rule : kRules) {
      if (QRegularExpression(QLatin1String(rule.pattern)).match(lines[line]).hasMatch()) {
        found += QStringLiteral("%1:%2: %3").arg(name).arg(line + 1).arg(QLatin1String(rule.instead));
      }
    }
  }
  return found;
}

}  // namespace

class LiteralsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyKindOfLiteralIsFound_data();
  void everyKindOfLiteralIsFound();
  void noSourceHasOne();
  void filesAreShort();

 private:
  static QStringList sources();
};

QStringList LiteralsTest::sources() {
  QStringList files;
  QDirIterator all(weir::places::inRepository("designer/ui"),
                   {QStringLiteral("*.cpp"), QStringLiteral("*.hpp"), QStringLiteral("*.h")}, QDir::Files,
                   QDirIterator::Subdirectories);
  while (all.hasNext()) files += all.next();
  return files;
}

void LiteralsTest::everyKindOfLiteralIsFound_data() {
  QTest::addColumn<QString>("line");
  for (const char* line : {"widget->setStyleSheet(text);", "QColor(12, 13, 14)", "QColor(\"red\")", "QColor{0xff}",
                           "qRgb(1, 2, 3)", "pen.setColor(Qt::darkGray);", "painter.fillRect(rect, Qt::white);",
                           "QStringLiteral(\"#12aB56\")", "QFont font(\"Inter\");", "QFont(QStringLiteral(\"Inter\"))",
                           "font.setPixelSize(12);", "font.setBold(true);", "new QGraphicsDropShadowEffect"}) {
    QTest::newRow(line) << line;
  }
}

void LiteralsTest::everyKindOfLiteralIsFound() {
  QFETCH(QString, line);
  QVERIFY(!findings(QStringLiteral("x.cpp"), line).isEmpty());
}

void LiteralsTest::noSourceHasOne() {
  QStringList found;
  for (const QString& path : sources()) {
    if (path.contains(QLatin1String("/theme/")) || path.contains(QLatin1String("/tests/"))) continue;
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    found += findings(path, QString::fromUtf8(file.readAll()));
  }
  QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

void LiteralsTest::filesAreShort() {
  QVERIFY(sources().size() > 10);
  for (const QString& path : sources()) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY2(file.readAll().count('\n') < 300, qPrintable(path + QStringLiteral(" has 300 lines or more: split it")));
  }
}

WEIR_TEST(LiteralsTest)
#include "literals_test.moc"
