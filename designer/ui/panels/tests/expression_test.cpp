// The expression editor with real keys: type, error position, completion, undo.
#include <QAbstractItemView>
#include <QCompleter>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextLayout>

#include "core/catalog/parse_manifest.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/fields/expression_field.hpp"
#include "designer/ui/panels/fields/field_box.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;
namespace json = weir::json;
using weir::TypeId;

namespace {

// A plugin "calc" with this function of a number, and an aggregate.
CatalogRef withFunction(const std::string& name) {
  const std::string text = R"json({"manifest_version":1,"plugin":"calc","version":"1","operators":[
    {"id":")json" + name + R"json(","kind":"function","arguments":[{"name":"number","types":["float64"]}],
     "result":{"type":"float64"},"deterministic":true},
    {"id":"median","kind":"aggregate","arguments":[{"name":"value","types":["number"]}],
     "result":{"type":"type_of(value)"},"deterministic":true,"state_version":1}]})json";
  auto manifest = weir::catalog::parseManifest(text);
  if (!manifest) qFatal("%s", manifest.error().message.c_str());
  auto catalog = std::make_shared<weir::catalog::Catalog>();
  if (!catalog->add({std::move(*manifest), "/nowhere/calc.so"})) qFatal("calc is there twice");
  return catalog;
}

}  // namespace

class ExpressionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init();
  void cleanup() { field_.reset(); }

  void theResultingTypeStandsBelow();
  void anotherTypeThanIsNeededIsSaid();
  void theErrorIsUnderlinedWhereItIs_data();
  void theErrorIsUnderlinedWhereItIs();
  void withoutColumnsNothingIsJudged();
  void referencesAreNotJudged();
  void everyLetterIsAnEdit();
  void enterCommitsAndMakesNoLine();
  void itGrowsWithItsLines();
  void columnsAndFunctionsAreCompleted();
  void aCompletionIsTakenWithTheMouse();
  void functionsOfPluginsAreCompleted();
  void anotherCatalogBringsOtherFunctions();
  void anAggregateIsSaidToBeOne();
  void keywordsNumbersAndTextsAreColoured();
  void whatIsTypedStaysWhileItMeansTheSame();
  void anotherValueReplacesTheText();
  void aNoteIsNoExpression();

 private:
  void show(const json::Value& value);
  QList<QTextEdit::ExtraSelection> marks() const { return field_->edit().extraSelections(); }

  weir::catalog::ParamSpec spec_;
  FieldScene scene_;
  std::unique_ptr<ExpressionField> field_;
};

void ExpressionTest::init() {
  spec_ = {};
  spec_.name = "where";
  spec_.type = weir::catalog::ParamType::Expression;
  scene_ = {};
  scene_.columns.fields = {{"region", TypeId::String, true}, {"amount", TypeId::Float64, false}};
  scene_.columnsKnown = true;
  field_ = std::make_unique<ExpressionField>(EditorKind::Expression, nullptr);
  show({});
  field_->resize(shell::kRightDock, shell::kRightDock);
  field_->QWidget::show();
  QVERIFY(QTest::qWaitForWindowExposed(field_.get()));
  field_->activateWindow();
  field_->edit().setFocus();
}

void ExpressionTest::show(const json::Value& value) {
  FormField field;
  field.spec = &spec_;
  field.path = "params.where";
  field.value = value;
  field_->show(field, scene_);
}

void ExpressionTest::theResultingTypeStandsBelow() {
  show(json::Value::text("amount * 2 > 10"));
  QCOMPARE(field_->verdict(), QString("gives bool"));
  show(json::Value::text("upper(region)"));
  QCOMPARE(field_->verdict(), QString("gives string, perhaps null"));
  show({});
  QCOMPARE(field_->verdict(), QString());
}

void ExpressionTest::anotherTypeThanIsNeededIsSaid() {
  spec_.result = "bool";
  show(json::Value::text("amount * 2"));
  QCOMPARE(field_->verdict(), QString("It gives float64; bool is needed here."));
  QVERIFY(field_->saysErrors());
  QCOMPARE(marks().size(), 1);
}

void ExpressionTest::theErrorIsUnderlinedWhereItIs_data() {
  QTest::addColumn<QString>("expression");
  QTest::addColumn<QString>("underlined");
  QTest::newRow("name") << "amount > 1 and regoin = 'eu'"
                        << "regoin";
  QTest::newRow("function") << "uper(region)"
                            << "uper";
  QTest::newRow("after letters of two bytes") << "region = 'über' and nothing"
                                              << "nothing";
}

void ExpressionTest::theErrorIsUnderlinedWhereItIs() {
  QFETCH(QString, expression);
  QFETCH(QString, underlined);
  show(json::Value::text(expression.toStdString()));
  QVERIFY(field_->saysErrors());
  QCOMPARE(marks().size(), 1);
  QCOMPARE(marks()[0].cursor.selectedText(), underlined);
  QCOMPARE(marks()[0].format.underlineStyle(), QTextCharFormat::WaveUnderline);
}

void ExpressionTest::withoutColumnsNothingIsJudged() {
  scene_.columnsKnown = false;
  show(json::Value::text("nothing > 1"));
  QCOMPARE(field_->verdict(), QString());
  QVERIFY(marks().isEmpty());
}

void ExpressionTest::referencesAreNotJudged() {
  show(json::Value::text("amount > ${param:least}"));
  QCOMPARE(field_->verdict(), QString());
}

void ExpressionTest::everyLetterIsAnEdit() {
  QStringList values;
  connect(field_.get(), &FieldEditor::edited, this, [&](const std::string& path, const json::Value& value) {
    QCOMPARE(path, std::string("params.where"));
    values.append(QString::fromStdString(value.asText()));
  });
  QTest::keyClicks(&field_->edit(), "1>0");
  QCOMPARE(values, QStringList({"1", "1>", "1>0"}));
  QCOMPARE(field_->verdict(), QString("gives bool"));
}

void ExpressionTest::enterCommitsAndMakesNoLine() {
  QSignalSpy finished(field_.get(), &FieldEditor::finished);
  QTest::keyClicks(&field_->edit(), "1 > 0");
  QTest::keyClick(&field_->edit(), Qt::Key_Return);
  QCOMPARE(finished.size(), 1);
  QCOMPARE(field_->edit().toPlainText(), QString("1 > 0"));
}

void ExpressionTest::itGrowsWithItsLines() {
  const int one = field_->edit().height();
  QTest::keyClicks(&field_->edit(), "1 > 0");
  QTest::keyClick(&field_->edit(), Qt::Key_Return, Qt::ShiftModifier);
  QTest::keyClicks(&field_->edit(), "or 2 > 1");
  QTRY_COMPARE(field_->edit().height(), 2 * one);
  show(json::Value::text("true"));
  QTRY_COMPARE(field_->edit().height(), one);
}

void ExpressionTest::columnsAndFunctionsAreCompleted() {
  QTest::keyClicks(&field_->edit(), "reg");
  QAbstractItemView* const popup = field_->edit().completer().popup();
  QTRY_VERIFY(popup->isVisible());
  QCOMPARE(popup->currentIndex().data().toString(), QString("region"));
  QTest::keyClick(popup, Qt::Key_Return);
  QCOMPARE(field_->edit().toPlainText(), QString("region"));
  show({});
  QTest::keyClicks(&field_->edit(), "starts");
  QTRY_VERIFY(popup->isVisible());
  QTest::keyClick(popup, Qt::Key_Return);
  QCOMPARE(field_->edit().toPlainText(), QString("starts_with("));
}

void ExpressionTest::aCompletionIsTakenWithTheMouse() {
  field_->edit().setFocus();
  QTest::keyClicks(&field_->edit(), "reg");
  QAbstractItemView* const popup = field_->edit().completer().popup();
  QTRY_VERIFY(popup->isVisible());
  pointer::click(*popup->viewport(), popup->visualRect(popup->model()->index(0, 0)).center());
  QTRY_COMPARE(field_->edit().toPlainText(), QString("region"));
  QVERIFY(!popup->isVisible());
}

void ExpressionTest::functionsOfPluginsAreCompleted() {
  scene_.catalog = withFunction("half");
  show({});
  QTest::keyClicks(&field_->edit(), "1 + calc.h");
  QAbstractItemView* const popup = field_->edit().completer().popup();
  QTRY_VERIFY(popup->isVisible());
  QCOMPARE(popup->currentIndex().data().toString(), QString("calc.half"));
  QCOMPARE(popup->currentIndex().data(Qt::ToolTipRole).toString(), QString("calc.half(number)"));
  QTest::keyClick(popup, Qt::Key_Return);
  QCOMPARE(field_->edit().toPlainText(), QString("1 + calc.half("));
  QTest::keyClicks(&field_->edit(), "amount)");
  QCOMPARE(field_->verdict(), QString("gives float64, perhaps null"));
}

void ExpressionTest::anotherCatalogBringsOtherFunctions() {
  scene_.catalog = withFunction("half");
  show({});
  scene_.catalog = withFunction("third");
  show({});
  QCompleter& completer = field_->edit().completer();
  completer.setCompletionPrefix("calc.");
  QCOMPARE(completer.completionCount(), 1);
  QCOMPARE(completer.currentCompletion(), QString("calc.third"));
}

void ExpressionTest::anAggregateIsSaidToBeOne() {
  scene_.catalog = withFunction("half");
  show(json::Value::text("calc.median(amount)"));
  QVERIFY2(field_->verdict().startsWith("'calc.median' is an aggregate"), qPrintable(field_->verdict()));
  QCompleter& completer = field_->edit().completer();
  completer.setCompletionPrefix("calc.m");
  QCOMPARE(completer.completionCount(), 0);  // what may not stand here is not offered
}

void ExpressionTest::keywordsNumbersAndTextsAreColoured() {
  show(json::Value::text("amount > 100 and region = 'eu'"));
  const auto colorAt = [&](int position) {
    for (const auto& format : field_->edit().document()->firstBlock().layout()->formats()) {
      if (position >= format.start && position < format.start + format.length)
        return format.format.foreground().color();
    }
    return QColor();
  };
  QTRY_COMPARE(colorAt(13), currentTheme().colors.accent);  // and
  QCOMPARE(colorAt(9), currentTheme().colors.ok);           // 100
  QCOMPARE(colorAt(27), currentTheme().colors.ok);          // 'eu'
  QCOMPARE(colorAt(0), QColor());                           // amount
}

void ExpressionTest::whatIsTypedStaysWhileItMeansTheSame() {
  QTest::keyClicks(&field_->edit(), "1 > 0 ");
  show(json::Value::text("1 > 0"));
  QCOMPARE(field_->edit().toPlainText(), QString("1 > 0 "));
}

void ExpressionTest::anotherValueReplacesTheText() {
  QSignalSpy edited(field_.get(), &FieldEditor::finished);
  QTest::keyClicks(&field_->edit(), "1 > 0");
  show(json::Value::text("region is null"));
  QCOMPARE(field_->edit().toPlainText(), QString("region is null"));
}

void ExpressionTest::aNoteIsNoExpression() {
  ExpressionField note(EditorKind::Note, nullptr);
  spec_.type = weir::catalog::ParamType::Text;
  FormField field;
  field.spec = &spec_;
  field.value = json::Value::text("not (an expression");
  note.show(field, scene_);
  QCOMPARE(note.verdict(), QString());
  QVERIFY(!note.saysErrors());
}

WEIR_TEST(ExpressionTest)
#include "expression_test.moc"
