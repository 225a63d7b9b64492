#include "designer/ui/canvas/navigation/keyboard_navigation.hpp"

#include "designer/model/edits/bends.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/picture/neighbours.hpp"
#include "designer/ui/canvas/picture/positions.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/picture/wire_ends.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

KeyboardNavigation::KeyboardNavigation(Document& document, CanvasScene& scene, Camera& camera)
    : document_(document), scene_(scene), camera_(camera) {}

void KeyboardNavigation::focus(const std::string& id) {
  current_ = id;
  scene_.look().current = camera_.frame().hasFocus() ? id : std::string();
  camera_.refresh();
  Q_EMIT focused();
}

void KeyboardNavigation::press(CanvasKey key, Direction direction) {
  switch (key) {
    case CanvasKey::GoTo: return goTo(direction);
    case CanvasKey::Extend: return goTo(direction, true);
    case CanvasKey::FollowWire: return followWire(direction);
    case CanvasKey::Move: return moveSelected(stepOf(direction) * canvas::kMovedByKey);
    case CanvasKey::MoveFar: return moveSelected(stepOf(direction) * canvas::kMovedFarByKey);
    default: return;
  }
}

void KeyboardNavigation::goTo(Direction direction, bool extend) {
  const PlacedPicture& placed = scene_.placed();
  const std::string from = at();
  const std::optional<QRectF> handle = handleOf(placed, from);
  const QPointF point = handle ? handle->center() : camera_.middle();
  const bool wire = placed.wire(from) != nullptr;
  goToPart(wire ? alongWires(placed, from, stepOf(direction))
                : nearestPart(placed, handle ? from : std::string(), point, stepOf(direction)),
           extend);
}

void KeyboardNavigation::followWire(Direction direction) {
  goToPart(alongWires(scene_.placed(), at(), stepOf(direction)), false);
}

std::string KeyboardNavigation::at() const {
  const Selection& selection = document_.selection();
  return selection.empty() || selection.contains(current_) ? current_ : *selection.begin();
}

// Without one it stays where it is.
void KeyboardNavigation::goToPart(const std::string& id, bool extend) {
  const std::optional<QRectF> handle = handleOf(scene_.placed(), id);
  if (!handle) return focus(at());
  Selection selection = extend ? document_.selection() : Selection{};
  selection.insert(id);
  document_.select(std::move(selection));
  focus(id);
  reveal(id);
}

void KeyboardNavigation::reveal(const std::string& id) {
  if (const std::optional<QRectF> handle = handleOf(scene_.placed(), id)) camera_.reveal(*handle);
}

void KeyboardNavigation::followLink(const std::string& id, std::optional<bool> output) {
  const PlacedWire* const wire = scene_.placed().wire(id);
  if (wire == nullptr) return;
  const drawing::LinkTag* const begin = linkTag(scene_.placed(), *wire, true);
  const drawing::LinkTag* const end = linkTag(scene_.placed(), *wire, false);
  if (begin == nullptr || end == nullptr) return;
  const auto away = [&](const drawing::LinkTag& tag) {
    return (toQt(tag.bounds.centre()) - camera_.middle()).manhattanLength();
  };
  const bool fromOutput = output.value_or(away(*begin) <= away(*end));
  document_.select({id});
  focus(id);
  camera_.show(camera_.zoom(), toQt((fromOutput ? end : begin)->bounds.centre()));
}

void KeyboardNavigation::forgetLostBend() {
  std::optional<BendRef>& bend = scene_.look().bend;
  if (!bend) return;
  const PlacedWire* const wire = scene_.placed().wire(bend->wire);
  const bool there = wire != nullptr && bend->index < wire->picture->layout.bends.size();
  if (!there || document_.selection() != Selection{bend->wire}) bend.reset();
}

void KeyboardNavigation::unselect() {
  if (std::exchange(scene_.look().bend, std::nullopt)) return camera_.refresh();
  document_.select({});
}

// The bend that is chosen, or the only one.
bool KeyboardNavigation::moveBend(QPoint by) {
  const Selection& selection = document_.selection();
  const PlacedWire* const wire = selection.size() == 1 ? scene_.placed().wire(*selection.begin()) : nullptr;
  if (wire == nullptr || wire->picture->layout.bends.empty()) return false;
  std::vector<Point> bends = wire->picture->layout.bends;
  std::optional<BendRef>& bend = scene_.look().bend;
  if (!bend) bend = BendRef{wire->picture->id, 0};
  bends[bend->index] = bends[bend->index] + fromQt(QPointF(by));
  Edit edit = setBends(document_.topology(), wire->picture->id, std::move(bends));
  edit.mergeKey = "gesture -1";
  document_.apply(std::move(edit));
  return true;
}

void KeyboardNavigation::moveSelected(QPoint by) {
  if (moveBend(by)) return;
  Positions positions = positionsOf(scene_.placed(), document_.selection());
  for (auto& [id, at] : positions) at = at + fromQt(QPointF(by));
  if (positions.empty()) return;
  const QString label = tr("Move %n part(s)", nullptr, static_cast<int>(positions.size()));
  document_.apply(movedTo(document_.topology(), positions, label, -1));
}

}  // namespace weir::designer
