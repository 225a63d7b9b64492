// A document's place on disk: opening, saving canonically, and noticing changes made by others.
#pragma once

#include <QByteArray>
#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"
#include "core/topology/model/problem.hpp"
#include "core/topology/model/topology.hpp"
#include "designer/model/document/document.hpp"

namespace weir::designer {

// What a topology is called that has no name yet.
inline constexpr std::string_view kUntitled = "untitled";

struct OpenedFile {
  topology::Topology topology;
  topology::Problems problems;  // of its form: what was not understood
  QByteArray bytes;
};

// Reads a topology file. The error says what cannot be read, and where.
Result<OpenedFile> openFile(const QString& path);

// GUI thread only.
class TopologyFile : public QObject {
  Q_OBJECT

 public:
  // `document` must outlive this. An empty path: untitled. `bytes`: what the file holds.
  TopologyFile(Document& document, QString path, QByteArray bytes, QObject* parent = nullptr);

  const QString& path() const { return path_; }
  // "orders.weir"; of what was never saved its name, or "Untitled".
  QString title() const;

  // As far as we know, what is on disk, or was when it was gone.
  const QByteArray& bytes() const { return bytes_; }
  // There is something to write.
  bool canSave() const;

  // Writes the canonical text, all of it or nothing. The error says why it could not be written.
  Result<void> save(const catalog::Catalog& catalog);
  // A topology that nobody gave a name gets that of its file, as a step that can be undone.
  Result<void> saveAs(const QString& path, const catalog::Catalog& catalog);

  // What gives places to nodes that have none in the file. Nothing: they stay without.
  using Placing = std::function<void(topology::Topology&)>;
  void setPlacing(Placing placing) { placing_ = std::move(placing); }

  // What another program has left there, with places for all nodes. The error says why it cannot be read.
  Result<topology::Topology> onDisk() const;
  // After outsideChange(): takes it, as one undo step.
  Result<void> reload();
  // Keeps the topology; the next save overwrites.
  void keepMine();

 Q_SIGNALS:
  void pathChanged();
  // What the file holds is something else than before, and was taken notice of.
  void bytesChanged();
  void written();
  // Another program has changed or removed the file. A topology whose file is gone is not saved.
  void outsideChange(bool gone);
  // The file that was gone is there again, as it was.
  void cameBack();

 private:
  Result<void> write(const topology::Topology& topology, const QString& path, const catalog::Catalog& catalog);
  void lookAtDisk();
  void watch();

  Document& document_;
  QString path_;
  Placing placing_;
  QByteArray bytes_;
  std::string givenName_;  // a name of the topology that no user has chosen: of an example, of a file
  Snapshot goneFrom_;      // what was saved in the file that is gone; null: it is not
  QFileSystemWatcher watcher_;
};

}  // namespace weir::designer
