// Unsaved work survives a crash: every change is written to a folder of ours, and what is found there at the next
// start is shown before it is taken.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <vector>

#include "designer/model/document/document.hpp"
#include "designer/model/file/topology_file.hpp"

namespace weir::designer {

struct Recoverable {
  QString id;
  QString path;             // of the topology; empty: untitled
  topology::Topology work;  // as it was when the designer ended
  QString changes;          // against the file on disk, a line each
};

// One document's recovery file. GUI thread only.
class Autosave : public QObject {
  Q_OBJECT

 public:
  // `folder` is made when it is missing. Written a moment after the last change.
  Autosave(Document& document, const TopologyFile& file, QString folder, QObject* parent = nullptr);
  // A document that is closed needs no recovery.
  ~Autosave() override;

  // Writes now. False: it could not be written.
  bool write();

 private:
  void schedule();
  void remove();

  Document& document_;
  const TopologyFile& file_;
  QString folder_;
  QString id_;
  QTimer timer_;
};

// What can be recovered from a folder: work of designers that no longer run.
std::vector<Recoverable> recoverable(const QString& folder);
// Takes it out of the folder.
void forget(const QString& folder, const QString& id);

}  // namespace weir::designer
