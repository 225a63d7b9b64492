#include "designer/model/edits/texts.hpp"

#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class TextsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void textsAreReplacedHoweverDeepAndWhateverTheirCase() {
    const Replacing done = replaceText(sample::topology(), {"orders", "large"}, "AMOUNT", "total");
    QCOMPARE(valueAt(done.edit.after, "large", "params.where").asText(), std::string("total > 100"));
    QCOMPARE(valueAt(done.edit.after, "orders", "params.schema.1.name").asText(), std::string("total"));
    QCOMPARE(done.places, 2);
    QCOMPARE(done.edit.label, QString("Replace “AMOUNT” by “total” in 2 place(s)"));
  }
  void onlyTheChosenPartsChangeAndOthersAreShared() {
    const topology::Topology before = sample::topology();
    const Replacing done = replaceText(before, {"large"}, "amount", "total");
    QCOMPARE(done.places, 1);
    QVERIFY(done.edit.after.nodes[0].same(before.nodes[0]));
  }
  void commentsChangeToo() {
    const topology::Topology before = addComment(sample::topology(), "Only large amounts", {0, 0}).after;
    const Replacing done = replaceText(before, {"#1"}, "large", "big");
    QCOMPARE(drawing::LayoutIndex(done.edit.after.layout).comments().front().text, std::string("Only big amounts"));
  }
  void idsStay() {
    const Replacing done = replaceText(sample::topology(), {"large", "orders", "print"}, "orders", "sales");
    QVERIFY(done.edit.after.node("orders") != nullptr);
    QCOMPARE(done.edit.after.node("orders")->use.value, std::string("shop.orders"));
  }
  void namesInTheLogStay() {
    topology::Topology before = sample::topology();
    topology::Topic topic = *before.topics[0];
    topic.settings.set("topic", json::Value::text("kept"));
    topic.settings.set("key", json::Value::text("kept"));
    before.topics[0] = std::move(topic);
    const Replacing done = replaceText(before, {"archive"}, "kept", "other");
    QCOMPARE(done.places, 1);
    QCOMPARE(done.edit.after.topics[0]->settings.find("topic")->asText(), std::string("kept"));
  }
  void nothingIsReplacedByNothing() { QCOMPARE(replaceText(sample::topology(), {"large"}, "", "x").places, 0); }
};

WEIR_TEST(TextsTest)
#include "texts_test.moc"
