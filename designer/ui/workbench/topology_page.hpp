// One tab with a topology: the canvas, what an empty one shows over it, and the messages about its file.
#pragma once

#include <QPointer>
#include <memory>

#include "designer/ui/shell/documents/document_page.hpp"
#include "designer/ui/workbench/services.hpp"

namespace weir::designer {

class BusyNote;
class CanvasView;
class EmptyState;
class FindBar;
struct StartActions;

class TopologyPage : public DocumentPage {
  Q_OBJECT

 public:
  static TopologyPage* make(OpenTopology::Start start, Services& services);
  ~TopologyPage() override;

  OpenTopology& topology() { return *topology_; }
  Document& document() { return topology_->document(); }
  CanvasView& canvas() { return *canvas_; }
  FindBar& find() { return *find_; }

  // How many show the same topology; with the last of them it is closed.
  qsizetype pagesOfTopology() const { return topology_.use_count(); }
  // Nothing is lost and nobody looks for it: it may make way for what is opened.
  bool isUntouched();

  // Gives everything that is not pinned a place; what moves glides there.
  void layOut();

  // To the canvas, or to the first card over it.
  void takeFocus();

  // Shown as long as there is no node.
  void setStartActions(const StartActions& actions);

  // Writes the file; an untitled one asks where. False: it was not written, and a message says why unless it was the
  // user's wish.
  bool save();
  bool saveAs();

 Q_SIGNALS:
  // What is listed as changes is asked for.
  void changesRequested();

 private:
  TopologyPage(OpenTopologyRef topology, Services& services);
  void follow();
  void placeOverlays();
  void updateTitle();
  void showEmptyState();
  void sayWhatSavingTouches();
  void sayWhatACrashWouldLose();
  void sayWhatHappenedOutside();
  bool saved(const Result<void>& done);
  void resizeEvent(QResizeEvent* event) override;

  Services& services_;
  OpenTopologyRef topology_;
  CanvasView* canvas_;
  FindBar* find_;   // over the canvas, at its upper right corner
  BusyNote* busy_;  // over it, in the middle of its upper edge
  QPointer<EmptyState> empty_;
  std::unique_ptr<StartActions> startActions_;
};

}  // namespace weir::designer
