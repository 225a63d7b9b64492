#include "model/open_drawing.hpp"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "model/tests/patience.hpp"
#include "sample.hpp"

using namespace weir;
using namespace weir::designer;

class OpenDrawingTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const CatalogRef catalog_ = std::make_shared<const catalog::Catalog>(sample::catalog());

  std::unique_ptr<OpenDrawing> opened(CatalogRef catalog) const {
    return std::make_unique<OpenDrawing>(OpenDrawing::Start{sample::drawing(), {}, {}}, std::move(catalog),
                                         MakeDeriver(), folder_.path());
  }
  // The sample as a file in which nobody has placed anything, or not these.
  QByteArray without(const std::vector<std::string>& ids) const {
    topology::Topology topology = sample::drawing();
    for (const std::string& id : ids) drawing::removeEntry(topology.layout, id);
    return QByteArray::fromStdString(topology::formatTopology(topology, *catalog_));
  }
  std::unique_ptr<OpenDrawing> openedFrom(const QByteArray& text, CatalogRef catalog) const {
    const QString path = folder_.filePath("unplaced.weir");
    put(path, text);
    Result<OpenedFile> file = openFile(path);
    return std::make_unique<OpenDrawing>(OpenDrawing::Start{std::move(file->topology), path, std::move(file->bytes)},
                                         std::move(catalog), MakeDeriver(), folder_.filePath("recovery"));
  }
  static void put(const QString& path, const QByteArray& text) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
  }
  static std::optional<Point> at(OpenDrawing& drawing, std::string_view id) {
    return positionOf(drawing.document().topology(), id);
  }
  static bool hasProblemAt(const OpenDrawing& drawing, std::string_view node, std::string_view code) {
    const topology::Problems& problems = drawing.checked()->problems;
    return std::any_of(problems.begin(), problems.end(),
                       [&](const topology::Problem& problem) { return problem.node == node && problem.code == code; });
  }

 private Q_SLOTS:
  void everyEditIsChecked() {
    const auto drawing = opened(catalog_);
    Document& document = drawing->document();
    document.apply(*setValue(document.topology(), "large", "params.where", json::Value::text("amout > 1")));
    QTRY_VERIFY(hasProblemAt(*drawing, "large", "WEIR1303"));
    document.undo();
    QTRY_VERIFY(!hasProblemAt(*drawing, "large", "WEIR1303"));
  }
  void anotherCatalogIsCheckedAgain() {
    const auto drawing = opened(std::make_shared<const catalog::Catalog>());
    QTRY_VERIFY(hasProblemAt(*drawing, "large", "WEIR1101"));
    drawing->setCatalog(catalog_);
    QTRY_VERIFY(!hasProblemAt(*drawing, "large", "WEIR1101"));
  }
  void anEditCancelsALayout() {
    const auto drawing = opened(catalog_);
    Document& document = drawing->document();
    const drawing::InterMeasure measure;
    QSignalSpy edited(&document, &Document::edited);
    drawing->layOut(drawing::PictureMaker(*catalog_, measure).make(document.topology(), {}));
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QCOMPARE(document.undoLabel(), QString("Add a node"));
    drawing->layOut(drawing::PictureMaker(*catalog_, measure).make(document.topology(), {}));
    QTRY_COMPARE(document.undoLabel(), QString("Lay out"));
    QCOMPARE(edited.count(), 2);
  }
  void aFileWithoutPlacesOpensLaidOut() {
    const QByteArray text = without({"orders", "large", "print", "archive"});
    QVERIFY(!text.contains("layout"));
    const auto drawing = openedFrom(text, catalog_);
    QVERIFY(at(*drawing, "orders")->x < at(*drawing, "large")->x);
    QVERIFY(at(*drawing, "large")->x < at(*drawing, "print")->x);
    QVERIFY(at(*drawing, "archive") != at(*drawing, "orders"));
  }
  void thatIsNoEditAndNothingToSave() {
    const auto drawing = openedFrom(without({"orders", "large", "print", "archive"}), catalog_);
    QVERIFY(!drawing->document().changed());
    QVERIFY(!drawing->document().undo());
    QVERIFY(!drawing->file().canSave());
    QCOMPARE(drawing->file().linesNotCanonical(*catalog_), 0);
  }
  void placesAreWrittenWithTheNextSave() {
    const auto drawing = openedFrom(without({"print"}), catalog_);
    QCOMPARE(*at(*drawing, "large"), (Point{320, 0}));
    drawing->document().apply(renameNode(drawing->document().topology(), "large", "Large ones"));
    QVERIFY(drawing->document().logicChanged() && !drawing->document().layoutChanged());
    QVERIFY(drawing->file().save(*catalog_).ok());
    const Result<OpenedFile> saved = openFile(drawing->file().path());
    QVERIFY(positionOf(saved->topology, "print").has_value());
    QCOMPARE(positionOf(saved->topology, "print"), at(*drawing, "print"));
  }
  void whatPluginsAddIsPlacedAgainUntilTheFirstEdit() {
    // Filters with many outputs are higher than they look before the plugins are known.
    QByteArray manifest = sample::kManifest;
    manifest.replace(R"({ "name": "out", "schema": [{ "rule": "pass" }] })",
                     R"({ "name": "out" }, { "name": "b" }, { "name": "c" }, { "name": "d" }, { "name": "e" })");
    catalog::Catalog high;
    QVERIFY(high.add({*catalog::parseManifest(manifest.toStdString()), "shop.so"}).ok());
    const auto plugins = std::make_shared<const catalog::Catalog>(std::move(high));
    QByteArray text = without({"orders", "large", "print", "archive"});
    text.replace(R"("shop.print")", R"("shop.filter")").replace("large.out", "orders.out");
    const auto late = openedFrom(text, std::make_shared<const catalog::Catalog>());
    const auto known = openedFrom(text, plugins);
    QVERIFY(late->document().topology().layout != known->document().topology().layout);
    late->setCatalog(plugins);
    QVERIFY(late->document().topology().layout == known->document().topology().layout);
    QVERIFY(!late->document().changed() && !late->document().undo());

    const auto edited = openedFrom(text, std::make_shared<const catalog::Catalog>());
    edited->document().apply(movedTo(edited->document().topology(), {{"print", {4000, 0}}}, "Move"));
    QVERIFY(edited->file().save(*catalog_).ok());
    edited->setCatalog(plugins);
    QCOMPARE(*at(*edited, "print"), (Point{4000, 0}));
  }
  void whatIsTakenFromDiskStaysWhereItStands() {
    const auto drawing = openedFrom(without({}), catalog_);
    drawing->document().apply(movedTo(drawing->document().topology(), {{"print", {4000, 0}}}, "Move"));
    QByteArray text = without({"orders", "large", "print", "archive"});
    put(drawing->file().path(), text.replace("\"archive\"", "\"store\""));
    QVERIFY(drawing->file().reload().ok());
    QCOMPARE(*at(*drawing, "print"), (Point{4000, 0}));
    QVERIFY(at(*drawing, "store").has_value());
    QVERIFY(!drawing->document().changed());
  }
};

QTEST_GUILESS_MAIN(OpenDrawingTest)
#include "open_drawing_test.moc"
