// The text of the file beside the drawing.
#include "designer/ui/panels/text/text_panel.hpp"

#include <QApplication>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QTextBlock>

#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/tests/scene.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class TextPanelTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init();
  void cleanup() { panel_.reset(); }

  void theTextFollowsEdits();
  void whatIsTypedIsAnEdit();
  void whatCannotBeReadChangesNothingAndSaysWhere();
  void aTextThatCouldNotBeReadComesBackWithAnUndo();
  void leavingPutsTheTextInCanonicalForm();
  void whatIsUndoneIsNeverAnotherTopologys();
  void whatIsTypedIsThereBeforeItCanBeSaved();
  void theLayoutOfAPartIsItsOwn();
  void theCursorSelectsThePartThatItIsIn();
  void selectingAPartGoesToItsLine();

 private:
  QPlainTextEdit& text() { return panel_->text(); }
  // The first place of some words, with the cursor behind them.
  void goBehind(const QString& words) {
    QTextCursor cursor = text().document()->find(words);
    QVERIFY2(!cursor.isNull(), qPrintable(words));
    cursor.setPosition(cursor.selectionEnd());
    text().setTextCursor(cursor);
  }
  QString lineOfCursor() { return text().textCursor().block().text().trimmed(); }

  CatalogRef catalog_ = test::pluginCatalog();
  std::unique_ptr<Document> document_;
  std::unique_ptr<TextPanel> panel_;
};

void TextPanelTest::init() {
  document_ = std::make_unique<Document>(test::shipped("orders_per_minute_by_region"));
  panel_ = std::make_unique<TextPanel>();
  panel_->setCatalog(catalog_);
  panel_->setDocument(document_.get());
  panel_->resize(shell::kDefaultWidth / 2, shell::kDefaultHeight);
  panel_->show();
  QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
  panel_->activateWindow();
}

void TextPanelTest::theTextFollowsEdits() {
  QVERIFY(text().toPlainText().contains("\"size\": \"1m\""));
  document_->apply(*setValue(document_->topology(), "per_minute", "params.size", json::Value::text("5m")));
  QTRY_VERIFY(text().toPlainText().contains("\"size\": \"5m\""));
  QVERIFY(document_->undo());
  QTRY_VERIFY(text().toPlainText().contains("\"size\": \"1m\""));
}

void TextPanelTest::whatIsTypedIsAnEdit() {
  text().setFocus();
  goBehind("\"size\": \"1");
  QTest::keyClicks(&text(), "0");
  QTRY_COMPARE(valueAt(document_->topology(), "per_minute", "params.size").asText(), std::string("10m"));
  QCOMPARE(document_->undoLabel(), QString("Edit the text"));
  QVERIFY(panel_->refusal().isEmpty());
}

void TextPanelTest::whatCannotBeReadChangesNothingAndSaysWhere() {
  const Snapshot before = document_->now();
  text().setFocus();
  goBehind("\"size\": \"1m\"");
  const int line = text().textCursor().blockNumber() + 1;
  QTest::keyClicks(&text(), "x");
  QTRY_VERIFY2(panel_->refusal().startsWith(QString("Line %1: ").arg(line)), qPrintable(panel_->refusal()));
  QVERIFY(document_->now() == before);
  QTest::keyClick(&text(), Qt::Key_Backspace);
  QTRY_VERIFY(panel_->refusal().isEmpty());
}

void TextPanelTest::aTextThatCouldNotBeReadComesBackWithAnUndo() {
  text().setFocus();
  goBehind("\"size\": \"1m\"");
  QTest::keyClicks(&text(), " much typed");
  QTRY_VERIFY(!panel_->refusal().isEmpty());
  document_->apply(renameNode(document_->topology(), "keyed", "Another"));
  QTRY_VERIFY(!text().toPlainText().contains("much typed"));
  text().undo();
  QVERIFY(text().toPlainText().contains("much typed"));
}

void TextPanelTest::leavingPutsTheTextInCanonicalForm() {
  const QString canonical = text().toPlainText();
  text().setFocus();
  goBehind("\"size\":");
  QTest::keyClicks(&text(), "     ");
  QTest::keyClick(&text(), Qt::Key_Tab);
  text().clearFocus();
  QTRY_COMPARE(text().toPlainText(), canonical);
}

void TextPanelTest::whatIsUndoneIsNeverAnotherTopologys() {
  Document other(test::shipped("flight_departures"));
  panel_->setDocument(&other);
  QVERIFY(!text().document()->isUndoAvailable());
  QVERIFY(text().toPlainText().contains("flight_departures"));
}

void TextPanelTest::whatIsTypedIsThereBeforeItCanBeSaved() {
  text().setFocus();
  goBehind("\"size\": \"1");
  QTest::keyClicks(&text(), "0");
  QKeyEvent save(QEvent::ShortcutOverride, Qt::Key_S, Qt::ControlModifier);
  QApplication::sendEvent(&text(), &save);
  QCOMPARE(valueAt(document_->topology(), "per_minute", "params.size").asText(), std::string("10m"));
}

void TextPanelTest::theLayoutOfAPartIsItsOwn() {
  text().setFocus();
  goBehind("\"layout\"");
  QTextCursor cursor = text().textCursor();
  cursor.movePosition(QTextCursor::NextBlock);
  const QString first = cursor.block().text().section('"', 1, 1);
  text().setTextCursor(cursor);
  QTRY_COMPARE(document_->selection(), Selection{first.toStdString()});
}

void TextPanelTest::theCursorSelectsThePartThatItIsIn() {
  text().setFocus();
  goBehind("\"size\": \"1m\"");
  QTRY_COMPARE(document_->selection(), Selection{"per_minute"});
}

void TextPanelTest::selectingAPartGoesToItsLine() {
  text().clearFocus();
  document_->select({"keyed"});
  const QString words = lineOfCursor() + text().textCursor().block().next().text();
  QVERIFY2(words.contains("\"keyed\""), qPrintable(words));
}

WEIR_TEST(TextPanelTest)
#include "text_panel_test.moc"
