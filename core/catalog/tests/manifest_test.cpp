#include "core/catalog/manifest.hpp"

#include <functional>

#include "core/base/json.hpp"
#include "core/catalog/parse_manifest.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::catalog;

namespace {

constexpr std::string_view kManifest = R"json({
  "manifest_version": 1, "plugin": "demo", "title": "Demo", "version": "1.2.3", "vendor": "Us", "licence": "MIT",
  "operators": [
    {
      "id": "count", "kind": "processor", "title": "Count", "keywords": ["tally"], "summary": ["by {by}"],
      "inputs": [{ "name": "in", "shape": "keyed" }],
      "outputs": [
        { "name": "out", "schema": [{ "rule": "fields", "param": "by" },
                                    { "rule": "add", "name": "n", "type": "int64", "nullable": false },
                                    { "rule": "add", "name": "value", "type": "type_of(what)" }] },
        { "name": "late", "role": "late" }
      ],
      "params": [
        { "name": "by", "type": "fields", "required": true },
        { "name": "what", "type": "expression", "result": "int64" },
        { "name": "size", "type": "duration", "minimum": "1ms", "default": "1m" },
        { "name": "mode", "type": "choice", "choices": ["all", "some"], "default": "all" }
      ],
      "stores": [{ "name": "counts", "bound": "param:size", "state_version": 3 }],
      "time": "event", "partition_by": "by", "combine": true, "combine_when": "mode=all"
    },
    { "id": "lines", "kind": "source", "outputs": [{ "name": "out" }], "params": [{ "name": "path", "type": "path", "access": "read" }] },
    { "id": "rows", "kind": "source", "gives": "rows", "outputs": [{ "name": "out" }] }
  ]
})json";

constexpr std::string_view kPure = R"json({
  "manifest_version": 1, "plugin": "pure", "version": "1",
  "operators": [
    { "id": "join", "kind": "function", "title": "Join", "doc": "Joins.", "keywords": ["concat"], "variadic": true,
      "arguments": [{ "name": "text", "types": ["string"], "help": "A text." },
                    { "name": "more", "types": ["string", "bytes"] }],
      "result": { "type": "type_of(text)", "nullable": false }, "handles_null": true, "deterministic": true },
    { "id": "median", "kind": "aggregate", "arguments": [{ "name": "value", "types": ["number"] }],
      "result": { "type": "float64" }, "deterministic": true, "state_version": 2 }
  ]
})json";

Manifest good() {
  Result<Manifest> manifest = parseManifest(kManifest);
  return manifest ? *manifest : Manifest{};
}

// The manifest with one piece of text replaced by another.
std::string with(std::string_view from, std::string_view to) {
  std::string text(kManifest);
  const std::size_t at = text.find(from);
  return at == std::string::npos ? "the test replaces nothing" : text.replace(at, from.size(), to);
}

}  // namespace

class ManifestTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyMemberIsRead() {
    const Result<Manifest> manifest = parseManifest(kManifest);
    QVERIFY2(manifest.ok(), manifest ? "" : manifest.error().message.c_str());
    const OperatorSpec* const count = manifest->find("count");
    QVERIFY(count != nullptr);
    QCOMPARE(count->output("late"), std::optional<std::size_t>(1));
    QCOMPARE(count->outputs[1].role, PortRole::Late);
    QCOMPARE(count->outputs[0].schemaRules[2].param, std::string("what"));
    QCOMPARE(count->param("size")->minimum, std::optional<double>(1000));
    QCOMPARE(count->param("what")->result, std::string("int64"));
    QCOMPARE(count->stores[0].stateVersion, 3);
    QCOMPARE(manifest->find("lines")->param("path")->access, PathAccess::Read);
    QCOMPARE(count->param("by")->access, PathAccess::None);
    QCOMPARE(count->time, TimeNeed::Event);
    QVERIFY(count->combine);
    QCOMPARE(manifest->text, std::string(kManifest));
  }

  void anOutputWithoutRulesPassesItsInput() {
    QCOMPARE(good().find("count")->outputs[1].schemaRules[0].kind, SchemaRule::Kind::Pass);
    QCOMPARE(good().find("lines")->outputs[0].schemaRules[0].kind, SchemaRule::Kind::Declared);
  }

  void sourcesGetTheStandardParameters() {
    const Manifest manifest = good();
    for (const char* const name : {"format", "schema", "event_time", "tasks", "idle_after"}) {
      QVERIFY2(manifest.find("lines")->param(name) != nullptr, name);
    }
    QVERIFY(manifest.find("rows")->param("format") == nullptr);
    QVERIFY(manifest.find("count")->param("partitions") != nullptr);
    QVERIFY(manifest.find("count")->param("tasks") == nullptr);
  }

  void aSourceThatDerivesItsColumnsNeedsNoneDeclared() {
    QVERIFY(good().find("lines")->param("schema")->required);
    const Result<Manifest> manifest = parseManifest(
        R"({"manifest_version":1,"plugin":"demo","version":"1","operators":[
            {"id":"lines","kind":"source","outputs":[{"name":"out","schema":[{"rule":"derive"}]}]}]})");
    QVERIFY2(manifest.ok(), manifest ? "" : manifest.error().message.c_str());
    QVERIFY(!manifest->find("lines")->param("schema")->required);
    QVERIFY(manifest->find("lines")->param("format")->required);
  }

  void whatIsWrongIsNamedWithItsPath_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* from, const char* to, const char* message) {
      QTest::newRow(name) << QString(from) << QString(to) << QString(message);
    };
    row("unknown member", "\"keywords\"", "\"keyword\"",
        "operators[0].keyword (line 5, column 61) is not known here. Did you mean \"keywords\"?");
    row("wrong type", "\"state_version\": 3", "\"state_version\": \"3\"", "operators[0].stores[0].state_version");
    row("unknown kind", "\"kind\": \"processor\"", "\"kind\": \"procesor\"", "none of: source, processor");
    row("newer version", "\"manifest_version\": 1", "\"manifest_version\": 2", "update Weir");
    row("no version", "\"manifest_version\": 1, ", "", "manifest_version");
    row("rule names no parameter", "\"rule\": \"fields\", \"param\": \"by\"",
        "\"rule\": \"fields\", \"param\": \"bye\"", "schema[0].param");
    row("unknown type", "\"type\": \"int64\"", "\"type\": \"int65\"", "is no type");
    row("bound names no parameter", "param:size", "param:length", "stores[0].bound");
    row("partition_by is no field", "\"partition_by\": \"by\"", "\"partition_by\": \"size\"", "partition_by");
    row("bad plugin name", "\"plugin\": \"demo\"", "\"plugin\": \"my.demo\"", "letter followed by");
    row("operator twice", "\"id\": \"rows\"", "\"id\": \"lines\"", "stands here twice");
    row("standard parameter declared", "\"name\": \"path\"", "\"name\": \"schema\"", "Weir adds it");
    row("duration without unit", "\"minimum\": \"1ms\"", "\"minimum\": \"1\"", "no unit");
    row("source with inputs", "\"kind\": \"source\", \"gives\"",
        "\"kind\": \"source\", \"inputs\": [{\"name\": \"in\"}], \"gives\"", "takes no input");
    row("access to what is no path", "\"type\": \"path\"", "\"type\": \"text\"", "is for parameters of type path");
    row("unknown access", "\"access\": \"read\"", "\"access\": \"delete\"", "none of: none, read, write");
    row("trailing text", "]\n}", "]\n} x", "not JSON");
  }

  void whatIsWrongIsNamedWithItsPath() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, message);
    const Result<Manifest> manifest = parseManifest(with(from.toStdString(), to.toStdString()));
    QVERIFY2(!manifest.ok(), "it was accepted");
    QVERIFY2(QString::fromStdString(manifest.error().message).contains(message), manifest.error().message.c_str());
  }

  void functionsAndAggregatesSayHowTheyAreCalled() {
    const Result<Manifest> manifest = parseManifest(kPure);
    QVERIFY2(manifest.ok(), manifest ? "" : manifest.error().message.c_str());
    const OperatorSpec* const join = manifest->find("join");
    QVERIFY(join->kind == OperatorKind::Function && isPure(join->kind) && !isNode(join->kind));
    QCOMPARE(join->signature.arguments[1].types, (std::vector<std::string>{"string", "bytes"}));
    QVERIFY(join->signature.variadic && !join->signature.nullable && join->signature.handlesNull);
    QCOMPARE(join->signature.result, std::string("type_of(text)"));
    const OperatorSpec* const median = manifest->find("median");
    QVERIFY(median->kind == OperatorKind::Aggregate && median->signature.nullable && !median->signature.handlesNull);
    QCOMPARE(median->signature.stateVersion, 2);
    Catalog catalog;
    QVERIFY(catalog.add({*manifest, "/a.so"}).ok());
    QCOMPARE(catalog.names(OperatorKind::Aggregate), std::vector<std::string>{"pure.median"});
  }

  void whatIsWrongWithAFunctionIsNamedWithItsPath_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* from, const char* to, const char* message) {
      QTest::newRow(name) << QString(from) << QString(to) << QString(message);
    };
    row("not deterministic", "\"deterministic\": true", "\"deterministic\": false",
        "operators[0].deterministic (line 7, column 104) must be true. What it gives must depend on its arguments "
        "alone");
    row("not said", ", \"deterministic\": true", "", "is missing: write true.");
    row("an operator's member", "\"kind\": \"function\",", "\"kind\": \"function\", \"inputs\": [],",
        "operators[0].inputs");
    row("no result", "\"result\"", "\"results\"", "operators[0].results");
    row("no such argument", "type_of(text)", "type_of(txt)", "names no argument of it");
    row("no such type", "type_of(text)", "text", "result.type");
    row("a list", "type_of(text)", "list<int64>", "must not be a list or struct");
    row("no types", "\"types\": [\"string\"]", "\"types\": []", "arguments[0].types");
    row("unknown type word", "[\"string\"]", "[\"strng\"]", "is none of");
    row("argument twice", "\"name\": \"more\"", "\"name\": \"text\"", "stands here twice");
    row("version of a function", "\"variadic\": true", "\"state_version\": 1", "operators[0].state_version");
  }
  void whatIsWrongWithAFunctionIsNamedWithItsPath() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, message);
    const QString text = QString::fromUtf8(kPure.data(), static_cast<qsizetype>(kPure.size()));
    QVERIFY(text.contains(from));
    QString wrong = text;
    wrong.replace(text.indexOf(from), from.size(), to);
    const Result<Manifest> manifest = parseManifest(wrong.toStdString());
    QVERIFY2(!manifest.ok(), "it was accepted");
    QVERIFY2(QString::fromStdString(manifest.error().message).contains(message), manifest.error().message.c_str());
  }

  void onlyAChoiceMayBeAnAggregateOfAPlugin() {
    QVERIFY(parseManifest(with("\"choices\": [\"all\"", "\"aggregates\": true, \"choices\": [\"all\"")).ok());
    const Result<Manifest> wrong = parseManifest(with("\"result\": \"int64\"", "\"aggregates\": true"));
    QVERIFY(!wrong.ok());
    QVERIFY(wrong.error().message.find("is for choices only") != std::string::npos);
  }

  void aCatalogRefusesASecondPluginOfOneName() {
    Catalog catalog;
    QVERIFY(catalog.add({good(), "/a/demo.so"}).ok());
    const Result<void> second = catalog.add({good(), "/b/demo.so"});
    QVERIFY(!second.ok());
    QVERIFY(second.error().message.find("/a/demo.so") != std::string::npos);
    QVERIFY(catalog.find("demo.count") != nullptr);
    QVERIFY(catalog.find("demo.other") == nullptr);
    QVERIFY(catalog.find("demo") == nullptr);
  }
};

WEIR_TEST(ManifestTest)
#include "manifest_test.moc"
