#include "designer/model/help/offers.hpp"

#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class OffersTest : public QObject {
  Q_OBJECT

  const topology::Topology topology_ = sample::topology();
  const catalog::Catalog catalog_ = sample::catalog();
  const PortRef ordersOut_{"orders", "out", true};
  const PortRef largeOut_{"large", "out", true};
  const PortRef printIn_{"print", "in", false};

  std::vector<Offer> offers(const PortRef& port, const char* typed) const {
    return offersFor(topology_, paletteOf(catalog_), port, typed);
  }

 private Q_SLOTS:
  void whatFitsMayBeConnectedEitherWayRound() {
    QCOMPARE(whyNot(topology_, catalog_, ordersOut_, printIn_), QString());
    QCOMPARE(whyNot(topology_, catalog_, printIn_, ordersOut_), QString());
    QCOMPARE(whyNot(topology_, catalog_, ordersOut_, {"archive", "", false}), QString());
  }
  void whatDoesNotFitSaysWhy() {
    QVERIFY(whyNot(topology_, catalog_, ordersOut_, {"large", "in", false}).contains("already"));
    QVERIFY(whyNot(topology_, catalog_, ordersOut_, largeOut_).contains("outputs"));
    QVERIFY(whyNot(topology_, catalog_, largeOut_, {"large", "in", false}).contains("itself"));
    const topology::Topology longer = connectPorts(topology_, "archive", "orders.in").after;
    QVERIFY(whyNot(longer, catalog_, largeOut_, {"archive", "", false}).contains("circle"));
  }
  void anOutputIsOfferedWhatHasAnInput() {
    for (const Offer& offer : offers(largeOut_, "")) QVERIFY(offer.entry.use != "shop.orders");
    for (const Offer& offer : offers(printIn_, "")) QVERIFY(offer.entry.use != "shop.print");
  }
  void whatFollowsElsewhereComesFirst() {
    // In this topology a filter comes after orders, and a print after the filter.
    QCOMPARE(offers(ordersOut_, "").front().entry.use, std::string("shop.filter"));
    QCOMPARE(offers(largeOut_, "").front().entry.use, std::string("shop.print"));
  }
  void aClauseDraftsTheNode() {
    const Offer offer = offers(largeOut_, "where amount > 100 and region = 'eu'").front();
    QCOMPARE(offer.entry.use, std::string("shop.filter"));
    const Edit edit = acceptOffer(topology_, offer, largeOut_, {8, 8});
    QCOMPARE(edit.after.node("filter")->params.find("where")->asText(), std::string("amount > 100 and region = 'eu'"));
    QVERIFY(isThere(edit.after, "large.out -> filter.in"));
    QCOMPARE(json::write(offers(largeOut_, "without region, amount").front().params),
             std::string(R"({"fields":["region","amount"]})"));
  }
  void withoutAPortEverythingIsOfferedAndNothingConnected() {
    const std::vector<Offer> all = offersFor(topology_, paletteOf(catalog_), std::nullopt, "where amount > 100");
    QCOMPARE(all.front().entry.use, std::string("shop.filter"));
    const Edit edit = acceptOffer(topology_, all.front(), std::nullopt, {8, 8});
    QVERIFY(edit.after.edges == topology_.edges);
    QCOMPARE(edit.after.node("filter")->params.find("where")->asText(), std::string("amount > 100"));
  }
  void whatDoesNotFitMayStandLast() {
    const std::vector<Offer> all = offersFor(topology_, paletteOf(catalog_), largeOut_, "", Unfit::Last);
    QCOMPARE(all.size(), paletteOf(catalog_).size());
    QCOMPARE(all.back().entry.use, std::string("shop.orders"));
    QVERIFY(!all.back().port);
  }
  void anInputGetsItsWireFromTheNewNode() {
    const Offer offer = offers(printIn_, "topic").front();
    const Edit edit = acceptOffer(topology_, offer, printIn_, {0, 0});
    QVERIFY(isThere(edit.after, "topic -> print.in"));
  }
};

WEIR_TEST(OffersTest)
#include "offers_test.moc"
