// Texts that are edited where they stand: names of nodes and groups, comments.
#pragma once

#include <QObject>
#include <string>

#include "designer/model/document/document.hpp"
#include "designer/ui/canvas/navigation/keyboard_navigation.hpp"
#include "designer/ui/canvas/scene/camera.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

class TextEditing : public QObject {
  Q_OBJECT

 public:
  // All must outlive this.
  TextEditing(Document& document, CanvasScene& scene, Camera& camera, const KeyboardNavigation& navigation);

  // Of the only part that is selected, else of the current one.
  void rename();
  // Wires have none.
  void edit(const std::string& id);

 private:
  void begin(const std::string& id);
  void end();
  void apply(const std::string& id, const QString& written);

  Document& document_;
  CanvasScene& scene_;
  Camera& camera_;
  const KeyboardNavigation& navigation_;
};

}  // namespace weir::designer
