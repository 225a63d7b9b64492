#include "designer/ui/canvas/insertion/node_insertion.hpp"

#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/gestures/splice.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/scene/placing.hpp"

namespace weir::designer {

NodeInsertion::NodeInsertion(Document& document, const CanvasScene& scene, const Camera& camera,
                             KeyboardNavigation& navigation)
    : document_(document), scene_(scene), camera_(camera), navigation_(navigation) {}

void NodeInsertion::add(const QString& use) {
  addNear(use, camera_.middle());
}

void NodeInsertion::addNear(const QString& use, QPointF at) {
  insert(use, rectAt(use, at), {});
}

void NodeInsertion::insert(const QString& use, const QRectF& rect, const std::string& wire) {
  Edit edit = addNode(document_.topology(), use.toStdString(), fromQt(rect.topLeft()));
  const std::string id = *edit.selection->begin();
  std::optional<Edit> into = wire.empty() ? std::nullopt : spliced(edit.after, *scene_.catalog(), wire, id);
  if (into) {
    edit.after = std::move(into->after);
    edit = placedApart(scene_, std::move(edit), id);
  } else {
    edit = placedClear(scene_, std::move(edit));
  }
  document_.apply(std::move(edit));
  navigation_.setCurrent(id);
  navigation_.reveal(id);
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

}  // namespace weir::designer
