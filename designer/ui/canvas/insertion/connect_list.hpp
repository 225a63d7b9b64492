// A list of ports to connect a node with: inputs that it can lead to, and outputs that can lead to it.
#pragma once

#include <QObject>
#include <memory>
#include <vector>

#include "designer/model/help/wiring.hpp"
#include "designer/ui/canvas/insertion/mend_list.hpp"
#include "designer/ui/canvas/navigation/keyboard_navigation.hpp"
#include "designer/ui/canvas/widgets/popup_opener.hpp"

namespace weir::designer {

class ConnectList : public QObject {
  Q_OBJECT

 public:
  // All must outlive this.
  ConnectList(const CanvasScene& scene, PopupOpener& popups, const KeyboardNavigation& navigation, MendList& mends);

  // Of the node that keys are at; without one nothing opens.
  void open();

 private:
  struct Target {
    PortRef from;
    PortRef to;
    PopupRow row;
    bool unfit;  // its columns
    bool taken;
    bool back;
    double away;
  };
  // What fits first, free ports before others, ways on before ways back, near ones before others.
  std::vector<Target> targetsOf(const PlacedNode& node) const;
  void collectTargets(const PlacedNode& node, const drawing::PortPicture& port, std::vector<Target>& targets) const;

  const CanvasScene& scene_;
  PopupOpener& popups_;
  const KeyboardNavigation& navigation_;
  MendList& mends_;
};

}  // namespace weir::designer
