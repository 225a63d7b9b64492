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
  DocumentCommands(Document& document, const CanvasScene& scene, const Camera& camera, TextEditing& texts);

  void selectAll();
  void selectAlong(Along along);
  void deleteSelected();
  void deleteAndHeal();
  void cut();
  void copy();
  void paste();
  void duplicateSelected();
  // Nodes that run stop; where none runs, all run again.
  void toggleDisabled();
  // Asks for the name of a new one.
  void groupSelected();
  void ungroupSelected();
  void toggleCollapsed();
  void togglePinned();
  void addComment();
  // Of the comments that are selected.
  void nextCommentColour();
  void alignSelected(Align how);
  void distributeSelected(Axis axis);

 private:
  std::vector<Box> selectedBoxes() const;

  Document& document_;
  const CanvasScene& scene_;
  const Camera& camera_;
  TextEditing& texts_;
};

}  // namespace weir::designer
