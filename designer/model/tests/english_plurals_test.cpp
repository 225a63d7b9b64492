// Numbers and the words that follow them.
#include <QCoreApplication>
#include <QTest>

#include "model/english_plurals.hpp"

class EnglishPluralsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void wordsFollowTheirNumber() {
    weir::designer::EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    const auto lines = [](int number) {
      return QCoreApplication::translate("Any", "%n line(s) touched", nullptr, number);
    };
    QCOMPARE(lines(0), QString("0 lines touched"));
    QCOMPARE(lines(1), QString("1 line touched"));
    QCOMPARE(lines(76), QString("76 lines touched"));
  }

  void otherWordsStayAsTheyAre() {
    weir::designer::EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    QCOMPARE(QCoreApplication::translate("Any", "f(s)"), QString("f(s)"));
  }
};

QTEST_GUILESS_MAIN(EnglishPluralsTest)
#include "english_plurals_test.moc"
