// Files of data become sources: dropped on the canvas, chosen from an empty window, or named in the inspector.
#pragma once

#include <QObject>
#include <QPointF>
#include <QStringList>

#include "designer/model/service/file_inference.hpp"

namespace weir::designer {

class TopologyPage;
struct Services;

// Belongs to a workbench. What is found in a file arrives a moment later, as one edit; what is odd about it stands in a
// bar of the page.
class DataFiles : public QObject {
  Q_OBJECT

 public:
  // `services` must outlive this.
  explicit DataFiles(Services& services, QObject* parent = nullptr);

  // A source for each file, from that place downwards: one step.
  void add(TopologyPage& page, const QStringList& files, QPointF at);
  // The same with files that are chosen now, in the middle.
  void choose(TopologyPage& page);
  // A source that is there is to read the file, `written` in its path. Columns that it has already are replaced only
  // when that is asked for.
  void read(TopologyPage& page, const QString& node, const QString& written, const QString& file);

 private:
  struct Arrival;
  using Then = std::function<void(const Result<DataFile>&)>;
  void look(TopologyPage& page, const QString& file, const Then& then);
  static void take(TopologyPage& page, const Arrival& arrival);

  Services& services_;
  FileInference inference_;
};

}  // namespace weir::designer
