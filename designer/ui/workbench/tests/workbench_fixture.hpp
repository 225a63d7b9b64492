// A whole window with all its panels and a runner that only lists plugins: ours, read from their folders.
#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <memory>

#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/shell/window/main_window.hpp"
#include "designer/ui/workbench/services.hpp"
#include "designer/ui/workbench/topology_page.hpp"
#include "designer/ui/workbench/workbench.hpp"

namespace weir::designer::test {

// What is done to the manifest of one of our plugins before the runner lists it.
using ManifestChange = std::function<QByteArray(const QByteArray& manifest)>;

// A program that says what `weir plugins --json` would: our plugins and those of `manifests`.
void writeRunner(const QString& path, const std::vector<std::string>& manifests = {},
                 const ManifestChange& change = {});

class WorkbenchFixture {
 public:
  using Change = ManifestChange;

  // With plugins of `manifests` beside ours.
  explicit WorkbenchFixture(const std::vector<std::string>& manifests = {}, const Change& change = {});
  ~WorkbenchFixture();
  WorkbenchFixture(const WorkbenchFixture&) = delete;
  WorkbenchFixture& operator=(const WorkbenchFixture&) = delete;

  // Opens it in a window that is shown and active, and waits until it is checked.
  TopologyPage& open(topology::Topology topology);
  // Whether the newest version is checked, with our plugins.
  bool isChecked() const;
  MainWindow& window() { return *window_; }
  Workbench& workbench() { return *workbench_; }
  Services& services() { return services_; }
  TopologyPage& page() { return *workbench_->current(); }

  template <typename T>
  T& find() {
    return *window_->findChild<T*>();
  }

 private:
  QTemporaryDir folder_;
  Settings settings_;
  Services services_;
  std::unique_ptr<MainWindow> window_;
  Workbench* workbench_ = nullptr;
  Snapshot checked_;
};

}  // namespace weir::designer::test
