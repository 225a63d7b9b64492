#include "designer/model/service/open_topology.hpp"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "core/catalog/parse_manifest.hpp"
#include "core/topology/file/format_topology.hpp"
#include "designer/model/file/canonical_lines.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class OpenTopologyTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const CatalogRef catalog_ = std::make_shared<const catalog::Catalog>(sample::catalog());

  std::unique_ptr<OpenTopology> opened(CatalogRef catalog) const {
    return std::make_unique<OpenTopology>(OpenTopology::Start{sample::topology(), {}, {}}, std::move(catalog),
                                          MakeDeriver(), folder_.path());
  }
  // The sample as a file in which nobody has placed anything, or not these.
  QByteArray without(const std::vector<std::string>& ids) const {
    topology::Topology topology = sample::topology();
    for (const std::string& id : ids) drawing::removeEntry(topology.layout, id);
    return QByteArray::fromStdString(topology::formatTopology(topology, *catalog_));
  }
  std::unique_ptr<OpenTopology> openedFrom(const QByteArray& text, CatalogRef catalog) const {
    const QString path = folder_.filePath("unplaced.weir");
    put(path, text);
    Result<OpenedFile> file = openFile(path);
    return std::make_unique<OpenTopology>(OpenTopology::Start{std::move(file->topology), path, std::move(file->bytes)},
                                          std::move(catalog), MakeDeriver(), folder_.filePath("recovery"));
  }
  static void put(const QString& path, const QByteArray& text) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
  }
  static std::optional<Point> at(OpenTopology& topology, std::string_view id) {
    return positionOf(topology.document().topology(), id);
  }
  static bool hasProblemAt(const OpenTopology& topology, std::string_view node, std::string_view code) {
    const topology::Problems& problems = topology.checked()->problems;
    return std::any_of(problems.begin(), problems.end(),
                       [&](const topology::Problem& problem) { return problem.node == node && problem.code == code; });
  }

 private Q_SLOTS:
  void everyEditIsChecked() {
    const auto topology = opened(catalog_);
    Document& document = topology->document();
    document.apply(*setValue(document.topology(), "large", "params.where", json::Value::text("amout > 1")));
    QTRY_VERIFY(hasProblemAt(*topology, "large", "WEIR1303"));
    document.undo();
    QTRY_VERIFY(!hasProblemAt(*topology, "large", "WEIR1303"));
  }
  void anotherCatalogIsCheckedAgain() {
    const auto topology = opened(std::make_shared<const catalog::Catalog>());
    QTRY_VERIFY(hasProblemAt(*topology, "large", "WEIR1101"));
    topology->setCatalog(catalog_);
    QTRY_VERIFY(!hasProblemAt(*topology, "large", "WEIR1101"));
  }
  void anEditCancelsALayout() {
    const auto topology = opened(catalog_);
    Document& document = topology->document();
    const drawing::InterMeasure measure;
    QSignalSpy edited(&document, &Document::edited);
    topology->layOut(drawing::PictureMaker(*catalog_, measure).make(document.topology(), {}));
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QCOMPARE(document.undoLabel(), QString("Add a node"));
    topology->layOut(drawing::PictureMaker(*catalog_, measure).make(document.topology(), {}));
    QTRY_COMPARE(document.undoLabel(), QString("Lay out"));
    QCOMPARE(edited.count(), 2);
  }
  void aFileWithoutPlacesOpensLaidOut() {
    const QByteArray text = without({"orders", "large", "print", "archive"});
    QVERIFY(!text.contains("layout"));
    const auto topology = openedFrom(text, catalog_);
    QVERIFY(at(*topology, "orders")->x < at(*topology, "large")->x);
    QVERIFY(at(*topology, "large")->x < at(*topology, "print")->x);
    QVERIFY(at(*topology, "archive") != at(*topology, "orders"));
  }
  void thatIsNoEditAndNothingToSave() {
    const auto topology = openedFrom(without({"orders", "large", "print", "archive"}), catalog_);
    QVERIFY(!topology->document().changed());
    QVERIFY(!topology->document().undo());
    QVERIFY(!topology->file().canSave());
    QCOMPARE(linesNotCanonical(topology->file().bytes(), *catalog_), 0);
  }
  void linesThatAreNotCanonicalAreCountedBeside() {
    QByteArray text = without({});
    const auto topology = openedFrom(text.replace("\"name\": \"shop\"", "\"name\":   \"shop\""), catalog_);
    QTRY_COMPARE(topology->linesNotCanonical(), 1);
    QVERIFY(topology->file().save(*catalog_).ok());
    QTRY_COMPARE(topology->linesNotCanonical(), 0);
  }
  void placesAreWrittenWithTheNextSave() {
    const auto topology = openedFrom(without({"print"}), catalog_);
    QCOMPARE(*at(*topology, "large"), (Point{320, 0}));
    topology->document().apply(renameNode(topology->document().topology(), "large", "Large ones"));
    QVERIFY(topology->document().logicChanged() && !topology->document().layoutChanged());
    QVERIFY(topology->file().save(*catalog_).ok());
    const Result<OpenedFile> saved = openFile(topology->file().path());
    QVERIFY(positionOf(saved->topology, "print").has_value());
    QCOMPARE(positionOf(saved->topology, "print"), at(*topology, "print"));
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
    const auto topology = openedFrom(without({}), catalog_);
    topology->document().apply(movedTo(topology->document().topology(), {{"print", {4000, 0}}}, "Move"));
    QByteArray text = without({"orders", "large", "print", "archive"});
    put(topology->file().path(), text.replace("\"archive\"", "\"store\""));
    QVERIFY(topology->file().reload().ok());
    QCOMPARE(*at(*topology, "print"), (Point{4000, 0}));
    QVERIFY(at(*topology, "store").has_value());
    QVERIFY(!topology->document().changed());
  }
};

WEIR_TEST(OpenTopologyTest)
#include "open_topology_test.moc"
