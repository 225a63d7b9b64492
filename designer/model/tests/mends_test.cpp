// Columns count while wiring, and what does not fit is mended with the wire.
#include "designer/model/help/mends.hpp"

#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class MendsTest : public QObject {
  Q_OBJECT

  const catalog::Catalog catalog_ = sample::catalog();
  const PortRef ordersOut_{"orders", "out", true};
  const PortRef apartIn_{"apart", "in", false};

  // A filter that nothing comes to.
  static topology::Topology withFilter(const char* where) {
    topology::Topology topology = addNode(sample::topology(), "shop.filter", {0, 400}).after;
    topology = changeId(topology, topology, "filter", "apart")->after;
    return setValue(topology, "apart", "params.where", json::Value::text(where))->after;
  }
  topology::CheckOutcome check(const topology::Topology& topology) const {
    return topology::check(topology, catalog_, {});
  }
  QString whyUnfit(const topology::Topology& topology) const {
    const topology::CheckOutcome checked = check(topology);
    return Wiring(topology, catalog_, &checked, ordersOut_).whyUnfit(apartIn_);
  }

 private Q_SLOTS:
  void columnsThatAreThereFit() { QCOMPARE(whyUnfit(withFilter("amount > 1")), QString()); }
  void aColumnThatIsNotThereDoesNotFit() {
    const QString why = whyUnfit(withFilter("amuont > 1"));
    QVERIFY2(why.contains("amuont"), qPrintable(why));
  }
  void whatIsNotKnownFits() {
    const topology::Topology topology = withFilter("amuont > 1");
    QCOMPARE(Wiring(topology, catalog_, nullptr, ordersOut_).whyUnfit(apartIn_), QString());
    const topology::CheckOutcome nothing;
    QCOMPARE(Wiring(topology, catalog_, &nothing, ordersOut_).whyUnfit(apartIn_), QString());
  }
  void theOtherWayRoundTheSameIsSaid() {
    const topology::Topology topology = withFilter("amuont > 1");
    const topology::CheckOutcome checked = check(topology);
    QVERIFY(!Wiring(topology, catalog_, &checked, apartIn_).whyUnfit(ordersOut_).isEmpty());
  }
  void whatMendsItIsOfferedAndWorks() {
    const topology::Topology topology = withFilter("amuont > 1");
    const Edit connected = connectPorts(topology, ordersOut_.end(), apartIn_.end());
    const std::vector<Mend> mends = mendsFor(topology, catalog_, check(topology), ordersOut_, apartIn_, connected);
    QVERIFY(mends.size() >= 2);
    const topology::Topology& mended = mends.front().edit.after;
    QVERIFY(isThere(mended, "orders.out -> apart.in"));
    QCOMPARE(mended.node("apart")->params.find("where")->asText(), std::string("amount > 1"));
    QVERIFY(mends.back().edit.after == connected.after);
  }
};

WEIR_TEST(MendsTest)
#include "mends_test.moc"
