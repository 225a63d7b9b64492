// Furnishes a window: panels, pages and the work of its commands. The only place that knows both the frame and what
// is drawn.
#pragma once

#include <QObject>

#include "designer/model/service/open_topology.hpp"

namespace weir::designer {

class CanvasScene;
class ChangesPanel;
class DataFiles;
class TextPanel;
class TopologyPage;
class InspectorPanel;
class Parts;
class MainWindow;
class PalettePanel;
class Panel;
class ProblemsPanel;
class TemplateWork;
struct Services;
struct StartActions;

// Belongs to its window.
class Workbench : public QObject {
  Q_OBJECT

 public:
  Workbench(MainWindow& window, Services& services);

  TopologyPage* current() const;
  QList<TopologyPage*> pages() const;

  TopologyPage* openPage(OpenTopology::Start start);
  // In place of the page `before` (which may be null) if that is untouched.
  TopologyPage* openInPlaceOf(TopologyPage* before, OpenTopology::Start start);
  // A file that is open already comes to the front.
  void openPath(const QString& path);
  // A window always has a topology.
  void openEmptyWhenBare();
  // The page of that file; null: it is not open here.
  TopologyPage* pageOf(const QString& path) const;
  void show(TopologyPage* page);
  // What differs from the file, at the bottom.
  void showChanges();

 private:
  void makePanels();
  void handleFileCommands();
  void handleEditCommands();
  void handleCanvasCommands();
  void handleArrangeCommands();
  void handleMinimap();
  void handleExports();
  void handleTemplates();
  void exportAs(const QString& suffix, QByteArray (*bytesOf)(const CanvasScene&));
  void follow(TopologyPage* page);
  void showPage(TopologyPage* page);
  void showMenu(TopologyPage& page, const std::string& id, QPoint at);
  void showMenuUnder(TopologyPage& page, std::uint8_t under, QPoint at);
  void updateCommands();
  void closePage(TopologyPage* page);
  void addNode(const QString& use);
  // The inspector, where there is something to do.
  void editProperties();
  void goToCanvas();
  void sayThatTheRunnerIsMissing();
  void locateRunner();
  StartActions startActions();

  MainWindow& window_;
  Services& services_;
  QString noRunner_;  // why there are no plugins; empty: there are
  PalettePanel* palette_ = nullptr;
  InspectorPanel* inspector_ = nullptr;
  ProblemsPanel* problems_ = nullptr;
  ChangesPanel* changes_ = nullptr;
  TextPanel* text_ = nullptr;
  QList<Panel*> panels_;  // that follow the topology in front
  DataFiles* dataFiles_ = nullptr;
  TemplateWork* templates_ = nullptr;
  Parts* parts_ = nullptr;
};

}  // namespace weir::designer
