#include "designer/ui/canvas/insertion/node_insertion.hpp"

#include "core/drawing/look/grid.hpp"
#include "core/drawing/look/measures.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/gestures/splice.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"

namespace weir::designer {

NodeInsertion::NodeInsertion(Document& document, const CanvasScene& scene, const Camera& camera,
                             KeyboardNavigation& navigation)
    : document_(document), scene_(scene), camera_(camera), navigation_(navigation) {}

void NodeInsertion::add(const QString& use) {
  addNear(use, camera_.middle());
}

void NodeInsertion::addNear(const QString& use, QPointF at) {
  insert(use, roomFor(use, at), {});
}

QRectF NodeInsertion::roomFor(const QString& use, QPointF at) const {
  const QRectF rect = rectAt(use, at);
  return {freePlace(rect.topLeft(), rect.size()), rect.size()};
}

void NodeInsertion::insert(const QString& use, const QRectF& rect, const std::string& wire) {
  Edit edit = addNode(document_.topology(), use.toStdString(), fromQt(rect.topLeft()));
  const std::string id = *edit.selection->begin();
  if (!wire.empty()) {
    if (std::optional<Edit> into = spliced(edit.after, *scene_.catalog(), wire, id))
      edit.after = std::move(into->after);
  }
  document_.apply(std::move(edit));
  navigation_.setCurrent(id);
  Q_EMIT inserted(use);
}

QRectF NodeInsertion::rectAt(const QString& use, QPointF at) const {
  const Edit added = addNode(document_.topology(), use.toStdString(), {});
  const topology::Topology& after = added.after;
  const drawing::NodePicture picture = use.toStdString() == kTopicUse
                                           ? scene_.maker().pictureOfTopic(*after.topics.back(), after)
                                           : scene_.maker().pictureOfNode(*after.nodes.back(), after);
  const QSizeF size(picture.size.width, picture.size.height);
  return {onGrid(at - QPointF(size.width() / 2, size.height() / 2)), size};
}

// The wanted corner, or the nearest below it where nothing stands.
QPointF NodeInsertion::freePlace(QPointF wanted, QSizeF size) const {
  const double gap = canvas::kGrid;
  QRectF rect(onGrid(wanted), size);
  for (;;) {
    const std::vector<int> there = scene_.placed().nodesIn(rect.adjusted(-gap, -gap, gap, gap));
    if (there.empty()) return rect.topLeft();
    double bottom = rect.top();
    for (const int number : there) bottom = qMax(bottom, scene_.placed().node(number).rect.bottom());
    rect.moveTop(drawing::onGrid(bottom + gap + drawing::kGrid));
  }
}

}  // namespace weir::designer
