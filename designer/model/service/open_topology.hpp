// Everything that belongs to one open topology: the document, its file, its recovery, and what the check says of it.
#pragma once

#include <QObject>
#include <memory>
#include <optional>

#include "designer/model/document/document.hpp"
#include "designer/model/file/recovery.hpp"
#include "designer/model/file/topology_file.hpp"
#include "designer/model/service/canonical_job.hpp"
#include "designer/model/service/catalog_service.hpp"
#include "designer/model/service/layout_job.hpp"
#include "designer/model/service/outside_change.hpp"
#include "designer/model/service/part_files.hpp"
#include "designer/model/service/problem_checker.hpp"

namespace weir::designer {

// GUI thread only. Nodes that have no place in the file are shown in one; that is no edit, and is written with the next
// save.
class OpenTopology : public QObject {
  Q_OBJECT

 public:
  struct Start {
    topology::Topology topology;
    QString path;      // empty: untitled
    QByteArray bytes;  // what the file holds
  };

  OpenTopology(Start start, CatalogRef catalog, const MakeDeriver& makeDeriver, const QString& recoveryFolder,
               QObject* parent = nullptr);

  Document& document() { return document_; }
  TopologyFile& file() { return file_; }
  Autosave& autosave() { return autosave_; }
  OutsideChange& outside() { return outside_; }
  const CatalogRef& catalog() const { return catalog_; }
  // Never null; of a version that may be some edits old.
  const Checked& checked() const { return checked_; }
  // How many lines saving would touch beside what was edited, since the file is not canonical; 0: it is, or nobody
  // knows yet.
  int linesNotCanonical() const { return linesNotCanonical_; }

  // Other plugins: everything is checked again. catalog() is these with the parts that are used. What was placed when
  // it was opened is placed again, as long as nothing has been edited: only plugins know all ports.
  void setCatalog(CatalogRef catalog);

  // Gives what has no place in another version the one that it has here, or one where there is room.
  void place(topology::Topology& another) const;
  // Positions for everything that is not pinned, found on another thread; one undo step.
  void layOut(const drawing::Picture& picture);
  void cancelLayout() { layoutJob_.cancel(); }

 Q_SIGNALS:
  void catalogChanged();
  void checkedChanged();
  void linesNotCanonicalChanged();
  // From layOut() until positions are found, or it is cancelled.
  void layingOutChanged(bool layingOut);
  // True before the edit with these positions, false after it.
  void applyingLayout(bool applying);

 private:
  void countLinesNotCanonical();
  void check() { checker_.check(document_.now(), catalog_, file_.path()); }
  void lookAtParts();

  CatalogRef plugins_;
  PartFiles parts_;
  CatalogRef catalog_;
  std::optional<topology::Topology> unplaced_;  // what was opened, when it lacked places and nothing was edited since
  Document document_;
  TopologyFile file_;
  Autosave autosave_;
  OutsideChange outside_;
  Checked checked_;
  ProblemChecker checker_;
  LayoutJob layoutJob_;
  int linesNotCanonical_ = 0;
  CanonicalJob canonicalJob_;
};

}  // namespace weir::designer
