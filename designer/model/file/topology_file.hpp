// A document's place on disk: opening, saving canonically, and noticing changes made by others.
#pragma once

#include <QByteArray>
#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <functional>

#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"
#include "core/topology/model/problem.hpp"
#include "core/topology/model/topology.hpp"
#include "designer/model/document/document.hpp"

namespace weir::designer {

struct OpenedFile {
  topology::Topology topology;
  topology::Problems problems;  // of its form: what was not understood
  QByteArray bytes;
};

// Reads a topology file. The error says what cannot be read, and where.
Result<OpenedFile> openFile(const QString& path);

// How many lines differ between two texts: those that would have to be taken away or put in.
int linesTouched(const QByteArray& before, const QByteArray& after);

// GUI thread only.
class TopologyFile : public QObject {
  Q_OBJECT

 public:
  // `document` must outlive this. An empty path: untitled. `bytes`: what the file holds.
  TopologyFile(Document& document, QString path, QByteArray bytes, QObject* parent = nullptr);

  const QString& path() const { return path_; }
  // "orders.weir", or "Untitled".
  QString title() const;

  // How many lines saving would touch beside what was edited, since the file is not canonical; 0: it is.
  int linesNotCanonical(const catalog::Catalog& catalog) const;
  // There is something to write.
  bool canSave() const;

  // Writes the canonical text, all of it or nothing. The error says why it could not be written.
  Result<void> save(const catalog::Catalog& catalog);
  Result<void> saveAs(const QString& path, const catalog::Catalog& catalog);

  // What gives places to nodes that have none in the file. Nothing: they stay without.
  using Placing = std::function<void(topology::Topology&)>;
  void setPlacing(Placing placing) { placing_ = std::move(placing); }

  // After outsideChange(): takes what is on disk, as one undo step. The error says why it cannot be read.
  Result<void> reload();
  // Keeps the topology; the next save overwrites.
  void keepMine();

 Q_SIGNALS:
  void pathChanged();
  // Another program has changed or removed the file. A topology whose file is gone is not saved.
  void outsideChange(bool gone);
  // The file that was gone is there again, as it was.
  void cameBack();

 private:
  void lookAtDisk();
  void watch();

  Document& document_;
  QString path_;
  Placing placing_;
  QByteArray bytes_;   // as far as we know, what is on disk, or was when it was gone
  Snapshot goneFrom_;  // what was saved in the file that is gone; null: it is not
  QFileSystemWatcher watcher_;
};

}  // namespace weir::designer
