#include "designer/model/document/document.hpp"

#include <QSignalSpy>

#include "designer/model/edits/edits.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class DocumentTest : public QObject {
  Q_OBJECT

  static Edit typed(const Document& document, const char* text) {
    return *setValue(document.topology(), "large", "params.where", json::Value::text(text));
  }
  static Edit moved(const Document& document, double x, int gesture) {
    return movedTo(document.topology(), {{"large", {x, 0}}}, "Move", gesture);
  }

 private Q_SLOTS:
  void undoAndRedoGoThroughEveryVersion() {
    Document document(sample::topology());
    const Snapshot original = document.now();
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    const Snapshot edited = document.now();
    QVERIFY(document.undo());
    QCOMPARE(document.now(), original);
    QVERIFY(!document.undo());
    QVERIFY(document.redo());
    QCOMPARE(document.now(), edited);
    QVERIFY(!document.redo());
  }
  void lettersTypedIntoOneFieldAreOneStep() {
    Document document(sample::topology());
    document.apply(typed(document, "a"));
    document.apply(typed(document, "am"));
    document.undo();
    QCOMPARE(document.topology(), sample::topology());
  }
  void leavingAFieldEndsItsStep() {
    Document document(sample::topology());
    document.apply(typed(document, "a"));
    document.closeMerge();
    document.apply(typed(document, "am"));
    document.undo();
    QCOMPARE(document.topology().node("large")->params.find("where")->asText(), std::string("a"));
  }
  void twoDragsAreTwoSteps() {
    Document document(sample::topology());
    document.apply(moved(document, 8, 1));
    document.apply(moved(document, 16, 1));
    document.apply(moved(document, 24, 2));
    document.undo();
    QCOMPARE(positionOf(document.topology(), "large")->x, 16.0);
    document.undo();
    QCOMPARE(positionOf(document.topology(), "large")->x, 320.0);
  }
  void anEditThatChangesNothingLeavesNoStep() {
    Document document(sample::topology());
    QSignalSpy edited(&document, &Document::edited);
    document.apply(typed(document, "amount > 100"));
    QCOMPARE(edited.count(), 0);
    QCOMPARE(document.undoLabel(), QString());
  }
  void anEditAfterUndoDropsWhatWasUndone() {
    Document document(sample::topology());
    document.apply(typed(document, "a"));
    document.undo();
    document.apply(moved(document, 8, 1));
    QCOMPARE(document.redoLabel(), QString());
    QCOMPARE(document.undoLabel(), QString("Move"));
  }
  void movingANodeLeavesTheLogicAsSaved() {
    Document document(sample::topology());
    document.apply(moved(document, 8, 1));
    QVERIFY(!document.logicChanged());
    QVERIFY(document.layoutChanged());
    document.apply(typed(document, "amount > 1"));
    QVERIFY(document.logicChanged());
  }
  void undoingToTheSavedVersionIsNoChange() {
    Document document(sample::topology());
    document.apply(typed(document, "a"));
    document.markSaved();
    QVERIFY(!document.changed());
    document.undo();
    QVERIFY(document.logicChanged());
    document.redo();
    QVERIFY(!document.changed());
  }
  void selectionLosesWhatIsRemovedAndUndoBringsItBack() {
    Document document(sample::topology());
    document.select({"large", "nothing of that name"});
    QCOMPARE(document.selection(), Selection{"large"});
    document.apply(removeParts(document.topology(), document.selection(), Heal::No));
    QVERIFY(document.selection().empty());
    document.undo();
    QCOMPARE(document.selection(), Selection{"large"});
  }
  void theOldestStepsGoWhenHistoryIsTooLarge() {
    History history(2 * sizeof(topology::Topology));
    const Snapshot empty = makeSnapshot({});
    for (int i = 0; i < 5; ++i) history.push({QString::number(i), "", empty, empty, {}, {}});
    QCOMPARE(history.undo()->label, QString("4"));
    QCOMPARE(history.undo()->label, QString("3"));
    QVERIFY(history.undo() == nullptr);
  }
};

WEIR_TEST(DocumentTest)
#include "document_test.moc"
