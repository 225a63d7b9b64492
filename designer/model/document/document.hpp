// A topology that is being worked on: its version now, its history, what is selected, and what of it is saved.
#pragma once

#include <QObject>
#include <optional>

#include "designer/model/document/history.hpp"
#include "designer/model/document/snapshot.hpp"
#include "designer/model/edits/edit.hpp"

namespace weir::designer {

// GUI thread only; snapshots may go to other threads.
class Document : public QObject {
  Q_OBJECT

 public:
  explicit Document(topology::Topology topology, QObject* parent = nullptr);

  const Snapshot& now() const { return now_; }
  const topology::Topology& topology() const { return *now_; }

  // Shows what is in the file in another way, as long as nothing has been edited: no step, and nothing to save.
  void showAs(topology::Topology topology);
  // An edit that changes nothing leaves no step.
  void apply(Edit edit);
  void closeMerge() { history_.closeMerge(); }

  bool undo();
  bool redo();
  // Labels of what undo and redo would do; empty when there is nothing.
  QString undoLabel() const;
  QString redoLabel() const;

  const Selection& selection() const { return selection_; }
  // Ids that are not there are left out.
  void select(Selection selection);

  // What changed since it was last saved.
  bool logicChanged() const;
  bool layoutChanged() const;
  bool changed() const { return logicChanged() || layoutChanged() || !unreadText_.isEmpty(); }
  // What somebody wrote in place of the topology's text that cannot be read yet: kept, for nobody loses it unasked.
  // Empty: there is none.
  const QString& unreadText() const { return unreadText_; }
  void setUnreadText(const QString& text);
  // The version now is what the file holds.
  void markSaved();
  // The file holds something else: another version, or nothing yet.
  void markSavedAs(Snapshot saved);
  const Snapshot& saved() const { return saved_; }

 Q_SIGNALS:
  // Every way in which the topology changes: edits, undo, redo.
  void edited(const weir::designer::Snapshot& before, const weir::designer::Snapshot& after);
  void selectionChanged();
  void savedStateChanged();

 private:
  struct Unsaved {
    bool logic = false;
    bool layout = false;
  };

  void become(Snapshot next, Selection selection);
  const Unsaved& unsaved() const;

  Snapshot now_;
  Snapshot saved_;
  History history_;
  Selection selection_;
  QString unreadText_;
  mutable std::optional<Unsaved> unsaved_;  // computed when asked
};

}  // namespace weir::designer
