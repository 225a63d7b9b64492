// Commands on what is selected in the document, and what is pasted or written into it: what menus and keys call.
#pragma once

#include <QObject>
#include <cstdint>
#include <vector>

#include "designer/model/document/document.hpp"
#include "designer/model/edits/arrange.hpp"
#include "designer/ui/canvas/commands/text_editing.hpp"
#include "designer/ui/canvas/scene/camera.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

enum class Along : std::uint8_t { Upstream, Downstream, Both };

class DocumentCommands : public QObject {
  Q_OBJECT

 public:
  // All must outlive this.
  DocumentCommands(Document& document, CanvasScene& scene, Camera& camera, TextEditing& texts);

  void selectAll();
  void selectAlong(Along along);
  // The bend that is chosen, else all parts.
  void deleteSelected();
  void deleteAndHeal();
  void cut();
  void copy();
  void paste();
  // Adds what a text holds, as paste() does; the label is what undoing it says.
  void insertText(const QString& text, QPointF at, const QString& label);
  void duplicateSelected();
  // Nodes that run stop; where none runs, all run again.
  void toggleDisabled();
  // Asks for the name of a new one.
  void groupSelected();
  void ungroupSelected();
  void toggleCollapsed();
  void togglePinned();
  // The wires of the port there; false: there is none with wires.
  bool selectWiresAt(QPointF point);
  // Wires among what is selected, and all those of its nodes.
  void detachSelected();
  // Makes a bend in the wire that is selected; the next one of it is chosen.
  void bendSelected();
  void chooseNextBend();
  void straightenSelected();
  // Wires are links, or are drawn again.
  void toggleLinks();
  void addComment();
  // Of the comments that are selected.
  void nextCommentColour();
  void alignSelected(Align how);
  void distributeSelected(Axis axis);

 private:
  std::vector<Box> selectedBoxes() const;
  // The wire that alone is selected; null: something else is.
  const PlacedWire* selectedWire() const;
  void chooseBend(std::size_t index);
  void revealSelected();

  Document& document_;
  CanvasScene& scene_;
  Camera& camera_;
  TextEditing& texts_;
};

}  // namespace weir::designer
