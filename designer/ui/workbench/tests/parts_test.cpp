// Parts in a window: a group becomes a file, a file becomes a node, and a node opens its file.
#include <QAction>
#include <QMimeData>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

namespace {

const char* const kUser = R"({ "weir": 1, "name": "t",
  "params": [{ "name": "least", "type": "integer", "default": 1 }],
  "nodes": [{ "id": "n0", "use": "std.filter", "params": { "where": "a > 1" } },
            { "id": "n1", "use": "std.filter", "params": { "where": "a > ${param:least}" } },
            { "id": "n2", "use": "std.filter", "params": { "where": "a > 3" } }],
  "groups": [{ "id": "middle", "name": "Middle", "nodes": ["n1"] }],
  "edges": [{ "from": "n0.out", "to": "n1.in" }, { "from": "n1.out", "to": "n2.in" }],
  "layout": { "n0": { "x": 0, "y": 0 }, "n1": { "x": 320, "y": 80 }, "n2": { "x": 640, "y": 160 } } })";

const char* const kPart = R"({ "weir": 1, "name": "above", "params": [{ "name": "limit", "type": "integer" }],
  "ports": [{ "name": "in", "to": "f.in" }, { "name": "out", "from": "f.out" }],
  "nodes": [{ "id": "f", "use": "std.filter", "params": { "where": "a > ${param:limit}" } }] })";

}  // namespace

class PartsWindowTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void cleanup() { desk_.reset(); }

  void aGroupThatIsSavedAsAPartIsOneNode();
  void aFileThatIsDroppedIsANodeWithItsPortsAndSettings();
  void aFileWithoutPortsIsRefused();
  void aChangedFileIsSeen();
  void aDoubleClickOpensTheFile();

 private:
  Document& document() { return desk_->page().document(); }
  void drop(const QString& file);
  const weir::drawing::NodePicture& picture(const std::string& id) {
    return *desk_->canvas().placed().node(id)->picture;
  }
  bool hasPort(const std::string& id, const char* port, bool output) {
    const weir::drawing::PortPicture* const found = picture(id).port(port, output);
    return found != nullptr && !found->unknown;
  }

  std::unique_ptr<test::Desk> desk_;
};

void PartsWindowTest::init() {
  desk_ = std::make_unique<test::Desk>();
  desk_->start();
  desk_->workbench().openPath(desk_->write("user.weir", kUser));
}

void PartsWindowTest::drop(const QString& file) {
  QMimeData mime;
  mime.setUrls({QUrl::fromLocalFile(file)});
  QWidget* const viewport = desk_->canvas().viewport();
  const QPoint at = viewport->rect().center();
  QDragEnterEvent enter(at, Qt::CopyAction, &mime, Qt::LeftButton, {});
  QApplication::sendEvent(viewport, &enter);
  QVERIFY(enter.isAccepted());
  QDropEvent drop(at, Qt::CopyAction, &mime, Qt::LeftButton, {});
  QApplication::sendEvent(viewport, &drop);
}

void PartsWindowTest::aGroupThatIsSavedAsAPartIsOneNode() {
  document().select({"middle"});
  test::Next<QFileDialog> dialog(test::typing(desk_->path("middle.weir")));
  desk_->command("arrange.saveAsPart").trigger();
  QVERIFY(dialog.came());
  QVERIFY(desk_->read("middle.weir").contains(R"({ "name": "in", "to": "n1.in" })"));
  QCOMPARE(document().topology().node("middle")->use.value, std::string("file:middle.weir"));
  QVERIFY(hasPort("middle", "in", false) && hasPort("middle", "out", true));
  QVERIFY(isThere(document().topology(), "n0.out -> middle.in"));
  document().undo();
  QVERIFY(isThere(document().topology(), "n1"));
}

void PartsWindowTest::aFileThatIsDroppedIsANodeWithItsPortsAndSettings() {
  drop(desk_->write("above.weir", kPart));
  QCOMPARE(document().selection(), Selection{"above"});
  QVERIFY(hasPort("above", "in", false) && hasPort("above", "out", true));
  QTRY_COMPARE(picture("above").badge, weir::drawing::Badge::Draft);
  document().apply(*setValue(document().topology(), "above", "params.limit", weir::json::Value::text("x")));
  QTRY_COMPARE(picture("above").badge, weir::drawing::Badge::Error);
}

void PartsWindowTest::aFileWithoutPortsIsRefused() {
  drop(desk_->write("plain.weir", R"({ "weir": 1, "name": "plain", "nodes": [] })"));
  QCOMPARE(document().topology().nodes.size(), std::size_t{3});
  QVERIFY(desk_->message("part").contains("plain.weir"));
}

void PartsWindowTest::aChangedFileIsSeen() {
  drop(desk_->write("above.weir", kPart));
  QVERIFY(hasPort("above", "in", false));
  QByteArray changed = kPart;
  changed.replace(R"("name": "in")", R"("name": "rows")");
  desk_->write("above.weir", changed);
  QTRY_VERIFY(hasPort("above", "rows", false) && !hasPort("above", "in", false));
}

void PartsWindowTest::aDoubleClickOpensTheFile() {
  drop(desk_->write("above.weir", kPart));
  CanvasView& canvas = desk_->canvas();
  // Once its problems are listed, nothing moves the canvas any more.
  QTRY_COMPARE(picture("above").badge, weir::drawing::Badge::Draft);
  canvas.locate("above");
  const auto middle = [&] { return canvas.mapFromScene(canvas.placed().rectOf("above")->center()); };
  QPoint at;
  QTRY_VERIFY(std::exchange(at, middle()) == middle());  // it glides there
  pointer::doubleClick(*canvas.viewport(), at);
  QTRY_COMPARE(desk_->page().topology().file().title(), QStringLiteral("above.weir"));
}

WEIR_TEST(PartsWindowTest)
#include "parts_test.moc"
