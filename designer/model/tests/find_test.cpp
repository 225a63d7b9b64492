#include "designer/model/document/find.hpp"

#include "designer/model/edits/edits.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class FindTest : public QObject {
  Q_OBJECT

  const catalog::Catalog catalog_ = sample::catalog();

  QStringList found(const topology::Topology& topology, const char* words) const {
    QStringList ids;
    const topology::CheckOutcome checked = topology::check(topology, catalog_, {});
    for (const std::string& id : findParts(topology, catalog_, checked, words)) ids.append(QString::fromStdString(id));
    return ids;
  }

 private Q_SLOTS:
  void wordsFindPartsOfTheTopology_data() {
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("ids");
    QTest::newRow("id") << "larg" << QStringList{"large"};
    QTest::newRow("title") << "Print" << QStringList{"print"};
    QTest::newRow("operator") << "uses:shop.filter" << QStringList{"large"};
    QTest::newRow("plugin") << "uses:shop" << QStringList{"orders", "large", "print"};
    QTest::newRow("kind") << "kind:sink" << QStringList{"print"};
    QTest::newRow("topic") << "kind:topic" << QStringList{"archive"};
    QTest::newRow("expression") << "amount kind:processor" << QStringList{"large"};
    QTest::newRow("column") << "REGION uses:shop.orders" << QStringList{"orders"};
    QTest::newRow("both") << "uses:shop kind:source" << QStringList{"orders"};
    QTest::newRow("column that comes in") << "field:amount" << QStringList{"orders", "large", "print"};
    QTest::newRow("nothing") << "   " << QStringList{};
  }
  void wordsFindPartsOfTheTopology() {
    QFETCH(QString, words);
    QFETCH(QStringList, ids);
    QCOMPARE(found(sample::topology(), words.toUtf8().constData()), ids);
  }
  void statesFindPartsToo() {
    topology::Topology topology = addNode(sample::topology(), "geo.locate", {0, 0}).after;
    topology = setPinned(topology, {"large"}, true).after;
    topology = setValue(topology, "large", "params.where", json::Value::text("amout > 1"))->after;
    QCOMPARE(found(topology, "is:missing"), QStringList{"locate"});
    QCOMPARE(found(topology, "is:pinned"), QStringList{"large"});
    QCOMPARE(found(topology, "is:error uses:shop.filter"), QStringList{"large"});
  }
};

WEIR_TEST(FindTest)
#include "find_test.moc"
