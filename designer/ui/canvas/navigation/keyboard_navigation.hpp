// The part that the keyboard is at, and the ways from it to others.
#pragma once

#include <QObject>
#include <optional>
#include <string>

#include "designer/model/document/document.hpp"
#include "designer/ui/canvas/navigation/canvas_keys.hpp"
#include "designer/ui/canvas/scene/camera.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

class KeyboardNavigation : public QObject {
  Q_OBJECT

 public:
  // All must outlive this.
  KeyboardNavigation(Document& document, CanvasScene& scene, Camera& camera);

  // Empty: none.
  const std::string& current() const { return current_; }
  // Where keys go on: the current part, unless something else is selected. Empty: nowhere.
  std::string at() const;
  // Keys go on from there.
  void setCurrent(const std::string& id) { current_ = id; }
  // The same, and it is told, and shown while keys come here.
  void focus(const std::string& id);
  // Moves what is seen there, if the part is not in it.
  void reveal(const std::string& id);
  // From a tag of a link to that at its other end; without a tag from the one that is nearer.
  void followLink(const std::string& wire, std::optional<bool> output);

  // Arrows, with what is held together with them; other keys do nothing.
  void press(CanvasKey key, Direction direction);

  // To the nearest node, comment or group; from a wire along it.
  void goTo(Direction direction, bool extend = false);
  // From a node to one of its wires, from a wire as goTo().
  void followWire(Direction direction);
  // First the bend that is chosen, then the parts that are selected.
  void unselect();
  // No bend is chosen any more that is gone, or whose wire is not selected.
  void forgetLostBend();
  // Until the merge of the document is closed, all moves are one step.
  void moveSelected(QPoint by);

 Q_SIGNALS:
  void focused();

 private:
  void goToPart(const std::string& id, bool extend);
  bool moveBend(QPoint by);

  Document& document_;
  CanvasScene& scene_;
  Camera& camera_;
  std::string current_;
};

}  // namespace weir::designer
