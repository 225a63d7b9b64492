#include "tests/screenshots/scene.hpp"

#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/shell/documents/document_area.hpp"
#include "designer/ui/shell/window/main_window.hpp"
#include "designer/ui/workbench/topology_page.hpp"
#include "designer/ui/workbench/workbench.hpp"
#include "tests/program/places.hpp"

namespace weir::designer {

namespace {

constexpr int kLimit = 20'000;  // milliseconds
constexpr int kSettling = 500;

}  // namespace

Scene::Scene(ThemeSetting theme, const QString& language, const QDir& pictures)
    : pictures_(pictures),
      settings_(folder_.filePath("settings.ini")),
      language_(language),
      designer_(settings_,
                {.recoveryFolder = folder_.filePath("recovery"), .besideFolder = weir::places::inBuild("bin")}) {
  settings_.setTheme(theme);
  settings_.setReducedMotion(true);
  designer_.start({});
  window().resize(kUsualSize);
  window().activateWindow();
  waitFor([this] { return !page().topology().catalog()->entries().empty(); });
}

MainWindow& Scene::window() {
  return *designer_.windows().all().first();
}

TopologyPage& Scene::page() {
  return *qobject_cast<TopologyPage*>(window().documents().current());
}

CanvasView& Scene::canvas() {
  return page().canvas();
}

InspectorPanel& Scene::inspector() {
  return *window().findChild<InspectorPanel*>();
}

void Scene::waitFor(const std::function<bool()>& isTrue) {
  if (!QTest::qWaitFor(isTrue, kLimit)) qFatal("a state of the designer did not come");
}

void Scene::settle() {
  // Pictures of nodes are painted little by little, checks come from another thread, and what they say is painted
  // after a moment: nothing tells when all of it has ended.
  QTest::qWait(kSettling);
}

void Scene::open(const QString& path) {
  if (page().document().changed()) page().document().undo();
  TopologyPage* const before = &page();
  const QString copy = folder_.filePath(QString::number(++copies_) + "/" + QFileInfo(path).fileName());
  QDir().mkpath(QFileInfo(copy).path());
  QFile::copy(path, copy);
  window().findChild<Workbench*>()->openPath(copy);
  if (window().documents().pages().contains(before)) window().documents().remove(before);
  window().activateWindow();
  settle();
  canvas().zoomToFit();
  canvas().setFocus();
  settle();
}

void Scene::openText(const char* text) {
  const topology::ReadOutcome read = topology::readTopology(text);
  if (!read.topology) qFatal("a topology of the pictures cannot be read");
  const QString path = folder_.filePath(QString::fromStdString(read.topology->name.value) + ".weir");
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write %s", qPrintable(path));
  file.write(QByteArray::fromStdString(topology::formatTopology(*read.topology, *page().topology().catalog())));
  file.close();
  open(path);
}

void Scene::select(const std::string& id) {
  page().document().select({id});
  settle();
}

QPoint Scene::portAt(const std::string& node, const std::string& port, bool output) {
  return canvas().mapFromScene(canvas().placed().pointOf({node, port, output}));
}

void Scene::key(int key, Qt::KeyboardModifiers modifiers) {
  QWidget* const focus = QApplication::focusWidget();
  QTest::keyClick(focus != nullptr ? focus : &window(), static_cast<Qt::Key>(key), modifiers);
}

void Scene::type(const QString& text) {
  QTest::keyClicks(QApplication::focusWidget(), text);
}

void Scene::take(const QString& name) {
  settle();
  QWidget* const dialog = QApplication::activeModalWidget();
  QPixmap picture = (dialog != nullptr ? dialog : &window())->grab();
  if (!picture.save(pictures_.filePath(name + ".png"), "PNG", 0)) qFatal("cannot write %s", qPrintable(name));
}

}  // namespace weir::designer
