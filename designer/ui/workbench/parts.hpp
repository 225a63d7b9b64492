// Parts in a window: groups are saved as files, files are used as nodes, and opened from them.
#pragma once

#include <QObject>
#include <QPointF>
#include <QStringList>

namespace weir::designer {

class TopologyPage;
struct Services;

// Belongs to a workbench. What goes wrong stands in a bar of the page.
class Parts : public QObject {
  Q_OBJECT

 public:
  // `services` must outlive this.
  explicit Parts(Services& services, QObject* parent = nullptr);

  // A node for each file, from that place downwards.
  void add(TopologyPage& page, const QStringList& files, QPointF at);
  // The same with files that are chosen now, in the middle.
  void choose(TopologyPage& page);
  // The group that is selected becomes a file, which is asked for, and a node that uses it.
  void saveGroup(TopologyPage& page);
  // The file of the node that is selected.
  void open(TopologyPage& page);
  void open(TopologyPage& page, const std::string& node);

 Q_SIGNALS:
  void openRequested(const QString& path);

 private:
  Services& services_;
};

}  // namespace weir::designer
