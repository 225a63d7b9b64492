// Commands on the canvas: what menus and keys call.
#include <QApplication>
#include <QClipboard>
#include <set>

#include "core/drawing/look/grid.hpp"
#include "core/drawing/look/measures.hpp"
#include "designer/model/edits/fragment.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"

namespace weir::designer {

using drawing::onGrid;

Positions CanvasView::positionsOf(const Selection& ids) const {
  Positions out;
  const drawing::Picture& picture = placed().picture();
  for (const std::string& id : ids) {
    if (const PlacedNode* const node = placed().node(id)) out.emplace(id, node->picture->at());
  }
  for (const drawing::GroupPicture& group : picture.groups) {
    if (!ids.contains(group.id)) continue;
    if (group.collapsed) out.emplace(group.id, group.bounds.corner());
    for (const std::size_t index : group.nodes) out.emplace(picture.nodes[index]->id, picture.nodes[index]->at());
  }
  for (const drawing::CommentPicture& comment : picture.comments) {
    if (ids.contains(comment.id)) out.emplace(comment.id, comment.bounds.corner());
  }
  return out;
}

void CanvasView::selectAll() {
  Selection all;
  const drawing::Picture& picture = placed().picture();
  for (const auto& node : picture.nodes) all.insert(node->id);
  for (const drawing::CommentPicture& comment : picture.comments) all.insert(comment.id);
  document_.select(std::move(all));
}

void CanvasView::deleteSelected() {
  if (!document_.selection().empty()) {
    document_.apply(removeParts(document_.topology(), document_.selection(), Heal::No));
  }
}

void CanvasView::deleteAndHeal() {
  if (!document_.selection().empty()) {
    document_.apply(removeParts(document_.topology(), document_.selection(), Heal::Yes));
  }
}

void CanvasView::cut() {
  copy();
  deleteSelected();
}

void CanvasView::copy() {
  if (document_.selection().empty()) return;
  QApplication::clipboard()->setText(copiedText(document_.topology(), document_.selection(), *catalog_));
  clipboardStep_ = {};
}

// Where the mouse is, if it is over the canvas, else in the middle; each further one a little beside.
void CanvasView::paste() {
  constexpr int kBeside = 4 * static_cast<int>(drawing::kGrid);
  const QPoint middle = viewport()->rect().center();
  const QPointF at = mapToScene(viewport()->underMouse() ? mouse_.window : middle) + QPointF(clipboardStep_);
  clipboardStep_ += QPoint(kBeside, kBeside);
  if (std::optional<Edit> edit =
          designer::paste(document_.topology(), QApplication::clipboard()->text(), onGrid(fromQt(at)))) {
    document_.apply(std::move(*edit));
  }
}

void CanvasView::duplicateSelected() {
  if (!document_.selection().empty()) document_.apply(duplicate(document_.topology(), document_.selection()));
}

void CanvasView::groupSelected() {
  Edit edit = group(document_.topology(), document_.selection(), tr("Group"));
  if (!edit.selection) return;
  const std::string id = *edit.selection->begin();
  document_.apply(std::move(edit));
  editText(id);
}

void CanvasView::toggleCollapsed() {
  for (const drawing::GroupPicture& group : placed().picture().groups) {
    if (!document_.selection().contains(group.id)) continue;
    return document_.apply(setCollapsed(document_.topology(), group.id, !group.collapsed));
  }
}

void CanvasView::togglePinned() {
  if (document_.selection().empty()) return;
  Selection nodes;
  bool all = true;
  for (const std::string& id : document_.selection()) {
    const PlacedNode* const node = placed().node(id);
    if (node == nullptr) continue;
    nodes.insert(id);
    all = all && node->picture->place.pinned;
  }
  document_.apply(setPinned(document_.topology(), nodes, !all));
}

void CanvasView::showProperties() {
  const Selection& selection = document_.selection();
  if (selection.size() > 1) return;
  Q_EMIT propertiesRequested(selection.empty() ? QString() : QString::fromStdString(*selection.begin()));
}

void CanvasView::alignSelected(Align how) {
  std::vector<designer::Box> boxes;
  for (const std::string& id : document_.selection()) {
    if (const PlacedNode* const node = placed().node(id)) boxes.push_back({id, node->picture->rect()});
  }
  const Positions positions = aligned(boxes, how);
  if (!positions.empty()) document_.apply(movedTo(document_.topology(), positions, tr("Align")));
}

void CanvasView::distributeSelected(Axis axis) {
  std::vector<designer::Box> boxes;
  for (const std::string& id : document_.selection()) {
    if (const PlacedNode* const node = placed().node(id)) boxes.push_back({id, node->picture->rect()});
  }
  const Positions positions = distributed(std::move(boxes), axis);
  if (!positions.empty()) document_.apply(movedTo(document_.topology(), positions, tr("Distribute")));
}

void CanvasView::selectAlong(Along along) {
  Selection reached = document_.selection();
  for (const bool downstream : {false, true}) {
    if (along == (downstream ? Along::Upstream : Along::Downstream)) continue;
    std::vector<std::string> open(document_.selection().begin(), document_.selection().end());
    std::set<std::string> seen(open.begin(), open.end());
    while (!open.empty()) {
      const PlacedNode* const node = placed().node(open.back());
      open.pop_back();
      if (node == nullptr) continue;
      for (const int number : node->wires) {
        const drawing::WirePicture& wire = *placed().wire(number).picture;
        const std::string& from = downstream ? wire.fromNode : wire.toNode;
        const std::string& to = downstream ? wire.toNode : wire.fromNode;
        if (from == node->picture->id && seen.insert(to).second) open.push_back(to);
      }
    }
    reached.insert(seen.begin(), seen.end());
  }
  document_.select(std::move(reached));
}

// The wanted corner, or the nearest below it where nothing stands.
QPointF CanvasView::freePlace(QPointF wanted, QSizeF size) const {
  const double gap = canvas::kGrid;
  QRectF rect(toQt(onGrid(fromQt(wanted))), size);
  for (;;) {
    const std::vector<int> there = placed().nodesIn(rect.adjusted(-gap, -gap, gap, gap));
    if (there.empty()) return rect.topLeft();
    double bottom = rect.top();
    for (const int number : there) bottom = qMax(bottom, placed().node(number).rect.bottom());
    rect.moveTop(onGrid(bottom + gap + drawing::kGrid));
  }
}

void CanvasView::addNode(const QString& use) {
  const QRectF rect = dropRect(use, mapToScene(viewport()->rect().center()));
  dropOperator(use, QRectF(freePlace(rect.topLeft(), rect.size()), rect.size()), {});
}

void CanvasView::addComment() {
  const QPoint middle = viewport()->rect().center();
  const QPointF at = mapToScene(viewport()->underMouse() ? mouse_.window : middle);
  Edit edit = designer::addComment(document_.topology(), tr("Comment"), onGrid(fromQt(at)));
  const std::string id = *edit.selection->begin();
  document_.apply(std::move(edit));
  editText(id);
}

}  // namespace weir::designer
