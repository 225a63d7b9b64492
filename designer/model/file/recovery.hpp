// Unsaved work survives a crash: every change is written to a folder of ours, and what is found there at the next
// start is shown before it is taken.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <optional>
#include <vector>

#include "designer/model/document/document.hpp"
#include "designer/model/file/recovery_lock.hpp"
#include "designer/model/file/topology_file.hpp"

namespace weir::designer {

// Found at the start. Held as long as it lives, so that one designer alone offers it.
struct Recoverable {
  QString id;
  QString path;             // of the topology; empty: untitled
  topology::Topology work;  // as it was when the designer ended
  QString unreadable;       // why nobody can tell what it was, and where it lies; empty: `work` is it
  RecoveryLock lock;
};

// One document's recovery file. GUI thread only.
class Autosave : public QObject {
  Q_OBJECT

 public:
  // `folder` is made when it is missing. Written a moment after the last change.
  Autosave(Document& document, const TopologyFile& file, QString folder, QObject* parent = nullptr);
  // A document that is closed needs no recovery.
  ~Autosave() override;

  // The work that was found is in the document: its file is this one's from now on, so that after another crash it is
  // there once.
  void goOnWith(Recoverable found);
  bool hasRecovered() const { return recovered_; }

  // Writes now. False: it could not be written.
  bool write();
  // What is not saved is not wanted, and is not there after a crash either: until the next change.
  void discard();
  // Now, not in a moment: writes what is not saved, or takes the file away when all is.
  void settle();
  // Why the newest work is not written, so that a crash would lose it; empty: it is, or there is none.
  const QString& failure() const { return failure_; }

 Q_SIGNALS:
  void failureChanged();

 private:
  void setFailure(const QString& failure);
  void schedule();

  Document& document_;
  const TopologyFile& file_;
  QString folder_;
  QString id_;
  std::optional<RecoveryLock> lock_;  // while there is a file
  bool recovered_ = false;
  QString failure_;
  QTimer timer_;
};

// What can be recovered from a folder: work that no designer has open.
std::vector<Recoverable> recoverable(const QString& folder);
// Takes it out of the folder.
void forget(const QString& folder, const Recoverable& found);

}  // namespace weir::designer
