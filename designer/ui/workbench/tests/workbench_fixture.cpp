#include "designer/ui/workbench/tests/workbench_fixture.hpp"

#include <QDir>
#include <QSignalSpy>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/tests/scene.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/places.hpp"

namespace weir::designer::test {

void writeRunner(const QString& path, const std::vector<std::string>& manifests, const ManifestChange& change) {
  QByteArrayList plugins;
  const auto add = [&](const QByteArray& manifest) {
    plugins.append(R"({"path":"plugin.so","manifest":)" + manifest + "}");
  };
  QDir folder(weir::places::inRepository("plugins"));
  for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
    QFile file(folder.filePath(name + "/plugin.json"));
    if (file.open(QIODevice::ReadOnly)) add(change ? change(file.readAll()) : file.readAll());
  }
  for (const std::string& manifest : manifests) add(QByteArray::fromStdString(manifest));
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write %s", qPrintable(path));
  // Of a file of data it says what lies beside it.
  file.write(
      "#!/bin/sh\nif [ \"$1\" = infer ]; then\n"
      "  cat \"$2.inferred\" 2>/dev/null || { echo 'weir: it holds no rows' >&2; exit 2; }\n  exit 0\nfi\n");
  file.write("cat <<'END'\n{\"plugins\":[" + plugins.join(',') + "]}\nEND\n");
  file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

WorkbenchFixture::WorkbenchFixture(const std::vector<std::string>& manifests, const Change& change)
    : settings_(folder_.filePath("settings.ini")), services_(settings_) {
  applyTheme(ColorScheme::Light);
  writeRunner(folder_.filePath("weir"), manifests, change);
  services_.recoveryFolder = folder_.filePath("recovery");
  services_.templates.setFolder(folder_.filePath("templates"));
  services_.besideFolder = folder_.path();
  services_.makeDeriver = [](const CatalogRef&) { return topology::SchemaDeriver(derive); };
  settings_.setReducedMotion(true);
  window_ = std::make_unique<MainWindow>(settings_);
  workbench_ = new Workbench(*window_, services_);  // belongs to the window
  QSignalSpy loaded(&services_.catalog, &CatalogService::loaded);
  loadCatalog(services_);
  if (!QTest::qWaitFor([&] { return !loaded.isEmpty(); }, kPatience)) qFatal("the plugins did not arrive");
}

WorkbenchFixture::~WorkbenchFixture() = default;

TopologyPage& WorkbenchFixture::open(topology::Topology topology) {
  TopologyPage* const page = workbench_->openPage({std::move(topology), {}, {}});
  QObject::connect(&page->topology(), &OpenTopology::checkedChanged, page,
                   [this, page] { checked_ = page->document().now(); });
  window_->resize(shell::kDefaultWidth, shell::kDefaultHeight);
  window_->show();
  if (!QTest::qWaitForWindowExposed(window_.get(), kPatience)) qFatal("the window is not shown");
  window_->activateWindow();
  if (!QTest::qWaitFor([this] { return isChecked(); }, kPatience)) qFatal("the topology is not checked");
  return *page;
}

bool WorkbenchFixture::isChecked() const {
  TopologyPage* const page = workbench_->current();
  return page != nullptr && checked_ == page->document().now();
}

}  // namespace weir::designer::test
