#include "designer/model/help/palette.hpp"

#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class PaletteTest : public QObject {
  Q_OBJECT

  const catalog::Catalog catalog_ = sample::catalog();

  QString best(const char* words, const QStringList& recent = {}) const {
    const std::vector<PaletteEntry> found = searched(paletteOf(catalog_), words, recent);
    return found.empty() ? QString() : QString::fromStdString(found.front().use);
  }

 private Q_SLOTS:
  void sourcesComeFirstAndSinksLast() {
    const std::vector<PaletteEntry> entries = paletteOf(catalog_);
    QCOMPARE(entries.front().use, std::string("shop.orders"));
    QCOMPARE(entries.back().use, std::string("shop.print"));
    QCOMPARE(entries.size(), std::size_t{6});
  }
  void wordsFromOtherSystemsFindWhatTheyMean_data() {
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("use");
    QTest::newRow("title") << "Filter"
                           << "shop.filter";
    QTest::newRow("beginning") << "fil"
                               << "shop.filter";
    QTest::newRow("keyword") << "WHERE"
                             << "shop.filter";
    QTest::newRow("use") << "shop.drop"
                         << "shop.drop";
    QTest::newRow("two words") << "drop columns"
                               << "shop.drop";
    QTest::newRow("in the text") << "leaves"
                                 << "shop.drop";
    QTest::newRow("topic") << "through"
                           << "topic";
    QTest::newRow("nothing") << "xyzzy"
                             << "";
  }
  void wordsFromOtherSystemsFindWhatTheyMean() {
    QFETCH(QString, words);
    QFETCH(QString, use);
    QCOMPARE(best(words.toUtf8().constData()), use);
  }
  void whatWasUsedLatelyComesFirstAmongEquals() {
    QCOMPARE(best("rows"), QString("shop.filter"));
    QCOMPARE(best("rows", {"shop.drop"}), QString("shop.drop"));
  }
};

WEIR_TEST(PaletteTest)
#include "palette_test.moc"
