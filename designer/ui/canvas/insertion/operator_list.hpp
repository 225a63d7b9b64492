// A list of operators to choose from: to add one, or to connect a wire with a new one.
#pragma once

#include <QObject>
#include <QStringList>

#include "designer/model/help/offers.hpp"
#include "designer/ui/canvas/insertion/node_insertion.hpp"
#include "designer/ui/canvas/widgets/popup_opener.hpp"

namespace weir::designer {

class OperatorList : public QObject {
  Q_OBJECT

 public:
  // All must outlive this.
  OperatorList(Document& document, const CanvasScene& scene, const Camera& camera, PopupOpener& popups,
               NodeInsertion& nodes, KeyboardNavigation& navigation);

  // Uses, newest first: they decide between equals.
  void setRecentUses(QStringList uses) { recentUses_ = std::move(uses); }

  void openToAdd();
  // Of what fits a port, for a wire that was dropped at a place. What is chosen takes the place of the wire `instead`,
  // if that is not empty.
  void openToConnect(const PortRef& port, QPointF at, const std::string& instead);

 Q_SIGNALS:
  void connected(const QString& use);

 private:
  void accept(const Offer& offer, const PortRef& port, QPointF at, const std::string& instead);

  Document& document_;
  const CanvasScene& scene_;
  const Camera& camera_;
  PopupOpener& popups_;
  NodeInsertion& nodes_;
  KeyboardNavigation& navigation_;
  QStringList recentUses_;
};

}  // namespace weir::designer
