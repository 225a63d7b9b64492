// What is special about some parts at the moment, beside what the picture says.
#pragma once

#include <QRectF>
#include <functional>
#include <optional>
#include <string>

#include "designer/model/edits/edit.hpp"
#include "designer/model/help/wiring.hpp"

namespace weir::designer {

// A bend of a wire.
struct BendRef {
  std::string wire;
  std::size_t index = 0;

  friend bool operator==(const BendRef&, const BendRef&) = default;
};

struct CanvasLook {
  Selection selected;
  std::string hovered;  // id of a part
  std::string current;  // of the node that the keyboard is at; empty while the canvas has no focus
  std::string target;   // what a drop would change: a wire to cut, a node to connect, a group to join
  // While a wire is drawn: whether it may end at a port, and the port that it is over.
  std::function<bool(const PortRef&)> fits;
  std::optional<PortRef> aimed;
  std::optional<PortRef> port;  // under the mouse: its name is shown
  std::string edited;           // its text is being edited
  std::optional<BendRef> bend;  // of a wire that is selected: where keys go
  std::string lifted;           // a wire one end of which is elsewhere at the moment: it is not painted
};

}  // namespace weir::designer
