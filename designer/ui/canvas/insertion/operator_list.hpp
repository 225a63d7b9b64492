// A list of operators to choose from: to add one, or to connect a wire with a new one.
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>
#include <optional>

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

  // With one node selected what is chosen is connected behind it, if it can be. Typed clauses draft it.
  void openToAdd();
  // Of what fits a port, for a wire that was dropped at a place. What is chosen takes the place of the wire `instead`,
  // if that is not empty.
  void openToConnect(const PortRef& port, QPointF at, const std::string& instead);

 Q_SIGNALS:
  void used(const QString& use);

 private:
  // Where a wire from the only selected node would go on, and where what it comes to would have its port.
  struct Behind {
    PortRef port;
    QPointF at;
  };
  std::optional<Behind> behindSelected() const;
  void open(const QString& words, QPointF at, const std::function<std::vector<Offer>(const QString& typed)>& offers,
            const std::function<void(const Offer& offer)>& accept);
  void acceptAt(const Offer& offer, const PortRef& port, QPointF at, const std::string& instead);
  void acceptAlone(const Offer& offer, QPointF at);
  void apply(Edit edit, const Offer& offer);

  Document& document_;
  const CanvasScene& scene_;
  const Camera& camera_;
  PopupOpener& popups_;
  NodeInsertion& nodes_;
  KeyboardNavigation& navigation_;
  QStringList recentUses_;
};

}  // namespace weir::designer
