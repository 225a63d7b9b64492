// Proves that the configure step refuses what the table in cmake/Layers.cmake forbids: a copy of this very tree is
// configured, broken in one place, and configured again.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

namespace {

struct Outcome {
  bool configured = false;
  QString text;  // white space folded: CMake wraps its messages
};

}  // namespace

class LayersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void cleanup();

  void theTreeAsItIsPasses();
  void aLinkToALayerAboveIsRefused();
  void aLinkAcrossToAnAdapterIsRefused();
  void aPluginThatLinksMoreThanTheSdkIsRefused();
  void anExternalLibraryAwayFromItsHomeIsRefused();
  void anIncludeOfALayerAboveIsRefused();
  void anIncludeInAHeaderIsRefused();
  void anIncludeInAHeaderOfASubfolderIsRefused();
  void aTargetInNoKnownLayerIsRefused();
  void anIncludeThatIsNoPathInTheRepositoryIsRefused();
  void anIncludeOfALaterRoomIsRefused();
  void anIncludeBetweenRoomsOfAFolderInAFolderIsRefused();
  void aFileBesideTheRoomsIsRefused();
  void aRoomThatNamesALaterOneIsRefused();
  void aDefinitionWithoutAHeaderOfItsNameIsRefused();
  void anInternalHeaderIsRefusedFromOutside();

 private:
  QString inTree(const QString& path) const { return tree_.filePath("tree/" + path); }
  void append(const QString& path, const QByteArray& text);
  void create(const QString& path, const QByteArray& text);
  Outcome configure() const;
  void expectRefusal(const QString& sentence) const;

  QTemporaryDir tree_;
  QMap<QString, QByteArray> before_;  // files that the running test changed
  QStringList created_;
};

void LayersTest::initTestCase() {
  QVERIFY(QDir(tree_.path()).mkpath("tree"));
  const QDir source(weir::places::inRepository("."));
  for (const char* name :
       {"CMakeLists.txt", "app", "cmake", "core", "designer", "packaging", "plugins", "tests", "topologies"}) {
    QCOMPARE(QProcess::execute("cp", {"-r", source.filePath(name), tree_.filePath("tree")}), 0);
  }
}

void LayersTest::cleanup() {
  for (auto file = before_.cbegin(); file != before_.cend(); ++file) {
    QFile restored(file.key());
    QVERIFY(restored.open(QIODevice::WriteOnly));
    restored.write(file.value());
  }
  before_.clear();
  for (const QString& path : std::as_const(created_)) QDir(path).removeRecursively();
  created_.clear();
}

void LayersTest::append(const QString& path, const QByteArray& text) {
  QFile file(inTree(path));
  QVERIFY2(file.open(QIODevice::ReadWrite), qPrintable(path));
  before_.insert(file.fileName(), file.readAll());
  file.write(text);
}

void LayersTest::create(const QString& path, const QByteArray& text) {
  const QString folder = QFileInfo(inTree(path)).path();
  if (!QFileInfo::exists(folder)) created_.append(folder);
  QVERIFY(QDir().mkpath(folder));
  QFile file(inTree(path));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(text);
}

Outcome LayersTest::configure() const {
  QProcess cmake;
  cmake.setProcessChannelMode(QProcess::MergedChannels);
  cmake.start(weir::places::cmake(),
              {"-S", inTree("."), "-B", tree_.filePath("build"), "-G", "Ninja", "-DWEIR_TESTS=OFF"});
  if (!cmake.waitForFinished(200'000)) return {false, "cmake did not finish: " + cmake.errorString()};
  const QString text = QString::fromUtf8(cmake.readAll()).simplified();
  return {cmake.exitStatus() == QProcess::NormalExit && cmake.exitCode() == 0, text};
}

void LayersTest::expectRefusal(const QString& sentence) const {
  const Outcome outcome = configure();
  QVERIFY2(!outcome.configured, "the configure step went through");
  QVERIFY2(outcome.text.contains(sentence), qPrintable(outcome.text));
}

void LayersTest::theTreeAsItIsPasses() {
  const Outcome outcome = configure();
  QVERIFY2(outcome.configured, qPrintable(outcome.text));
}

void LayersTest::aLinkToALayerAboveIsRefused() {
  append("core/base/CMakeLists.txt", "target_link_libraries(weir_base PUBLIC weir_runtime)\n");
  expectRefusal("weir_base (layer base) links weir_runtime (layer runtime), which is not allowed.");
}

void LayersTest::aLinkAcrossToAnAdapterIsRefused() {
  append("core/adapters/host/CMakeLists.txt", "target_link_libraries(weir_host PRIVATE weir_embedded)\n");
  expectRefusal("weir_host (layer host) links weir_embedded (layer embedded), which is not allowed.");
}

void LayersTest::aPluginThatLinksMoreThanTheSdkIsRefused() {
  create("plugins/rogue/plugin.json", R"({ "plugin": "rogue" })");
  create("plugins/rogue/rogue.cpp", "");
  create("plugins/rogue/CMakeLists.txt", "weir_add_plugin(rogue SOURCES rogue.cpp LINK weir_base)\n");
  expectRefusal("weir_plugin_rogue (layer plugin) links weir_base (layer base), which is not allowed.");
}

void LayersTest::anExternalLibraryAwayFromItsHomeIsRefused() {
  append("core/runtime/CMakeLists.txt", "target_link_libraries(weir_runtime PRIVATE rocksdb)\n");
  expectRefusal("weir_runtime (layer runtime) links the external library rocksdb, which has its home elsewhere.");
}

void LayersTest::anIncludeOfALayerAboveIsRefused() {
  append("core/base/clock.cpp", "\n#include \"core/runtime/ports/log.hpp\"\n");
  expectRefusal(
      "core/base/clock.cpp (layer base) has #include \"core/runtime/ports/log.hpp\" of layer runtime, which is not "
      "allowed.");
}

void LayersTest::anIncludeInAHeaderIsRefused() {
  append("core/base/clock.hpp", "\n#include \"core/adapters/host/load/loader.hpp\"\n");
  expectRefusal("core/base/clock.hpp (layer base) has #include \"core/adapters/host/load/loader.hpp\" of layer host");
}

void LayersTest::anIncludeInAHeaderOfASubfolderIsRefused() {
  append("designer/ui/theme/theme.hpp", "\n#include \"core/runtime/ports/log.hpp\"\n");
  expectRefusal(
      "designer/ui/theme/theme.hpp (layer designer_ui) has #include \"core/runtime/ports/log.hpp\" of layer runtime");
}

void LayersTest::aTargetInNoKnownLayerIsRefused() {
  append("core/base/CMakeLists.txt", "weir_layer(weir_base cellar)\n");
  expectRefusal("weir_base: there is no layer 'cellar'");
}

void LayersTest::anIncludeThatIsNoPathInTheRepositoryIsRefused() {
  append("core/base/clock.cpp", "\n#include \"clock.hpp\"\n");
  expectRefusal(
      "core/base/clock.cpp has #include \"clock.hpp\". An include names a file by its path in the repository");
}

void LayersTest::anIncludeOfALaterRoomIsRefused() {
  append("core/topology/model/topology.hpp", "\n#include \"core/topology/plan/plan.hpp\"\n");
  expectRefusal(
      "core/topology/model/topology.hpp has #include \"core/topology/plan/plan.hpp\" of the room core/topology/plan, "
      "which is not allowed.");
}

void LayersTest::anIncludeBetweenRoomsOfAFolderInAFolderIsRefused() {
  append("designer/ui/panels/fields/field_box.hpp", "\n#include \"designer/ui/panels/lists/find_bar.hpp\"\n");
  expectRefusal("of the room designer/ui/panels/lists, which is not allowed. fields may use:");
}

void LayersTest::aFileBesideTheRoomsIsRefused() {
  create("core/topology/attic/old.hpp", "#pragma once\n");
  expectRefusal("core/topology/attic/old.hpp lies in no room. core/topology has: model;file;graph;parts;check;plan.");
}

void LayersTest::aRoomThatNamesALaterOneIsRefused() {
  append("cmake/Rooms.cmake", "weir_rooms(core/expr first:second second)\n");
  expectRefusal("core/expr/first uses 'second', which is no room before it");
}

void LayersTest::aDefinitionWithoutAHeaderOfItsNameIsRefused() {
  create("core/topology/plan/sketch/more.cpp", "");
  expectRefusal("core/topology/plan/sketch/more.cpp has no header of its own name");
}

void LayersTest::anInternalHeaderIsRefusedFromOutside() {
  append("core/drawing/exports/svg.hpp", "\n#include \"core/drawing/routing/internal/channels.hpp\"\n");
  expectRefusal("svg.hpp has #include \"core/drawing/routing/internal/channels.hpp\", which is internal to");
}

WEIR_TEST(LayersTest)
#include "layers_test.moc"
