// What is done with templates of one's own: from what is drawn, onto the canvas, and with their files.
#pragma once

#include <QObject>
#include <QPointF>

#include "designer/ui/shell/commands/command_list.hpp"

namespace weir::designer {

class MainWindow;
class TopologyPage;
struct Services;

// Belongs to the workbench of a window.
class TemplateWork : public QObject {
  Q_OBJECT

 public:
  TemplateWork(Services& services, MainWindow& window, QObject* parent);

  // Of what is selected there, or of all of it; asks for a name.
  void saveFrom(TopologyPage& page);
  // Adds it, with its corner at a place in the scene or below.
  void insert(TopologyPage& page, const QString& file, QPointF at);
  void change(const QString& file);
  // Asks first: nothing brings it back.
  void remove(const QString& file);
  // For the list of commands: adding each of them to what is open.
  QList<Command> commands(const QString& typed, TopologyPage* page);

 private:
  void say(TopologyPage& page, const QString& what);

  Services& services_;
  MainWindow& window_;
};

}  // namespace weir::designer
