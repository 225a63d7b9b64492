#include "designer/ui/workbench/tests/desk.hpp"

#include <QAbstractItemView>
#include <QAction>
#include <QDialogButtonBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/shell/documents/empty_state.hpp"
#include "designer/ui/theme/theme.hpp"
#include "designer/ui/workbench/start.hpp"
#include "tests/pointer/pointer.hpp"

namespace weir::designer::test {

namespace {

const char* const kChain = R"({ "weir": 1, "name": "t",
  "nodes": [{ "id": "n0", "use": "std.filter", "params": { "where": "a > 1" } },
            { "id": "n1", "use": "std.filter", "params": { "where": "a > 2" } },
            { "id": "n2", "use": "std.filter", "params": { "where": "a > 3" } }],
  "edges": [{ "from": "n0.out", "to": "n1.in" }, { "from": "n1.out", "to": "n2.in" }],
  "layout": { "n0": { "x": 0, "y": 0 }, "n1": { "x": 320, "y": 80 }, "n2": { "x": 640, "y": 160 } } })";

}  // namespace

std::function<void(QFileDialog&)> typing(const QString& path) {
  return [path](QFileDialog& dialog) {
    auto* const name = dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
    // What is selected in the list would count, and the list of what begins like it would take the keys.
    for (QAbstractItemView* const view : dialog.findChildren<QAbstractItemView*>()) view->clearSelection();
    name->setText(path);
    const bool opens = dialog.acceptMode() == QFileDialog::AcceptOpen;
    pointer::click(
        *dialog.findChild<QDialogButtonBox*>()->button(opens ? QDialogButtonBox::Open : QDialogButtonBox::Save));
  };
}

std::function<void(QMessageBox&)> pressing(QMessageBox::StandardButton button, QString* text) {
  return [button, text](QMessageBox& box) {
    if (text != nullptr) *text = box.text() + '\n' + box.informativeText();
    pointer::click(*box.button(button));
  };
}

Desk::Desk(Runner runner)
    : settings_(folder_.filePath("settings.ini")), services_(settings_), runner_(runner == Runner::There) {
  applyTheme(ColorScheme::Light);
  qputenv("PATH", "/usr/bin:/bin");  // not what else may be installed
  if (runner_) writeRunner(path("weir"));
  services_.recoveryFolder = path("recovery");
  services_.templates.setFolder(path("templates"));
  services_.besideFolder = folder_.path();
  services_.makeDeriver = [](const CatalogRef&) { return topology::SchemaDeriver(); };
  settings_.setReducedMotion(true);
}

Desk::~Desk() {
  end();
}

void Desk::start(const QStringList& files) {
  windows_ = std::make_unique<Windows>(settings_, [this](MainWindow& window) { new Workbench(window, services_); });
  QSignalSpy loaded(&services_.catalog, &CatalogService::loaded);
  QSignalSpy failed(&services_.catalog, &CatalogService::failed);
  designer::start(*windows_, services_, files);
  if (!QTest::qWaitFor([&] { return !loaded.isEmpty() || !failed.isEmpty(); }, kPatience))
    qFatal("the runner says nothing");
  activate(0);
}

void Desk::end() {
  if (windows_ == nullptr) return;
  const QList<MainWindow*> all = windows_->all();
  windows_.reset();
  qDeleteAll(all);
}

QString Desk::write(const QString& name, const QByteArray& bytes) const {
  QFile file(path(name));
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) qFatal("cannot write");
  return file.fileName();
}

QString Desk::writeChain(const QString& name) const {
  return write(name, kChain);
}

QByteArray Desk::read(const QString& name) const {
  QFile file(path(name));
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString Desk::writeTopology(const QString& name, const QByteArray& where) const {
  const topology::ReadOutcome read = topology::readTopology(
      R"({ "weir": 1, "name": "t", "nodes": [ { "id": "large", "use": "std.filter", "params": { "where": ")" +
      where.toStdString() + R"(" } } ], "layout": { "large": { "x": 80, "y": 80 } } })");
  if (!read.topology) qFatal("no topology");
  return write(name, QByteArray::fromStdString(topology::formatTopology(*read.topology, {})));
}

QStringList Desk::titles(int number) {
  QStringList all;
  for (TopologyPage* const page : workbench(number).pages()) all += page->title();
  return all;
}

QString Desk::message(const QString& id, int number) {
  for (MessageBar* const bar : page(number).messages()) {
    if (bar->id() == id) return bar->sentence();
  }
  return {};
}

void Desk::pressInBar(const QString& id, const QString& button) {
  for (MessageBar* const bar : page().messages()) {
    if (bar->id() != id) continue;
    for (QPushButton* const one : bar->findChildren<QPushButton*>()) {
      if (one->text() == button) return pointer::click(*one);
    }
  }
  qFatal("there is no %s in %s", qPrintable(button), qPrintable(id));
}

void Desk::activate(int number) {
  window(number).activateWindow();
  if (!QTest::qWaitForWindowActive(&window(number))) qFatal("the window is not active");
}

void Desk::key(Qt::Key key, Qt::KeyboardModifiers keys) {
  // After a dialog no window may be active: there is no window manager.
  if (QApplication::focusWidget() == nullptr) activate(0);
  QTest::keyClick(QApplication::focusWidget(), key, keys);
}

void Desk::addFilter() {
  canvas().setFocus();
  key(Qt::Key_A);
  QTest::keyClicks(QApplication::focusWidget(), "filter");
  key(Qt::Key_Return);
}

CardButton& Desk::card(const QString& title) {
  for (CardButton* const one : canvas().findChild<EmptyState*>()->cards()) {
    if (one->accessibleName().contains(title)) return *one;
  }
  qFatal("there is no card %s", qPrintable(title));
}

}  // namespace weir::designer::test
