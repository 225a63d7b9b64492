#include "designer/model/help/clauses.hpp"

#include "core/catalog/parse_manifest.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

namespace {

constexpr const char* kManifest = R"json({
  "manifest_version": 1, "plugin": "window", "title": "Windows", "version": "1.0.0", "vendor": "Weir", "licence": "Apache-2.0",
  "operators": [{ "id": "tumbling", "kind": "processor", "title": "Tumbling window", "category": "Windows", "icon": "timer",
    "doc": "Counts.", "keywords": ["tumble"], "inputs": [{ "name": "in" }],
    "outputs": [{ "name": "out", "schema": [{ "rule": "pass" }] }],
    "params": [
      { "name": "group_by", "type": "fields", "required": true },
      { "name": "size", "type": "duration", "required": true },
      { "name": "aggregates", "type": "list", "required": true, "element": { "type": "object", "members": [
        { "name": "name", "type": "text", "required": true },
        { "name": "function", "type": "choice", "choices": ["count", "sum"], "aggregates": true, "required": true },
        { "name": "field", "type": "field" }] } }] }] })json";

}  // namespace

class ClausesTest : public QObject {
  Q_OBJECT

  catalog::Catalog catalog_;

  QString drafted(const char* text) const {
    const std::vector<PaletteEntry> palette = paletteOf(catalog_);
    for (const PaletteEntry& entry : palette) {
      if (const auto params = clauseParams(entry, text)) return QString::fromStdString(json::write(*params));
    }
    return "nothing";
  }

 private Q_SLOTS:
  void initTestCase() {
    Result<catalog::Manifest> manifest = catalog::parseManifest(kManifest);
    QVERIFY2(bool(manifest), manifest ? "" : manifest.error().message.c_str());
    QVERIFY(bool(catalog_.add({std::move(*manifest), "window.so"})));
  }
  void aWindowIsDraftedByAClause_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("params");
    const QString counted = R"({"group_by":["region"],"size":"1m","aggregates":[{"name":"count","function":"count"}]})";
    for (const char* const text : {"count by region every 1m", "count every 1m by region", "count per region every 1m",
                                   "count by region per minute", "tumble count by region every minute"}) {
      QTest::newRow(text) << text << counted;
    }
    QTest::newRow("sum") << "sum amount as total by region, city every 5 minutes"
                         << R"({"group_by":["region","city"],"size":"5m","aggregates":)"
                            R"([{"name":"total","function":"sum","field":"amount"}]})";
    QTest::newRow("columns alone") << "tumble region every 1m"
                                   << R"({"group_by":["region"],"size":"1m"})";
    QTest::newRow("an aggregate that is none") << "tumble count, median amount every 1m"
                                               << "nothing";
    QTest::newRow("one word") << "count"
                              << "nothing";
  }
  void aWindowIsDraftedByAClause() {
    QFETCH(QString, text);
    QFETCH(QString, params);
    QCOMPARE(drafted(text.toUtf8().constData()), params);
  }
};

WEIR_TEST(ClausesTest)
#include "clauses_test.moc"
