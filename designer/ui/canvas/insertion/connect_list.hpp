// A list of ports to connect a node with.
#pragma once

#include <QObject>
#include <memory>
#include <vector>

#include "designer/model/document/document.hpp"
#include "designer/model/help/offers.hpp"
#include "designer/ui/canvas/navigation/keyboard_navigation.hpp"
#include "designer/ui/canvas/widgets/popup_opener.hpp"

namespace weir::designer {

class ConnectList : public QObject {
  Q_OBJECT

 public:
  // All must outlive this.
  ConnectList(Document& document, const CanvasScene& scene, PopupOpener& popups, const KeyboardNavigation& navigation);

  // From the current node, else from the only one that is selected; without one nothing opens.
  void open();

 private:
  struct Target {
    PortRef from;
    PortRef to;
    PopupRow row;
    bool taken;
    double away;
  };
  // Free ports first, near ones before others.
  std::vector<Target> targetsOf(const PlacedNode& from) const;
  void collectTargets(const PlacedNode& from, const drawing::PortPicture& output, std::vector<Target>& targets) const;

  Document& document_;
  const CanvasScene& scene_;
  PopupOpener& popups_;
  const KeyboardNavigation& navigation_;
};

}  // namespace weir::designer
